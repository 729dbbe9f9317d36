"""The words and choices of the waitlist, for its panel and its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.desk.referral.contact import Tap, tap_named
from form_server.desk.referral.said import Said
from form_server.ledger import WaitsFor
from outreach_kit.outreach.capacity import Need
from outreach_kit.practice import Practice

WANTED: Final = (
    (WaitsFor.ANY, "Any opening"),
    (WaitsFor.EVENING, "An evening"),
    (WaitsFor.DAYTIME, "Daytime"),
    (WaitsFor.IN_PERSON, "In person"),
    (WaitsFor.ONLINE, "Online"),
    (WaitsFor.REDUCED_FEE, "The sliding scale"),
)
WEEKS: Final = (1, 2, 3, 4, 6, 8)
USUAL_WEEKS: Final = 4
_WAYS_TO_TELL: Final = ("reached", "text", "email")
_TOLD: Final = {
    "reached": "I told them on the phone",
    "text": "I sent the text",
    "email": "I sent the e-mail",
}


@dataclass(frozen=True)
class Way:
    """A way to have told them; `value` names the try that is recorded with it."""

    value: str
    label: str


def ways_to_tell(said: Said) -> tuple[Way, ...]:
    """Only as permitted: a permission that was not given is a no."""
    allowed = {"text": said.text_ok, "email": bool(said.patient_email)}
    return tuple(Way(one, _TOLD[one]) for one in _WAYS_TO_TELL if allowed.get(one, True))


def way_named(value: str, said: Said) -> Tap | None:
    """The try behind a way that is permitted."""
    is_allowed = any(one.value == value for one in ways_to_tell(said))
    return tap_named(value) if is_allowed else None


def need_of(said: Said) -> Need:
    return Need(said.reasons, said.age_band, said.language, said.plan)


def say_wish(clinician: str | None, wanted: WaitsFor, practice: Practice) -> str:
    """“Ana Ruiz, an evening”, “whoever has room first”."""
    found = practice.clinician(clinician) if clinician else None
    whom = found.name if found else "Whoever has room first"
    what = dict(WANTED)[wanted]
    return whom if wanted is WaitsFor.ANY else f"{whom}, {what[:1].lower()}{what[1:]}"
