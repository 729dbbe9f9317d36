"""Hands one message to the mail server, and says honestly what became of it.

One message has one recipient, so a refusal is always about one row. The line between "again" and
"unknown" is the end-of-data mark: until it is out whole, a server that loses the connection must
drop what it has (RFC 5321, 4.1.1.4 and 3.8); after it, the server may have taken the message and
only its answer may be missing.

The connection is kept between messages. One that went stale meanwhile is replaced on the spot, so
it costs no attempt.
"""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from form_server.delivery.channels import Again, Never, Outcome, Sent, Unknown
from form_server.delivery.draft import Draft
from form_server.delivery.mail_server import MailServer
from form_server.delivery.refusals import (
    Stage,
    interrupted,
    not_connected,
    out_of_step,
    refused,
)
from form_server.delivery.replies import Leaving, WaitedTooLong, is_yes
from form_server.delivery.session import Session
from outreach_kit.errors import MachineError

_TRUSTED_S: Final = 5.0  # a connection used this recently is not asked whether it still stands
_CHECK_S: Final = 5.0  # how long a kept connection may take to say so
_NAMING_S: Final = 2.0  # how long it may take to hear of a message that may come


class _Refused(Exception):
    """The server answered the envelope with something other than yes."""

    def __init__(self, stage: Stage, code: int, words: bytes) -> None:
        self.stage, self.code, self.words = stage, code, words
        super().__init__(stage.name, code)


@dataclass(frozen=True)
class Welcome:
    """The server let us in; `certificate_until` is None where the line is not encrypted."""

    certificate_until: datetime | None


class SmtpTransport:
    """One mail server and at most one connection to it; used by one thread at a time.

    `send` returns within `timeout_s` for all that leads up to the end of the message, and `answer_s`
    (`long_answer_s` when it is patient) for what is said to it. (Looking up the server's name is the
    system's, and bounded by it.)
    """

    def __init__(
        self, server: MailServer, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._server = server
        self._monotonic = monotonic
        self._tls = _tls_context(server) if server.verified_tls else None
        self._session: Session | None = None
        self._used_at_s = 0.0
        self._settled = True  # False from the envelope on, until the server has answered it all
        self._wary = False  # True once the server was out of step, until a message shows it is not

    def send(
        self,
        sender: str,
        recipient: str,
        writing: Iterator[bytes],
        begin: Callable[[], None],
        *,
        patient: bool = False,
    ) -> Outcome:
        """Sends what `writing` gives last (CRLF lines, ASCII) to one recipient; both addresses are bare.

        Its steps are taken while the server reads the envelope; what one raises passes through, and
        nothing was sent. `begin` is called once the server has accepted the recipient, before DATA.
        """
        if not _is_plain(recipient):
            return Never("The recipient's address cannot be written in SMTP. Correct the address.")
        deadline = self._monotonic() + self._server.timeout_s
        try:
            draft = Draft(writing)
            session = self._addressed(sender, recipient, draft, deadline)
        except _Refused as answer:
            if answer.code < 400:
                return self._out_of_step(answer.code)
            return refused(self._server, answer.stage, answer.code, answer.words, recipient)
        except (OSError, ValueError) as error:
            return not_connected(self._server, error)
        except BaseException:
            self._drop()  # in the middle of an envelope
            raise
        begin()
        return self._transmit(session, recipient, draft.wire, patient=patient)

    def name_sender(self, sender: str) -> None:
        """After a message, while there is time: the next one from this (bare) address finds itself awaited.

        Anything but a yes costs the connection, and no message.
        """
        session = self._session
        if session is None or session.named or session.wary or not self._settled:
            return
        if self._idle_s() > _NAMING_S:
            return
        session.deadline = self._monotonic() + _NAMING_S
        try:
            if not (session.is_quiet() and is_yes(session.name_sender(sender))):
                self._drop()
        except smtplib.SMTPException:
            self._drop()

    def knock(self) -> Welcome | Again:
        """Connects and signs in as for a message, and sends none."""
        deadline = self._monotonic() + self._server.timeout_s
        try:
            session = self._connect(deadline)
        except (OSError, ValueError) as error:
            return not_connected(self._server, error)
        self._used_at_s = self._monotonic()
        sock = session.sock
        ends = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
        if not ends:
            return Welcome(None)
        until_s = ssl.cert_time_to_seconds(str(ends["notAfter"]))
        return Welcome(datetime.fromtimestamp(until_s, UTC))

    def rest(self) -> None:
        """Parts from a connection that has been idle for longer than it is worth."""
        if self._session is not None and self._idle_s() > self._server.keep_s:
            self.close()

    def close(self) -> None:
        """Parts from the server; a second at most."""
        if self._session is not None:
            self._session.part()
            self._session = None

    def _addressed(
        self, sender: str, recipient: str, draft: Iterator[bytes], deadline: float
    ) -> Session:
        """A connection on which the server has accepted sender and recipient."""
        kept = self._kept(sender, deadline)
        if kept is not None:
            was_named = bool(kept.named)
            try:
                self._envelope(kept, sender, recipient, draft)
                return kept
            except _Refused as answer:
                # A limit of messages per connection shows as a refused sender, and a server that has
                # forgotten one who was named ahead, as a refused recipient.
                if answer.stage is not Stage.SENDER and not was_named:
                    raise
            except WaitedTooLong:
                self._drop()
                raise  # silence is no stale connection, and has used up the time
            except smtplib.SMTPException:
                pass
            self._drop()
        session = self._connect(deadline)
        try:
            self._envelope(session, sender, recipient, draft)
        except smtplib.SMTPException:
            self._drop()
            raise
        return session

    def _connect(self, deadline: float) -> Session:
        self._session = Session(self._server, self._tls, deadline, self._monotonic, wary=self._wary)
        return self._session

    def _kept(self, sender: str, deadline: float) -> Session | None:
        """The open connection, if it still stands and is ready for an envelope from this sender."""
        session = self._session
        if session is None:
            return None
        idle_s = self._idle_s()
        if idle_s <= self._server.keep_s and session.is_quiet():
            if self._settled and idle_s <= _TRUSTED_S and session.named in {"", sender}:
                session.deadline = deadline
                return session
            session.deadline = min(deadline, self._monotonic() + _CHECK_S)
            try:
                # As good a question as NOOP, and it ends whatever envelope was left open.
                if session.rset()[0] == 250:
                    session.deadline, session.named = deadline, ""
                    return session
            except smtplib.SMTPException:
                pass
        self._drop()
        return None

    def _envelope(
        self, session: Session, sender: str, recipient: str, draft: Iterator[bytes]
    ) -> None:
        self._settled = False
        mail, rcpt = session.offer(sender, recipient, draft)
        self._used_at_s = self._monotonic()
        if not is_yes(mail):
            raise _Refused(Stage.SENDER, *mail)
        if rcpt is not None and not is_yes(rcpt):
            raise _Refused(Stage.RECIPIENT, *rcpt)

    def _transmit(self, session: Session, recipient: str, wire: bytes, *, patient: bool) -> Outcome:
        try:
            (code, words), content = session.ask_to_send(wire)
            self._used_at_s = self._monotonic()
            # What stands there before the message is out would be taken for the answer to it.
            if code < 400 and not (code == 354 and session.is_quiet()):
                return self._out_of_step(code)
            if code != 354:
                return refused(self._server, Stage.CONTENT, code, words, recipient)
            session.send(content)
        except smtplib.SMTPException as error:
            self._drop()
            # Not unknown: the end-of-data mark did not get out whole, so nothing was taken. The
            # message goes out in one write (no BDAT, nothing pipelined behind it), and an error
            # there means that its last byte never left.
            ended = interrupted(self._server, error, self._server.timeout_s)
            return Again(f"{ended} before the message was through. It is tried again.")
        waits_s = self._server.long_answer_s if patient else self._server.answer_s
        session.deadline = self._monotonic() + waits_s
        try:
            code, words = session.getreply()
        except Leaving as error:
            self._drop()  # 421 is an answer: it was not taken
            ended = interrupted(self._server, error, waits_s)
            return Again(f"{ended} instead of taking the message.")
        except smtplib.SMTPException as error:
            self._drop()
            ended = interrupted(self._server, error, waits_s)
            return Unknown(f"{ended} after the message was through: it may have been taken.")
        self._used_at_s = self._monotonic()
        self._settled = True
        self._wary = session.stammers
        if 200 <= code < 300:
            return Sent()
        if code < 400:
            self._out_of_step(code)
            return Unknown(
                f"{self._server.name} answered the message with {code}, which says nothing."
            )
        return refused(self._server, Stage.CONTENT, code, words, recipient)

    def _idle_s(self) -> float:
        return self._monotonic() - self._used_at_s

    def _out_of_step(self, code: int) -> Again:
        """A new connection may be in step, and is not hurried."""
        self._drop()
        self._wary = True
        return out_of_step(self._server, code)

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _tls_context(server: MailServer) -> ssl.SSLContext:
    """Made once: loading the trusted certificates takes longer than sending a mail."""
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except OSError as error:
        raise MachineError(
            f"The certificates in {server.ca_file} cannot be read ({error.strerror or error}): "
            "check HANDOFF_MAIL_CA_FILE."
        ) from error


def _is_plain(address: str) -> bool:
    return address.isascii() and address.isprintable() and not set(address) & set(" <>")
