"""waitress around an app: answers until told to stop, then lets what is under way finish."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from waitress.parser import (
    HTTPRequestParser,
    ParsingError,
    TransferEncodingNotImplemented,
)
from waitress.server import create_server
from waitress.task import WSGITask
from waitress.utilities import RequestEntityTooLarge
from werkzeug.wsgi import ClosingIterator

from form_server.crowd import Crowd
from form_server.lingering import PLACES, PatientChannel, tend
from form_server.open_files import places_for
from form_server.stopping import GRACE_S, Told, Works
from outreach_kit.errors import MachineError

THREADS: Final = 8
MAX_BODY_BYTES: Final = 500_000
"""waitress's own bound; the office's is far lower and answers with a page. Above 524,288 bytes
waitress would keep a body in a temporary file, and what patients say must reach no such place."""
HEAR_OUT_BYTES: Final = 64 * 1024 * 1024
"""A longer body is cut off in the middle of it."""
_PARTING_S: Final = 1.0
"""For the last bytes to whoever reads slowly."""
_LITTER: Final = 10_000
"""Objects made and not yet gone before the interpreter looks for litter: a dozen requests' worth."""


class Drain:
    """WSGI middleware that counts requests; once `draining`, a new one is told to come back."""

    def __init__(
        self, app: Callable[..., Iterable[bytes]], crowd: Crowd, farewell: str = ""
    ) -> None:
        self._app = app
        self._crowd = crowd
        self._farewell = farewell.encode()
        self._lock = threading.Lock()
        self._under_way = 0
        self.draining = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if self.draining:
            length = str(len(self._farewell))
            kind = ("Content-Type", "text/plain; charset=utf-8")
            start(
                "503 Service Unavailable", [("Retry-After", "5"), ("Content-Length", length), kind]
            )
            return [self._farewell]
        self._crowd.note()
        self._count(1)
        try:
            answer = self._app(environ, start)
        except BaseException:
            self._count(-1)
            raise
        return ClosingIterator(answer, lambda: self._count(-1))

    def wait(self, within_s: float) -> None:
        self.draining = True
        end = time.monotonic() + within_s
        while self._under_way and time.monotonic() < end:
            time.sleep(0.05)

    def _count(self, change: int) -> None:
        with self._lock:
            self._under_way += change


def open_socket(host: str, port: int, *, more_ports: int = 0) -> socket.socket:
    """A listening socket on the port, or on one of the next `more_ports` when it is taken.

    Raises MachineError when none is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + more_ports + 1):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":  # on Windows the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host.strip("[]"), candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise MachineError(
                    f"{host}:{candidate} cannot be listened on: {error.strerror}. Check HANDOFF_HOST."
                ) from error
            continue
        return listener
    where = f"port {port} is" if not more_ports else f"ports {port} to {port + more_ports} are"
    raise MachineError(f"{where[0].upper()}{where[1:]} taken. Set HANDOFF_PORT to a free one.")


class PatientParser(HTTPRequestParser):
    """Hears a body that is too large to its end, and forgets it as it comes.

    waitress answers and hangs up at once; a client that is still sending then sees a broken
    connection, and never the answer. Who asks first (`Expect: 100-continue`) is told at once.
    A head that cannot be understood is answered as the mistake that it is, whatever gave up on it.
    """

    _to_forget = 0

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except TransferEncodingNotImplemented as error:
            raise ParsingError(*error.args) from error
        except ValueError as error:  # a number or an address that is none
            raise ParsingError("Head cannot be read") from error

    def received(self, data: bytes) -> int:
        if self._to_forget:
            heard = min(len(data), self._to_forget)
            self._to_forget -= heard
            self.completed = not self._to_forget
            return heard
        heard = super().received(data)
        if (
            isinstance(self.error, RequestEntityTooLarge)
            and 0 < self.content_length <= HEAR_OUT_BYTES
            and not self.expect_continue
        ):
            self.completed = False
            self._to_forget = self.content_length
        return heard


class WholeTask(WSGITask):
    """Writes the head of an answer together with its body.

    waitress writes them one after the other, and other threads take the interpreter in between:
    whoever waits for the answer has its head, and not yet what it says.
    """

    def write(self, data: bytes) -> None:
        is_whole = self.complete and not self.wrote_header and len(data) == self.content_length
        if not (data and is_whole):
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        if self.chunked_response or not self.has_body:
            self.channel.write_soon(head)
            super().write(data)
            return
        self.content_bytes_written = len(data)
        self.channel.write_soon(head + data)


class Channel(PatientChannel):
    parser_class = PatientParser
    task_class = WholeTask


class WebServer:
    """An app behind waitress on a socket of ours; `run` blocks, `start` and `stop` do not.

    `farewell` is said to whoever asks while the last answers are given.
    """

    def __init__(
        self,
        app: Callable[..., Iterable[bytes]],
        listener: socket.socket,
        crowd: Crowd | None = None,
        places: int | None = None,
        farewell: str = "",
    ) -> None:
        places = places or places_for(PLACES)
        self.port: int = listener.getsockname()[1]
        self._drain = Drain(app, crowd or Crowd(), farewell)
        self._server = create_server(
            self._drain,
            sockets=[listener],
            threads=THREADS,
            ident=None,
            max_request_body_size=MAX_BODY_BYTES,
            connection_limit=places,
            cleanup_interval=1,
            asyncore_use_poll=True,  # select() knows no file beyond the 1,024th
            clear_untrusted_proxy_headers=False,  # ProxyFix inside the app decides whom to trust
        )
        self._server.channel_class = Channel  # type: ignore[union-attr]
        tend(self._server, places)
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, within_s: float = GRACE_S) -> None:
        """Answer new requests with 503, let the others finish, then close."""
        self._drain.wait(within_s)
        time.sleep(0.1)  # the loop writes the last bytes
        self._part_from_all()
        self._server.close()
        self._thread.join(5)

    def _part_from_all(self) -> None:
        """Whoever keeps a connection for a next request, as browsers and proxies do, would hold up
        the end, and with it the next start."""
        end = time.monotonic() + _PARTING_S
        while channels := tuple(self._server.active_channels.values()):  # type: ignore[union-attr]
            is_over = time.monotonic() > end
            for one in channels:
                one.close_when_flushed = True
                one.will_close = one.will_close or is_over
            self._server.pull_trigger()  # type: ignore[union-attr]
            if is_over:
                break
            time.sleep(0.01)

    def _run(self) -> None:
        # The socket was closed under the loop: that is how it is told to end.
        with contextlib.suppress(OSError, ValueError):
            self._server.run()


def serve_until_signal(web: WebServer, works: Works, ready: Callable[[], None], told: Told) -> bool:
    """Serve until SIGTERM or SIGINT, then finish what is held; whether all of it was finished."""
    web.start()
    ready()
    pass_over_what_lasts()
    told.wait()
    web.stop()
    return works.stop(GRACE_S)


def pass_over_what_lasts() -> None:
    """What was loaded stays until the end, so the interpreter looks through it for litter only now.

    Each look through all of it would hold up every office for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_LITTER, *gc.get_threshold()[1:])
