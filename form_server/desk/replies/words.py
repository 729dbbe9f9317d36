"""Replies in the words of the page."""

from __future__ import annotations

from typing import Final

from form_server.ledger import DeliveryState, Outcome, Reply, ReplyWay, Whom

ABOUT: Final = {
    Outcome.SCHEDULED: "A first appointment is made",
    Outcome.ATTENDED: "They came to the first appointment",
    Outcome.UNATTENDED: "They did not come",
    Outcome.REDIRECTED: "Somebody else fits better",
    Outcome.UNREACHABLE: "They could not be reached",
    Outcome.WITHDRAWN: "They do not want it now",
}
HOW: Final = {
    ReplyWay.PHONE: "Say it on the phone",
    ReplyWay.TEXT: "Text message",
    ReplyWay.EMAIL: "E-mail from your own mail program",
    ReplyWay.MAIL: "E-mail from here",
    ReplyWay.PRINT: "Print a letter",
    ReplyWay.FAX: "Fax a letter",
    ReplyWay.COPY: "Copy it into their portal",
}
LANGUAGES: Final = {"en": "English", "es": "Español"}
_TOLD: Final = {
    ReplyWay.PHONE: "told on the phone",
    ReplyWay.TEXT: "sent as a text",
    ReplyWay.EMAIL: "sent as an e-mail",
    ReplyWay.MAIL: "sent by e-mail",
    ReplyWay.PRINT: "printed as a letter",
    ReplyWay.FAX: "faxed",
    ReplyWay.COPY: "copied into their portal",
    ReplyWay.ASIDE: "set aside, nothing sent",
}
_MAILED: Final = {
    DeliveryState.PENDING: "goes out by e-mail within a minute",
    DeliveryState.SENDING: "is going out by e-mail",
    DeliveryState.TRANSMITTING: "is going out by e-mail",
    DeliveryState.RETRYING: "waits for the mail server",
    DeliveryState.UNKNOWN: "may not have arrived by e-mail",
    DeliveryState.STUCK: "did not go out by e-mail",
    DeliveryState.ON_HOLD: "is held back since a backup was restored",
    DeliveryState.DISMISSED: "was not sent",
}
_TROUBLE: Final = frozenset(
    {DeliveryState.UNKNOWN, DeliveryState.STUCK, DeliveryState.ON_HOLD, DeliveryState.DISMISSED}
)


def say_reply(reply: Reply) -> str:
    """“sent by e-mail”, “did not go out by e-mail”."""
    if reply.delivery is None:
        return _TOLD[reply.way]
    return _MAILED.get(reply.delivery, _TOLD[reply.way])


def is_trouble(reply: Reply) -> bool:
    return reply.delivery in _TROUBLE


def note_to(whom: Whom) -> str:
    return "Note to the patient" if whom is Whom.PATIENT else "Note to who sent them"
