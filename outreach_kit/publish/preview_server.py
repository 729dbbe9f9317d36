"""The server behind a preview: one thread a connection, and quiet about browsers that go away."""

from __future__ import annotations

import sys
from http.server import ThreadingHTTPServer
from typing import Any


class PreviewServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that is closed or left while it loads is no fault; the terminal is the owner's to read."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
