"""The site on one loopback origin and a form server on another, as a practice may host them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from outreach_kit.web import page_headers

_TYPES: Mapping[str, str] = {
    "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2",
    "png": "image/png", "webp": "image/webp", "txt": "text/plain", "xml": "application/xml",
}  # fmt: skip


@dataclass
class FormServer:
    """Answers what it was told to answer and remembers what it was sent."""

    status: int = 201
    answer: Mapping[str, object] = field(default_factory=dict)
    page: str = ""
    """The page for a form that was sent without a script."""
    allows_scripts: bool = True
    """Whether a script of another origin may read the answer."""
    is_gateway: bool = False
    """Whether something else stands at its address, and says of everything that it is not there."""
    url: str = ""
    received: list[dict[str, object]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    plain: list[dict[str, list[str]]] = field(default_factory=list)


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass

    def give(self, status: int, kind: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve_site(files: Mapping[str, bytes], form_url: str | None) -> Iterator[str]:
    """The files by address, with the headers that a static host is told to send; yields the origin."""
    headers = page_headers(form_url)

    class Handler(_Quiet):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            body = files.get(path)
            kind = _TYPES.get(path.rsplit(".", 1)[-1], "text/html; charset=utf-8")
            if body is None:
                self.give(404, "text/plain", b"nothing here", {})
            else:
                self.give(200, kind, body, headers)

    with _running(Handler) as origin:
        yield origin


@contextmanager
def serve_form(server: FormServer) -> Iterator[FormServer]:
    class Handler(_Quiet):
        def do_OPTIONS(self) -> None:
            self.give(204, "text/plain", b"", self._permissions())

        def do_GET(self) -> None:
            if server.is_gateway:
                self.give(502, "text/html", b"<h1>Bad Gateway</h1>", {})
            else:
                self.give(200, "text/plain", b"ok", {"Access-Control-Allow-Origin": "*"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if server.is_gateway:
                self.give(502, "text/html", b"<h1>Bad Gateway</h1>", {})
                return
            if self.headers["Content-Type"].startswith("application/json"):
                server.received.append(json.loads(body))
                server.keys.append(self.headers["Idempotency-Key"])
                text = json.dumps(server.answer).encode()
                self.give(server.status, "application/json", text, self._permissions())
            else:
                server.plain.append(parse_qs(body.decode(), keep_blank_values=False))
                page = server.page.encode()
                self.give(422, "text/html; charset=utf-8", page, {})

        def _permissions(self) -> Mapping[str, str]:
            if not server.allows_scripts:
                return {}
            return {
                "Access-Control-Allow-Origin": self.headers.get("Origin", ""),
                "Access-Control-Allow-Headers": "content-type, idempotency-key",
            }

    with _running(Handler) as origin:
        server.url = origin
        yield server


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
