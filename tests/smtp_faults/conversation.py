"""One connection: aiosmtpd's protocol with a fault before each answer."""
# ruff: noqa: N802  (the protocol's verbs are part of aiosmtpd's method names)

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as SmtpSession

from tests.smtp_faults.faults import Action, Answer, Drop, Hang, Slow, Stage, Stammer, Trickle
from tests.smtp_faults.received import Received

if TYPE_CHECKING:
    from tests.smtp_faults.relay import FaultySmtpServer

_FOR_EVER_S = 3600.0


class Conversation(SMTP):
    """What the relay notes of each step decides whether the step is taken."""

    def __init__(
        self,
        relay: FaultySmtpServer,
        open_now: set[Conversation],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._relay = relay
        self._open_now = open_now
        self._number = 0
        self._ahead = b""  # of the next answer
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

    async def push(self, status: str | bytes) -> None:
        ahead, self._ahead = self._ahead, b""
        await super().push(ahead + (status.encode() if isinstance(status, str) else status))

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
        action = self._relay.note(Stage.BODY, self._recipient())
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
        action = self._relay.note(Stage.DOT, self._recipient())
        taken = not isinstance(action, Answer | Drop | Hang | Trickle)
        if taken or (isinstance(action, Drop | Hang) and action.kept):
            self._relay.take(
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
        action = self._relay.note(stage, recipient)
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
            case Stammer(code, words):
                self._ahead = f"{code} {words}\r\n".encode()
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
        self, server: Conversation, session: SmtpSession, envelope: Envelope
    ) -> str:
        return await server.take(session, envelope)


def _login_of(session: SmtpSession) -> str:
    login = session.auth_data
    return login.login.decode() if isinstance(login, LoginPassword) else ""
