"""A real SMTP server on loopback that keeps what it receives in memory, and a page to read it on."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask, Response, abort, render_template

from outreach_kit.errors import MachineError

_CSP = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'"
_MAIL_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"


@dataclass(frozen=True)
class ReceivedMail:
    """One message as it came over the wire, and when its last byte was accepted."""

    number: int
    received_at: dt.datetime
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)  # noqa: S101 - what policy.default makes
        return parsed

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    def body(self, kind: str) -> str:
        """The `plain` or `html` part, or nothing."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


@dataclass
class Mailbox:
    """Collects mail; `wait` returns the first message that arrived after so many were there."""

    mails: list[ReceivedMail] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition, repr=False)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        with self._arrived:
            self.mails.append(
                ReceivedMail(
                    number=len(self.mails) + 1,
                    received_at=dt.datetime.now(dt.UTC),
                    sender=envelope.mail_from or "",
                    recipients=tuple(envelope.rcpt_tos),
                    raw=content,
                )
            )
            self._arrived.notify_all()
        return "250 2.0.0 kept in the demo mailbox"

    def wait(self, already: int, timeout_s: float) -> ReceivedMail | None:
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.mails) > already, timeout_s)
            return self.mails[already] if len(self.mails) > already else None


class SmtpThread:
    """The SMTP server in a thread of its own, with a loop of its own, on a port that the system picks."""

    port: int

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mailbox", daemon=True)

    def start(self) -> None:
        """Returns once mail is taken; `port` is known from then on."""
        self._thread.start()
        if not self._ready.wait(10):
            raise MachineError("The demo's mailbox did not start. Try again.")

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        controller = UnthreadedController(
            self._mailbox, hostname="127.0.0.1", port=0, loop=self._loop
        )
        server = await self._loop.create_server(controller.factory, host="127.0.0.1", port=0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        server.close()


def create_mailbox_app(mailbox: Mailbox) -> Flask:
    """The mailbox page: newest first, each mail as its reader would see it, and its source."""
    app = Flask("form_server.demo", template_folder="../templates/demo", static_folder=None)
    app.add_url_rule("/", view_func=_list_mails)
    app.add_url_rule("/mailbox.css", view_func=_style)
    app.add_url_rule("/mail/<int:number>", view_func=_show_mail)
    app.add_url_rule("/mail/<int:number>/<kind>", view_func=_show_part)
    app.config["MAILBOX"] = mailbox
    app.after_request(_guard)
    return app


def _mailbox() -> Mailbox:
    from flask import current_app

    found: Any = current_app.config["MAILBOX"]
    assert isinstance(found, Mailbox)  # noqa: S101 - put there by create_mailbox_app
    return found


def _mail(number: int) -> ReceivedMail:
    mails = _mailbox().mails
    if not 1 <= number <= len(mails):
        abort(404)
    return mails[number - 1]


def _list_mails() -> str:
    return render_template("mailbox.html", mails=list(reversed(_mailbox().mails)))


def _show_mail(number: int) -> str:
    return render_template("mail.html", mail=_mail(number))


def _show_part(number: int, kind: str) -> Response:
    mail = _mail(number)
    if kind == "html":
        return Response(
            mail.body("html"),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": _MAIL_CSP},
        )
    if kind != "source":
        abort(404)
    return Response(mail.raw, content_type="text/plain; charset=utf-8")


def _style() -> Response:
    return Response(render_template("mailbox.css"), content_type="text/css; charset=utf-8")


def _guard(response: Response) -> Response:

    response.headers.setdefault("Content-Security-Policy", _CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
