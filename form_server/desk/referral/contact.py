"""Ways to reach the patient, as permitted, and the one tap that records each try.

A permission that was not given is a no: there is no button for it, and no script.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from form_server.desk.referral.said import Said
from form_server.desk.referral.voicemail import Voicemail, write_voicemails
from form_server.ledger import AttemptMeans, AttemptResult


@dataclass(frozen=True)
class Tap:
    """A button that records one try; `word` is what the time line says of it later."""

    value: str
    label: str
    word: str
    means: AttemptMeans
    result: AttemptResult


TAPS: Final = (
    Tap("reached", "We talked", "Call, talked", AttemptMeans.CALL, AttemptResult.REACHED),
    Tap("no-answer", "No answer", "Call, no answer", AttemptMeans.CALL, AttemptResult.NO_ANSWER),
    Tap(
        "voicemail", "Left a voicemail", "Call, left a voicemail",
        AttemptMeans.CALL, AttemptResult.LEFT_MESSAGE,
    ),
    Tap("text", "Sent a text", "Text message sent", AttemptMeans.TEXT, AttemptResult.SENT),
    Tap("email", "Sent an e-mail", "E-mail sent", AttemptMeans.EMAIL, AttemptResult.SENT),
    Tap(
        "wrong-number", "Wrong number", "Call, wrong number",
        AttemptMeans.CALL, AttemptResult.WRONG_ADDRESS,
    ),
)  # fmt: skip


class By(StrEnum):
    """A way to get in touch that a page offers as one tap."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"


@dataclass(frozen=True)
class Permission:
    label: str
    is_given: bool


@dataclass(frozen=True)
class Contact:
    """Addresses are empty where there is none, or no permission for it."""

    number: str
    tel: str
    sms: str
    mailto: str
    permissions: tuple[Permission, ...]
    voicemails: tuple[Voicemail, ...]
    taps: tuple[Tap, ...]


def plan_contact(said: Said, *, caller: str, callback: str) -> Contact:
    """What the page offers; `caller` and `callback` are spoken on a permitted voicemail."""
    allowed = {
        "voicemail": said.voicemail_ok,
        "text": said.text_ok,
        "email": bool(said.patient_email),
    }
    return Contact(
        number=said.patient_phone.typed,
        tel=address_for(said, By.CALL),
        sms=address_for(said, By.TEXT),
        mailto=address_for(said, By.EMAIL),
        permissions=(
            _permission("voicemail", is_given=allowed["voicemail"]),
            _permission("text", is_given=allowed["text"]),
            _permission("e-mail", is_given=allowed["email"]),
        ),
        voicemails=write_voicemails(said, caller, callback),
        taps=tuple(tap for tap in TAPS if allowed.get(tap.value, True)),
    )


def read_way(typed: str) -> By:
    """A call, unless another way is named."""
    return By(typed) if typed in set(By) else By.CALL


def address_for(said: Said, by: By) -> str:
    """What the device opens; empty where there is none, or no permission for it."""
    match by:
        case By.CALL:
            return said.patient_phone.tel
        case By.TEXT:
            return said.patient_phone.sms if said.text_ok else ""
        case By.EMAIL:
            return f"mailto:{said.patient_email}" if said.patient_email else ""


def _permission(what: str, *, is_given: bool) -> Permission:
    return Permission(what.capitalize() if is_given else f"No {what}", is_given)


def tap_named(value: str) -> Tap | None:
    return next((tap for tap in TAPS if tap.value == value), None)


def describe_try(means: AttemptMeans, result: AttemptResult) -> str:
    """A try in the words of the button that recorded it."""
    known = (tap.word for tap in TAPS if (tap.means, tap.result) == (means, result))
    return next(known, f"{means.value}: {result.value}".replace("_", " "))
