"""What a mail server says: replies as RFC 5321 has them (4.2), and the ways in which none comes."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from typing import Final

REPLY_LIMIT: Final = 65_536
_LINE: Final = re.compile(rb"([2-5][0-9]{2})([ -].*)?")

Reply = tuple[int, bytes]
"""A server's answer: its code and its text."""


class WaitedTooLong(smtplib.SMTPServerDisconnected):
    """The deadline passed; the connection was closed by us."""


class Garbled(smtplib.SMTPServerDisconnected):
    """What came is no SMTP reply; the connection was closed by us."""


class Leaving(smtplib.SMTPResponseException):
    """421: the server closes the connection, and did not do what it was last asked."""


def is_yes(reply: Reply) -> bool:
    return 200 <= reply[0] < 300


def worse(one: Reply, other: Reply) -> Reply:
    """Of two answers to one question the one that promises less; the first of equals."""
    return max(one, other, key=lambda reply: reply[0])


def read_reply(next_line: Callable[[], bytes]) -> Reply:
    """One reply of any number of lines. Raises Garbled, and what `next_line` raises.

    Its lines have one code. Where they do not, a no in any of them is a no: taken for a yes, it
    would be a message that nobody has.
    """
    code = size = 0
    texts: list[bytes] = []
    while True:
        line = next_line()
        size += len(line)
        match = _LINE.fullmatch(line.rstrip(b"\r\n"))
        if match is None or size > REPLY_LIMIT:
            raise Garbled("the reply is not SMTP")
        code = max(code, int(match[1]))
        rest = match[2] or b" "
        texts.append(rest[1:].strip())
        if rest[:1] == b" ":
            return code, b"\n".join(texts)
