"""What a mail server's refusal means, in words for the person who has to mend it.

The code and the enhanced code (RFC 3463) always stand in the reason. The server's own words stand
there only where they cannot echo a message: they are kept in the ledger in clear, and some servers
quote what they refuse.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from enum import Enum
from typing import Final

from form_server.delivery.channels import Again, Concern, Never
from form_server.delivery.mail_server import MailServer
from form_server.delivery.replies import Garbled, Leaving, WaitedTooLong

_QUOTE_LIMIT: Final = 160
_ENHANCED: Final = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
_SIGN_IN_FIRST: Final = frozenset({530, 538})  # RFC 4954, 6: answers to MAIL, not to AUTH
_SIGN_IN: Final = (
    "Check HANDOFF_MAIL_USERNAME and HANDOFF_MAIL_PASSWORD, and that the account works."
)
_NAME: Final = "Check HANDOFF_MAIL_SERVER: it must be the name that the certificate was issued for."
_DATE: Final = (
    "Check this machine's clock; if it is right, ask the mail provider for a certificate in force."
)
_ISSUER: Final = (
    "If that server is your own, name what vouches for it in HANDOFF_MAIL_CA_FILE; if it is not, "
    "somebody may stand in between: ask the mail provider."
)
_TRUST: Final = {
    **dict.fromkeys((9, 10), _DATE),  # OpenSSL: not yet valid, expired
    **dict.fromkeys((18, 19, 20, 21), _ISSUER),  # self-signed, or by an issuer that is not known
}


class Stage(Enum):
    """What the server answered to, as a reason names it, and what a person can do about it."""

    SENDER = ("the sender", "Set HANDOFF_MAIL_DEFAULT_SENDER to one that it accepts from you.")
    RECIPIENT = ("the recipient", "Check the address.")
    CONTENT = ("the message", "Ask the mail provider why.")


def refused(server: MailServer, stage: Stage, code: int, words: bytes, about: str) -> Again | Never:
    """The outcome of an answer that is not the one hoped for, before anything was taken.

    `about` is the recipient's address; a reason does not repeat it.
    """
    what, todo = stage.value
    said = _said(code, words, about, quote=stage is not Stage.CONTENT)
    reason = f"{server.name} refused {what} ({said})."
    if code in _SIGN_IN_FIRST and stage is not Stage.CONTENT:
        return Again(f"{reason} {_SIGN_IN}", Concern.SETTINGS)
    if code >= 500:
        return Never(f"{reason} {todo}")
    # Before a recipient is named, a "not now" can only be about the server or our standing there.
    concern = Concern.CHANNEL if stage is Stage.SENDER else Concern.MESSAGE
    return Again(f"{reason} It is tried again.", concern)


def out_of_step(server: MailServer, code: int) -> Again:
    """Neither yes nor no where one of them had to come, or more than was asked."""
    return Again(
        f"{server.name} answered something else than it was asked ({code}). It is tried again, one "
        "question at a time."
    )


def not_connected(server: MailServer, error: OSError | ValueError) -> Again:
    """Why no usable connection could be had; nothing that a person can change is `Never`."""
    name = server.name
    match error:
        case ssl.SSLCertVerificationError():
            return Again(
                f"The certificate of {name} cannot be trusted ({error.verify_message}). "
                f"{_TRUST.get(error.verify_code, _NAME)}",
                Concern.SETTINGS,
            )
        case ssl.SSLEOFError():
            return Again(f"{name} closed the connection.", Concern.CHANNEL)
        case ssl.SSLError():
            return Again(
                f"{name} does not speak TLS as asked. Use HANDOFF_MAIL_USE_TLS for port 587 and "
                "HANDOFF_MAIL_USE_SSL for port 465.",
                Concern.SETTINGS,
            )
        case smtplib.SMTPNotSupportedError():
            return Again(
                f"{name} does not offer the encryption or the sign-in that the settings ask for. "
                "Check HANDOFF_MAIL_PORT, HANDOFF_MAIL_USE_TLS and HANDOFF_MAIL_USERNAME.",
                Concern.SETTINGS,
            )
        case Leaving():
            said = _said(error.smtp_code, error.smtp_error)
            return Again(f"{name} takes no mail now ({said}).", Concern.CHANNEL)
        case smtplib.SMTPAuthenticationError() if error.smtp_code < 400:
            said = _said(error.smtp_code, error.smtp_error, *_secrets(server))
            return Again(
                f"{name} answered the sign-in with what is neither yes nor no ({said}). It is tried "
                "again.",
                Concern.CHANNEL,
            )
        case smtplib.SMTPAuthenticationError():
            said = _said(error.smtp_code, error.smtp_error, *_secrets(server))
            return Again(
                f"{name} did not let the mail account in ({said}). {_SIGN_IN}",
                Concern.CHANNEL if error.smtp_code < 500 else Concern.SETTINGS,
            )
        case smtplib.SMTPResponseException():
            said = _said(error.smtp_code, error.smtp_error)
            return Again(f"{name} would not begin a conversation ({said}).", Concern.CHANNEL)
        case smtplib.SMTPServerDisconnected():
            return Again(f"{interrupted(server, error, server.timeout_s)}.", Concern.CHANNEL)
        case smtplib.SMTPException():
            return Again(f"{name} knows no way to sign in that is known here.", Concern.SETTINGS)
        case TimeoutError():
            return Again(
                f"{name} did not answer within {server.timeout_s:g} seconds.", Concern.CHANNEL
            )
        case ValueError():
            return Again(
                "A name or the password in the mail settings holds characters that cannot be "
                f"sent. Check HANDOFF_MAIL_SERVER. {_SIGN_IN}",
                Concern.SETTINGS,
            )
    why = getattr(error, "strerror", None) or str(error)
    return Again(f"{name} cannot be reached ({why}).", Concern.CHANNEL)


def interrupted(server: MailServer, error: smtplib.SMTPException, waited_s: float) -> str:
    """How a conversation under way ended, as half a sentence."""
    if isinstance(error, WaitedTooLong):
        return f"{server.name} did not answer within {waited_s:g} seconds"
    if isinstance(error, Leaving):
        return f"{server.name} said goodbye ({error.smtp_code})"
    if isinstance(error, Garbled):
        return f"{server.name} answered with something that is not SMTP"
    return f"{server.name} closed the connection"


def _secrets(server: MailServer) -> tuple[str, ...]:
    """What a sign-in sends, plain and as it is sent: a server may repeat what it refuses."""
    name, word = server.username, server.password
    sent = (f"\0{name}\0{word}", name, word)
    return (*(b64encode(one.encode()).decode("ascii") for one in sent), word, name)


def _said(code: int, words: bytes | str, *about: str, quote: bool = True) -> str:
    """`550 5.1.1 No such user`: printable, short, without what it speaks about."""
    raw = words.encode("utf-8", "replace") if isinstance(words, str) else words
    if not quote:
        enhanced = _ENHANCED.match(raw)
        return f"{code} {enhanced[0].decode('ascii')}" if enhanced else str(code)
    text = raw.decode("utf-8", "replace")
    for one in filter(None, about):
        text = re.sub(re.escape(one), "…", text, flags=re.IGNORECASE)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{code} {text[:_QUOTE_LIMIT]}".strip()
