"""The site on this machine while one writes: built again at each change, reloaded in the browser."""

from __future__ import annotations

import datetime as dt
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any, Final

from outreach_kit.errors import HandoffError, MachineError
from outreach_kit.places import CHECKOUT, SITE_SRC
from outreach_kit.publish.building import build
from outreach_kit.publish.glance import find_changed
from outreach_kit.publish.preview_pages import (
    EVENTS_URL,
    RELOAD_SCRIPT,
    RELOAD_URL,
    error_page,
    reload_from,
)
from outreach_kit.publish.preview_server import PreviewServer
from outreach_kit.publish.records import Left, leave, renew_pages
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import BuildResult
from outreach_kit.publish.stamps import Stamp, stamp_inputs
from outreach_kit.web.nested import leave_folder

DEFAULT_PORT: Final = 8000
_STEP_MS: Final = 5
"""So long nothing more has to happen; an editor writes, renames and removes within a millisecond."""
_TOGETHER_MS: Final = 100
"""What goes on happening is built after so long all the same."""
PORTS_TO_TRY: Final = 20
_NOWHERE: Final = "/.nowhere"
"""What lies outside the folder of the site is not found here either, as on its host."""
_OUR_FAULT: Final = (
    "This is a fault of the program and not of your words. The last good site is as it was; what "
    "the terminal says would help whoever mends it."
)


class Rebuilder:
    """Builds, remembers the error to show, and tells every open page."""

    def __init__(self, request: BuildRequest, say: Callable[[str], None]) -> None:
        self._request = request
        self._say = say
        self._changed = threading.Condition()
        self.generation = 0
        self.error = ""
        self.lies_in = ""
        """The folder of its domain that the site lies in, and so also here."""
        self.built_from: Mapping[str, Stamp] = {}
        self._left: Left | None = None

    def rebuild(self) -> None:
        """Build, and tell every page; what goes wrong is shown there and never ends the watch."""
        self.built_from = stamp_inputs(self._request.practice)
        try:
            result = self._renew() or self._build()
        except HandoffError as error:
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours; the next save may not meet it
            traceback.print_exc()
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            self._fail(f"{type(error).__name__}: {error} ({place})\n{_OUR_FAULT}")
        else:
            self.error = ""
            for advice in result.advice:
                self._say(f"{advice.level}: {advice.problem} {advice.why} [{advice.rule}]")
            self._say(result.sentence())
        with self._changed:
            self.generation += 1
            self._changed.notify_all()

    def _renew(self) -> BuildResult | None:
        """The quick way: only words below the fields of a page are new."""
        left, self._left = self._left, None
        if left is None:
            return None
        now_s = time.time()
        changed = find_changed(left.record, now_s, self.built_from)
        renewed = renew_pages(left, changed, now_s) if changed else None
        if renewed is None:
            return None
        result, self._left = renewed
        return result

    def _build(self) -> BuildResult:
        request = replace(self._request, now=dt.datetime.now(dt.UTC))
        result = build(request)
        self.lies_in = result.lies_in
        self._left = leave(request, result.summary(), result)
        return result

    def _fail(self, error: str) -> None:
        self.error = error
        self._say("\n".join(f"error: {line}" for line in error.splitlines()))

    def wait(self, seen: int, timeout_s: float) -> int:
        """The generation that is not `seen`, or `seen` again when nothing was built in time.

        A page that outlived an earlier run of this program may have seen more than there is now.
        """
        with self._changed:
            self._changed.wait_for(lambda: self.generation != seen, timeout_s)
            return self.generation


class PreviewHandler(SimpleHTTPRequestHandler):
    """Static files of the last good site, with the reload script added to each page."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, rebuilder: Rebuilder, **named: Any) -> None:
        self._rebuilder = rebuilder
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        generation = self._rebuilder.generation  # before the page is read, so that none is missed
        url, _, query = self.path.partition("?")
        if url == RELOAD_URL:
            self._answer(200, RELOAD_SCRIPT, "text/javascript")
        elif url == EVENTS_URL:
            self._events(int(query) if query.isascii() and query.isdigit() else generation)
        elif self._rebuilder.error:
            page = error_page(self._rebuilder.error, generation)
            self._answer(500, page, "text/html; charset=utf-8")
        elif url == "/" and self._rebuilder.lies_in:
            self._lead_to(f"{self._rebuilder.lies_in}/")
        else:
            self._page(generation)

    def _page(self, generation: int) -> None:
        self.path = leave_folder(self.path, self._rebuilder.lies_in) or _NOWHERE
        path = Path(self.translate_path(self.path))
        target = path / "index.html" if path.is_dir() else path
        status = 200 if target.is_file() else 404
        if status == 404:
            target = Path(self.directory) / "404.html"
        if target.suffix != ".html" or not target.is_file():
            super().do_GET()
            return
        script = f"{reload_from(generation)}</body>".encode()
        content = target.read_bytes().replace(b"</body>", script, 1)
        self._answer(status, content, "text/html; charset=utf-8")

    def _events(self, seen: int) -> None:
        """Told what the page shows: what was built while it was still loading is told at once."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                now = self._rebuilder.wait(seen, timeout_s=10)
                self.wfile.write(
                    b"event: built\ndata: \n\n" if now != seen else b": still here\n\n"
                )
                self.wfile.flush()
                seen = now
        except OSError:
            return

    def _lead_to(self, url: str) -> None:
        self.send_response(302)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *values: Any) -> None:  # noqa: A002 - the base class names it
        """Say nothing; the builds are what one wants to read."""


def preview(request: BuildRequest, *, port: int | None, watch: bool, quiet: bool) -> int:
    """Build, then serve, watch, or both, until interrupted; a failed build is shown, not raised."""

    def say(text: str) -> None:
        if not quiet:
            print(text, flush=True)  # noqa: T201 - this is the shell's voice, at its request

    rebuilder = Rebuilder(request, say)
    rebuilder.rebuild()
    if port is not None:
        with suppress(OSError):  # it may be what is wrong, and is shown then
            request.out.mkdir(parents=True, exist_ok=True)
        server = _open_server(request.out, port, rebuilder)
        say(f"http://127.0.0.1:{server.server_port}{rebuilder.lies_in}/  (Ctrl-C stops it)")
        threading.Thread(target=server.serve_forever, name="preview", daemon=True).start()
    try:
        if watch:
            _watch(request.practice, rebuilder)
        else:
            threading.Event().wait()
    except KeyboardInterrupt:
        say("")
    return 0


def _watch(practice: Path, rebuilder: Rebuilder) -> None:
    from watchfiles import watch  # late: only the watcher needs it

    folders = {practice.resolve(), SITE_SRC, CHECKOUT / "outreach_kit"}
    is_watching = False
    for changes in watch(
        *folders,
        step=_STEP_MS,
        debounce=_TOGETHER_MS,
        rust_timeout=500,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        # What was saved between the last build and the first look is told by nobody else.
        missed = not is_watching and stamp_inputs(practice) != rebuilder.built_from
        is_watching = True
        if changes or missed:
            rebuilder.rebuild()


def _open_server(out: Path, port: int, rebuilder: Rebuilder) -> PreviewServer:
    handler = partial(PreviewHandler, rebuilder=rebuilder, directory=str(out))
    for candidate in range(port, port + PORTS_TO_TRY):
        try:
            return PreviewServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    raise MachineError(
        f"Every port from {port} to {port + PORTS_TO_TRY - 1} is taken. Name a free one: --serve PORT."
    )
