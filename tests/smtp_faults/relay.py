"""The server: it is started and stopped, is told what to do wrong, and remembers what it took."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.smtp_faults.conversation import Conversation
from tests.smtp_faults.faults import Action, Choose, Stage
from tests.smtp_faults.received import Received


@dataclass
class _Fault:
    stage: Stage
    action: Action
    times: int | None
    recipient: str


@dataclass
class FaultySmtpServer:
    """Listens on loopback between `start` and `stop`, each time on the same port."""

    starttls: ssl.SSLContext | None = None
    implicit_tls: ssl.SSLContext | None = None
    accounts: dict[str, str] | None = None  # None: no sign-in is offered
    host: str = "127.0.0.1"
    port: int = 0  # 0: the first start takes a free one
    received: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)  # the stages, as they came
    pipelining: bool = False  # whether it says that it takes commands ahead of its answers
    connections: int = 0

    def __post_init__(self) -> None:
        self.choose: Choose = self._planned
        self._faults: list[_Fault] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self._end: Callable[[], object] = lambda: None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Returns once connections are accepted."""
        self._ready.clear()
        self._failure = None
        self._thread = threading.Thread(target=self._run, name="faulty-smtp", daemon=True)
        self._thread.start()
        if not self._ready.wait(10):
            raise TimeoutError("the SMTP server did not start")
        if self._failure is not None:
            self._thread.join()
            self._thread = None
            raise self._failure

    def stop(self) -> None:
        """Cuts every connection; from then on connecting is refused."""
        if self._thread is not None:
            self._end()
            self._thread.join(10)
            self._thread = None

    def inject(
        self, stage: Stage, action: Action, *, times: int | None = 1, recipient: str = ""
    ) -> None:
        """From now on does so, `times` times (None: until `mend`), for one recipient or for all."""
        with self._changed:
            self._faults.append(_Fault(stage, action, times, recipient))

    def mend(self) -> None:
        """From now on behaves."""
        with self._changed:
            self._faults.clear()

    def wait_for(self, count: int, within_s: float = 30.0) -> list[Received]:
        """All that was received, once it is `count` or more; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.received) >= count, within_s):
                raise TimeoutError(f"{len(self.received)} of {count} messages came")
            return list(self.received)

    def wait_for_command(self, stage: Stage, count: int = 1, within_s: float = 30.0) -> None:
        """Until `stage` was reached `count` times; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.commands.count(stage) >= count, within_s):
                raise TimeoutError(f"{stage} was not reached {count} times: {self.commands}")

    def _planned(self, stage: Stage, recipient: str) -> Action | None:
        with self._changed:
            for fault in self._faults:
                if fault.stage is stage and fault.recipient in ("", recipient):
                    if fault.times is not None:
                        fault.times -= 1
                        if fault.times == 0:
                            self._faults.remove(fault)
                    return fault.action
        return None

    def note(self, stage: Stage, recipient: str = "") -> Action | None:
        """That a conversation came so far; what to do instead of going on, if anything."""
        with self._changed:
            self.commands.append(stage)
            self.connections += stage is Stage.CONNECT
            self._changed.notify_all()
        return self.choose(stage, recipient)

    def take(self, received: Received) -> None:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        end = asyncio.Event()
        self._end = lambda: loop.call_soon_threadsafe(end.set)
        open_now: set[Conversation] = set()
        try:
            server = await loop.create_server(
                lambda: Conversation(self, open_now, loop),
                self.host,
                self.port,
                ssl=self.implicit_tls,
            )
        except OSError as error:
            self._failure = error
            self._ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await end.wait()
        server.close()
        for conversation in tuple(open_now):
            conversation.cut()
        # asyncio.run cancels and awaits what the conversations still do.
