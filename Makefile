# make demo          see everything work on this machine (ONCE=1: exit when the referral was opened)
# make test          every check there is
# make site          build the sample practice into _site/
# make docs          make a website of the documentation into _docs/
# make words         gather the sentences to translate, and compile what is translated
# make lock          write the lock files anew from pyproject.toml (needs uv)
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python

.PHONY: demo test site docs words lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(PY) -m form_server demo $(if $(ONCE),--once) $(if $(JSON),--json)

test: $(VENV)/.test
	$(PY) -m tests.gates

site: $(VENV)/.run
	$(PY) build.py

docs: $(VENV)/.run
	$(PY) build.py --docs

words: $(VENV)/.test
	$(PY) -m tests.translations update
	$(PY) -m tests.translations compile
	$(PY) -m tests.translations check

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra postgres -c requirements.txt pyproject.toml -o requirements-postgres.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras --group test -c requirements.txt pyproject.toml -o requirements-test.txt

clean:
	rm -rf $(VENV) _site _site-print _docs var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

$(VENV)/.run: requirements.txt
	$(PYTHON) tests/setup_venv.py $(VENV) requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt
	$(PYTHON) tests/setup_venv.py $(VENV) requirements-test.txt
	@touch $@ $(VENV)/.run
