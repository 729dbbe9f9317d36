"""waitress around an app: answers until told to stop, then lets what is under way finish."""

from __future__ import annotations

import errno
import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from waitress import wasyncore
from waitress.server import create_server
from werkzeug.wsgi import ClosingIterator

from form_server.channel import Channel
from form_server.crowd import Crowd
from form_server.leader_followers import LeaderFollowers
from form_server.lingering import PLACES, tend
from form_server.open_files import places_for
from form_server.stopping import GRACE_S, Told, Works
from outreach_kit.errors import MachineError

THREADS: Final = 8
MAX_BODY_BYTES: Final = 500_000
"""waitress's own bound; the office's is far lower and answers with a page. Above 524,288 bytes
waitress would keep a body in a temporary file, and what patients say must reach no such place."""
_PARTING_S: Final = 1.0
"""For the last bytes to whoever reads slowly."""
_THREADS_END_WITHIN_S: Final = 5.0
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


class WebServer:
    """An app behind waitress on a socket of ours; `run` blocks, `start` and `stop` do not.

    `farewell` is said to whoever asks while the last answers are given. `brief` are methods and paths
    that are answered in a moment, on a machine that is well.
    """

    def __init__(
        self,
        app: Callable[..., Iterable[bytes]],
        listener: socket.socket,
        crowd: Crowd | None = None,
        places: int | None = None,
        farewell: str = "",
        brief: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        places = places or places_for(PLACES)
        self.port: int = listener.getsockname()[1]
        crowd = crowd or Crowd()
        self._drain = Drain(app, crowd, farewell)
        self._threads = LeaderFollowers(THREADS, lambda: crowd.is_dense)
        self._connections: dict[int, Any] = {}
        make: Any = create_server  # it gives one of several kinds; ours is the one for one socket
        self._server = make(
            self._drain,
            sockets=[listener],
            map=self._connections,
            _dispatcher=self._threads,
            ident=None,
            max_request_body_size=MAX_BODY_BYTES,
            connection_limit=places,
            cleanup_interval=1,
            asyncore_use_poll=True,  # select() knows no file beyond the 1,024th
            clear_untrusted_proxy_headers=False,  # ProxyFix inside the app decides whom to trust
        )
        self._server.channel_class = Channel
        self._server.brief = brief
        self._pull_trigger = self._server.pull_trigger
        self._server.pull_trigger = self._wake
        tend(self._server, places)

    def start(self) -> None:
        self._threads.start(self._turn)

    def stop(self, within_s: float = GRACE_S) -> None:
        """Answer new requests with 503, let the others finish, then close."""
        self._drain.wait(within_s)
        time.sleep(0.1)  # the loop writes the last bytes
        self._part_from_all()
        self._threads.end(self._server.pull_trigger, _THREADS_END_WITHIN_S)
        self._server.close()

    def _part_from_all(self) -> None:
        """Whoever keeps a connection for a next request, as browsers and proxies do, would hold up
        the end, and with it the next start."""
        end = time.monotonic() + _PARTING_S
        while channels := tuple(self._server.active_channels.values()):
            is_over = time.monotonic() > end
            for one in channels:
                one.close_when_flushed = True
                one.will_close = one.will_close or is_over
            self._server.pull_trigger()
            if is_over:
                break
            time.sleep(0.01)

    def _wake(self) -> None:
        if not self._threads.is_leading:
            self._pull_trigger()

    def _turn(self) -> None:
        """Waits for what comes next on any connection, and sees to it."""
        adjustments = self._server.adj
        wasyncore.loop(
            timeout=adjustments.asyncore_loop_timeout,
            use_poll=adjustments.asyncore_use_poll,
            map=self._connections,
            count=1,
        )


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
