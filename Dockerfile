# The server and build.py in one image: no root, and nothing in it is ever written to.
# How to run it: docs/hosting.md
FROM python:3.11-slim-trixie AS made
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
WORKDIR /app
COPY requirements-postgres.txt .
RUN /opt/venv/bin/pip install --require-hashes -r requirements-postgres.txt
COPY LICENSE pyproject.toml requirements.txt build.py ./
COPY outreach_kit outreach_kit
COPY form_server form_server
COPY site_src site_src
RUN /opt/venv/bin/python -m compileall -q build.py outreach_kit form_server

FROM python:3.11-slim-trixie
# For backup and restore: not older than the database of compose.yaml.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin handoff \
    && install -d -m 700 -o handoff -g handoff /app/var /site
COPY --from=made /opt/venv /opt/venv
COPY --from=made /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HANDOFF_HOST=0.0.0.0 \
    HANDOFF_PRACTICE=/practice \
    HANDOFF_SITE=/site/_site
WORKDIR /app
USER handoff
VOLUME ["/app/var", "/site"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=3)"]
ENTRYPOINT ["python", "-m", "form_server"]
CMD ["serve"]
