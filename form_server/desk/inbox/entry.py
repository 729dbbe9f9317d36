"""A referral as it is written down by hand: what was typed, and what must be mended first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from form_server.ledger import CameBy, SourceKind
from outreach_kit.practice.faults import Refused
from outreach_kit.practice.values import parse_phone

FIELDS: Final = (
    "entry_id", "who", "source", "kept_as", "how", "at", "name", "phone", "email", "reason", "plan",
    "language", "note", "caller", "caller_phone", "voicemail_ok", "text_ok", "spoken", "inbox",
)  # fmt: skip
LONGEST: Final = {"note": 1000, "reason": 300}
_LONGEST_LINE: Final = 120
_LONGEST_AGO: Final = timedelta(days=366)
_SLOW_FINGERS: Final = timedelta(minutes=2)  # a clock of a phone that runs a little ahead
_ID: Final = re.compile(r"[0-9a-z]{20,40}")
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\?&%]+@[^\s@<>\"(),:;\[\]\\?&%]+")
_AT_SHAPE: Final = "%Y-%m-%dT%H:%M"
_NO_NAME: Final = "Say who it is about; a first name will do."
_NO_WAY: Final = "A phone number, or an e-mail address: there must be a way to answer."
_NO_PHONE: Final = "That number cannot be dialled. Write it with area code, like (360) 555-0142."
_NO_EMAIL: Final = "That is no e-mail address. Leave it empty if there is none."
_NO_TIME: Final = "Say when it arrived, as a date and a time."
_FUTURE: Final = "That is still to come. Say when it really arrived; the clock counts from then."
_TOO_OLD: Final = "That is more than a year ago. Say a day within the last year."
_NO_HOW: Final = "Say how it came."


class EntryRefused(Exception):
    """What must be mended, by field; what was typed goes back into the form and into no log."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(", ".join(faults))


@dataclass(frozen=True)
class Entry:
    """Checked; empty means “not said”, and a permission that was not given is a no."""

    id: str
    from_patient: bool
    source: str
    kept_as: SourceKind | None
    how: CameBy
    received_at: datetime
    name: str
    phone: str
    phone_uri: str
    email: str
    reason: str
    plan: str
    language: str
    note: str
    caller: str
    caller_phone: str
    caller_phone_uri: str
    voicemail_ok: bool
    text_ok: bool
    is_spoken: bool
    inbox_id: str


@dataclass
class _Reader:
    typed: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def phone(self, name: str) -> tuple[str, str]:
        """As typed, and its `tel:` address; both empty when none was typed."""
        typed = self.typed[name]
        if not typed:
            return "", ""
        try:
            return typed, parse_phone(typed).href
        except Refused:
            self.faults[name] = _NO_PHONE
            return typed, ""

    def email(self) -> str:
        typed = self.typed["email"]
        if typed and not _EMAIL.fullmatch(typed):
            self.faults["email"] = _NO_EMAIL
        return typed

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime:
        """On the practice's clock, to the minute; the minute that is running is now."""
        try:
            local = datetime.strptime(self.typed["at"][:16], _AT_SHAPE).replace(tzinfo=zone)
            at = local.astimezone(UTC)
        except (ValueError, OverflowError):
            self.faults["at"] = _NO_TIME
            return now
        if at > now + _SLOW_FINGERS:
            self.faults["at"] = _FUTURE
        elif at < now - _LONGEST_AGO:
            self.faults["at"] = _TOO_OLD
        return min(at, now)


def read_typed(form: Mapping[str, str]) -> dict[str, str]:
    """Every field of the form, cleaned and cut to its length; what is missing is empty."""
    typed = {}
    for name in FIELDS:
        clean = _CONTROL.sub(" ", form.get(name, "")).strip()
        one_line = clean if name == "note" else " ".join(clean.split())
        typed[name] = one_line[: LONGEST.get(name, _LONGEST_LINE)]
    return typed


def read_entry(
    typed: Mapping[str, str], inbox_ids: frozenset[str], now: datetime, zone: ZoneInfo
) -> Entry:
    """Raises EntryRefused with every fault at once. `inbox_ids` are all that there are."""
    reader = _Reader(typed)
    phone, phone_uri = reader.phone("phone")
    caller_phone, caller_phone_uri = reader.phone("caller_phone")
    email, received_at = reader.email(), reader.moment(now, zone)
    if not typed["name"]:
        reader.faults["name"] = _NO_NAME
    if not phone and not email:
        reader.faults["phone"] = _NO_WAY
    if typed["how"] not in set(CameBy):
        reader.faults["how"] = _NO_HOW
    if typed["inbox"] not in inbox_ids or not _ID.fullmatch(typed["entry_id"]):
        reader.faults["inbox"] = "Pick whom it is for."
    if reader.faults:
        raise EntryRefused(reader.faults)
    from_patient = typed["who"] != "office"
    return Entry(
        id=typed["entry_id"],
        from_patient=from_patient,
        source=typed["source"],
        kept_as=SourceKind(typed["kept_as"]) if typed["kept_as"] in set(SourceKind) else None,
        how=CameBy(typed["how"]),
        received_at=received_at,
        name=typed["name"],
        phone=phone,
        phone_uri=phone_uri,
        email=email,
        reason=typed["reason"],
        plan=typed["plan"],
        language=typed["language"],
        note=typed["note"],
        caller="" if from_patient else typed["caller"],
        caller_phone="" if from_patient else caller_phone,
        caller_phone_uri="" if from_patient else caller_phone_uri,
        voicemail_ok=bool(typed["voicemail_ok"]),
        text_ok=bool(typed["text_ok"]),
        is_spoken=bool(typed["spoken"]),
        inbox_id=typed["inbox"],
    )


def write_at(moment: datetime, zone: ZoneInfo) -> str:
    """As the form's own field wants it."""
    return moment.astimezone(zone).strftime(_AT_SHAPE)
