"""From a parcel to a mail: Flask-Mail's Message, with an identity that its row has given it."""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path
from typing import Final

from flask_mail import Message
from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from form_server.delivery.letters import letter_about
from form_server.parcels import Parcel

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"
_HEADERS: Final = {
    "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies, please
    "X-Auto-Response-Suppress": "All",  # the same, in the words of Exchange
}


def _read(name: str) -> str:
    """A template; the lines of a page are joined, since servers take a mail in line by line."""
    source = (_TEMPLATES / name).read_text("utf-8")
    if not name.endswith(".html"):
        return source
    return "".join(line.strip() for line in source.splitlines())


class Composer:
    """Writes mails from one sender; templates are read once."""

    def __init__(self, sender: str, reply_to: str = "") -> None:
        environment = Environment(
            loader=FunctionLoader(_read),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._text = environment.get_template("mail/letter.txt")
        self._html = environment.get_template("mail/letter.html")
        # Each new Message asks the resolver for this machine's name, which can take seconds; only
        # the first one is new.
        self._blank = Message(sender=sender, reply_to=reply_to or sender, extra_headers=_HEADERS)

    def compose(
        self, parcel: Parcel, *, to: str, message_id: str, created_at: datetime, whole: bool
    ) -> Message:
        """The mail about a parcel to one recipient; `whole` lets a full parcel be told in full.

        `message_id` is the row's, with or without its angle brackets.
        """
        letter = letter_about(parcel, whole=whole)
        message = copy.copy(self._blank)
        message.recipients = [to]
        message.subject = letter.subject
        message.body = self._text.render(letter=letter)
        message.alts = {"html": self._html.render(letter=letter)}
        message.msgId = f"<{message_id.strip('<>')}>"
        message.date = created_at.timestamp()
        return message
