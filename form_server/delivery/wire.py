"""A built mail as the bytes on the wire, the same bytes at every attempt.

Flask-Mail's own serialisation makes new MIME boundaries at each call, leaves long lines long and
does not look at its extra headers. Here the standard library's mail policy writes the headers and
refuses one with a line break in it; the two texts are quoted-printable. Assembling them by hand
takes a fraction of the time that EmailMessage takes, and stands between a commit and its delivery.
"""

from __future__ import annotations

import hashlib
from binascii import b2a_qp
from datetime import UTC, datetime
from email import policy
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from textwrap import wrap
from typing import Final

from flask_mail import Message, sanitize_address

_CRLF: Final = b"\r\n"
_SHORT: Final = 76  # with ": " the 78 characters of RFC 5322, 2.1.1
_LONGEST: Final = 900
_UNFOLDED: Final = frozenset({"List-Unsubscribe"})
"""An address has no blank to fold at, and the library would encode it instead; 998 characters are
allowed. Each reader has one of their own."""


_clean_address = lru_cache(maxsize=256)(sanitize_address)
"""A practice writes to the same few addresses; taking one apart takes 0.05 ms each time."""


@lru_cache(maxsize=256)
def bare_address(address: str | tuple[str, str]) -> str:
    """The address alone, its domain in ASCII: what MAIL and RCPT take."""
    return parseaddr(_clean_address(address))[1]


def wire_bytes(message: Message) -> bytes:
    """ASCII with CRLF lines of bearable length; equal messages make equal bytes.

    The message has a text and an HTML body, and recipients in To only. Raises ValueError for
    anything else, and for a line break in a header.
    """
    if message.cc or message.bcc or message.attachments or not message.html:
        raise ValueError("a letter has recipients, a text and its HTML, and nothing else")
    # "=_" cannot stand in quoted-printable text, so no part can contain its own boundary.
    boundary = b"=_" + hashlib.sha256(message.msgId.encode()).hexdigest()[:32].encode("ascii")
    mark = b"--" + boundary
    return b"".join(
        (
            _constant_header("From", _clean_address(message.sender)),
            _header("To", ", ".join(_clean_address(one) for one in message.recipients)),
            _subject(message.subject),
            _constant_header("Reply-To", _clean_address(message.reply_to or message.sender)),
            _header("Date", format_datetime(datetime.fromtimestamp(message.date or 0, UTC))),
            _header("Message-ID", message.msgId),
            *(_extra_header(*extra) for extra in (message.extra_headers or {}).items()),
            _constant_header("MIME-Version", "1.0"),
            b'Content-Type: multipart/alternative;\r\n boundary="%s"' % boundary,
            *(_CRLF, _CRLF, mark, _CRLF, _part("plain", message.body or "")),
            *(mark, _CRLF, _part("html", message.html), mark, b"--", _CRLF),
        )
    )


def _subject(value: str) -> bytes:
    # The library begins a line of its own where the words just fit on one, and readers then see
    # a subject that begins with a space.
    if not (value.isascii() and value.isprintable()) or len(value) < _SHORT - len("Subject"):
        return _header("Subject", value)
    lines = wrap(f"Subject: {value}", _SHORT, break_long_words=False, break_on_hyphens=False)
    return ("\r\n ".join(lines) + "\r\n").encode("ascii")


def _header(name: str, value: str) -> bytes:
    if value.isascii() and value.isprintable() and len(name) + len(value) <= _SHORT:
        return f"{name}: {value}\r\n".encode("ascii")  # nothing to encode, nothing to fold
    return policy.SMTP.fold_binary(name, policy.SMTP.header_store_parse(name, value)[1])


_constant_header = lru_cache(maxsize=64)(_header)
"""For headers that every mail of a sender has; parsing and folding a long one takes 0.1 ms."""


def _extra_header(name: str, value: str) -> bytes:
    if name not in _UNFOLDED:
        return _constant_header(name, value)
    if not (value.isascii() and value.isprintable()) or " " in value or len(value) > _LONGEST:
        raise ValueError(f"{name} holds no address that can stand in a mail")
    return f"{name}: {value}\r\n".encode("ascii")


def _part(subtype: str, text: str) -> bytes:
    lines = "\n".join(text.splitlines()) + "\n"
    return b"".join(
        (
            _constant_header("Content-Type", f'text/{subtype}; charset="utf-8"'),
            _constant_header("Content-Transfer-Encoding", "quoted-printable"),
            _CRLF,
            b2a_qp(lines.encode("utf-8"), istext=True).replace(b"\n", _CRLF),
        )
    )
