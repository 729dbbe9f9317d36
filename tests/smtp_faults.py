"""A real SMTP server that misbehaves on command, and remembers what it took.

    with FaultySmtpServer() as relay:
        relay.inject(Stage.RCPT, Answer(450), times=2)
        ...
        relay.wait_for(1)

`choose` may be replaced by a function, for a program that draws its faults at random.
"""
# ruff: noqa: N802  (the protocol's verbs are part of aiosmtpd's method names)

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from types import TracebackType
from typing import Any, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as SmtpSession

_FOR_EVER_S = 3600.0


class Stage(StrEnum):
    """What the server is about to answer."""

    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # the command
    BODY = "body"  # after 354, with the message still on its way
    DOT = "dot"  # after the end-of-data mark
    RSET = "rset"
    NOOP = "noop"
    QUIT = "quit"


@dataclass(frozen=True)
class Answer:
    """Says this instead of yes, and goes on (after 421 it closes, as it has said)."""

    code: int
    words: str = "as you asked"


@dataclass(frozen=True)
class Drop:
    """Resets the connection; `kept` (after the dot) takes the message first."""

    kept: bool = False


@dataclass(frozen=True)
class Hang:
    """Says nothing more; `kept` (after the dot) takes the message first."""

    kept: bool = False


@dataclass(frozen=True)
class Trickle:
    """Answers for ever, a byte at a time."""

    pause_s: float = 0.05


@dataclass(frozen=True)
class Slow:
    """Does as it should, only later."""

    seconds: float


Action = Answer | Drop | Hang | Trickle | Slow
Choose = Callable[[Stage, str], Action | None]
"""The stage and the recipient's address (empty where none is known) -> what to do, if anything."""


@dataclass
class _Fault:
    stage: Stage
    action: Action
    times: int | None
    recipient: str


@dataclass(frozen=True)
class Received:
    """A message that the server took; `connection` counts from 1 and began at `opened_s`."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    at_s: float  # time.monotonic
    connection: int
    opened_s: float
    over_tls: bool
    login: str

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.data, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


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

    def _reached(self, stage: Stage, recipient: str = "") -> Action | None:
        with self._changed:
            self.commands.append(stage)
            self.connections += stage is Stage.CONNECT
            self._changed.notify_all()
        return self.choose(stage, recipient)

    def _take(self, received: Received) -> None:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        end = asyncio.Event()
        self._end = lambda: loop.call_soon_threadsafe(end.set)
        open_now: set[_Conversation] = set()
        try:
            server = await loop.create_server(
                lambda: _Conversation(self, open_now, loop),
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


class _Conversation(SMTP):
    """One connection: aiosmtpd's protocol with a fault before each answer."""

    def __init__(
        self,
        relay: FaultySmtpServer,
        open_now: set[_Conversation],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._relay = relay
        self._open_now = open_now
        self._number = 0
        self._opened_s = time.monotonic()
        super().__init__(
            _Taker(),
            loop=loop,
            hostname="relay.test",
            tls_context=relay.starttls,
            enable_SMTPUTF8=True,
            auth_require_tls=relay.accounts is None,
            authenticator=self._authenticate_account,
        )

    def cut(self) -> None:
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()

    def connection_lost(self, error: Exception | None) -> None:
        self._open_now.discard(self)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        self._open_now.add(self)
        passed = await self._passes(Stage.CONNECT)
        self._number = self._relay.connections
        if passed:
            await super()._handle_client()
        elif self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:
        if await self._passes(Stage.EHLO):
            if self._relay.pipelining:
                await self.push("250-PIPELINING")
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if await self._passes(Stage.STARTTLS):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if await self._passes(Stage.AUTH):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if await self._passes(Stage.MAIL):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        address = (arg or "").partition("<")[2].partition(">")[0]
        if await self._passes(Stage.RCPT, address):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if not await self._passes(Stage.DATA):
            return
        action = self._relay._reached(Stage.BODY, self._recipient())
        if action is not None:
            await self.push("354 go on")
            await self._reader.read(1)
            await self._act(action)
            return
        await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:
        if await self._passes(Stage.RSET):
            await super().smtp_RSET(arg)

    async def smtp_NOOP(self, arg: str) -> None:
        if await self._passes(Stage.NOOP):
            await super().smtp_NOOP(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        if await self._passes(Stage.QUIT):
            await super().smtp_QUIT(arg)

    async def take(self, session: SmtpSession, envelope: Envelope) -> str:
        """What is answered to a whole message."""
        came_s = time.monotonic()  # first: what is about to happen may kill whoever sent it
        action = self._relay._reached(Stage.DOT, self._recipient())
        taken = not isinstance(action, Answer | Drop | Hang | Trickle)
        if taken or (isinstance(action, Drop | Hang) and action.kept):
            self._relay._take(
                Received(
                    sender=envelope.mail_from or "",
                    recipients=tuple(envelope.rcpt_tos),
                    data=cast("bytes", envelope.original_content),
                    at_s=came_s,
                    connection=self._number,
                    opened_s=self._opened_s,
                    over_tls=session.ssl is not None or self._relay.implicit_tls is not None,
                    login=_login_of(session),
                )
            )
        if isinstance(action, Answer):
            if action.code == 421:
                self.loop.call_later(0.05, self.cut)
            return f"{action.code} {action.words}"
        if action is not None:
            await self._act(action)
        return "250 taken"

    def _recipient(self) -> str:
        assert self.envelope is not None
        return self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""

    async def _passes(self, stage: Stage, recipient: str = "") -> bool:
        """Whether the usual answer is still to be given."""
        action = self._relay._reached(stage, recipient)
        return action is None or await self._act(action)

    async def _act(self, action: Action) -> bool:
        match action:
            case Answer(code, words):
                await self.push(f"{code} {words}")
                if code == 421 and self.transport is not None:
                    self.transport.close()
            case Drop():
                self.cut()
                await asyncio.sleep(_FOR_EVER_S)  # cancelled as the loss is noticed
            case Hang():
                await asyncio.sleep(_FOR_EVER_S)
            case Trickle(pause_s):
                while True:
                    self._writer.write(b"2")
                    await asyncio.sleep(pause_s)
            case Slow(seconds):
                await asyncio.sleep(seconds)
                return True
        return False

    def _authenticate_account(
        self, _server: SMTP, _session: SmtpSession, _envelope: Envelope, _way: str, login: Any
    ) -> AuthResult:
        accounts = self._relay.accounts or {}
        assert isinstance(login, LoginPassword)
        known = accounts.get(login.login.decode())
        return AuthResult(
            success=known is not None and known == login.password.decode(),
            handled=False,
            auth_data=login,
        )


class _Taker:
    """The handler that aiosmtpd asks for; the conversation itself cannot be its own."""

    async def handle_DATA(
        self, server: _Conversation, session: SmtpSession, envelope: Envelope
    ) -> str:
        return await server.take(session, envelope)


def _login_of(session: SmtpSession) -> str:
    login = session.auth_data
    return login.login.decode() if isinstance(login, LoginPassword) else ""
