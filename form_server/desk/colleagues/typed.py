"""What was typed about a colleague, in a form or in a table, read into facts with every complaint."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from form_server.ledger import ColleagueFacts
from outreach_kit.outreach.kinds import name_kinds
from outreach_kit.practice import Practice
from outreach_kit.practice.values import check_email, parse_phone

Typed = Mapping[str, str]
"""By the names of the form's fields; `needs` has a slug on each line."""

FIELDS: Final = (
    "name", "credentials", "practice", "phone", "email", "fax", "website", "booking_url", "needs",
    "need_words", "youngest", "oldest", "languages", "plans", "self_pay", "sliding_scale",
    "telehealth", "town", "miles", "openings", "openings_on", "public_on", "notes", "source_code",
)  # fmt: skip
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "on", "si", "sí"})
_NO: Final = frozenset({"", "no", "n", "false", "0", "off", "-"})
_SPLIT: Final = re.compile(r"[,;\n]")
_LONGEST_LINE: Final = 200
_LONGEST_NOTE: Final = 2000
_DAYS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")


@dataclass
class _Reading:
    typed: Typed
    complaints: dict[str, str] = field(default_factory=dict)

    def line(self, name: str) -> str:
        text = " ".join(self.typed.get(name, "").split())
        if len(text) > _LONGEST_LINE:
            self.complaints[name] = f"Shorten this to {_LONGEST_LINE} characters."
        return text

    def checked(self, name: str, check: Callable[[str], str], complaint: str) -> str:
        text = self.line(name)
        try:
            return check(text) if text else ""
        except ValueError:
            self.complaints[name] = complaint
            return text

    def number(self, name: str, most: int) -> int | None:
        text = self.line(name)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > most:
            self.complaints[name] = f"Write a whole number from 0 to {most}."
            return None
        return int(text)

    def day(self, name: str) -> date | None:
        text = self.line(name)
        for shape in _DAYS if text else ():
            try:
                return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        if text:
            self.complaints[name] = "Write the day as year-month-day, like 2026-11-16."
        return None

    def yes(self, name: str) -> bool:
        text = self.line(name).casefold()
        if text not in _YES | _NO:
            self.complaints[name] = "Write yes or no."
        return text in _YES

    def several(self, name: str) -> tuple[str, ...]:
        texts = (" ".join(text.split()) for text in _SPLIT.split(self.typed.get(name, "")))
        found = tuple(dict.fromkeys(text for text in texts if text))
        if any(len(text) > _LONGEST_LINE for text in found) or len(found) > 60:
            self.complaints[name] = "Part the entries by commas, and keep each one short."
        return found


def read_typed(
    typed: Typed, practice: Practice, today: date, codes: Container[str]
) -> tuple[ColleagueFacts, dict[str, str]]:
    """The facts, and what to mend by the name of its field; the facts hold only without any.

    `codes` are those of known sources, in small letters.
    """
    reading = _Reading(typed)
    name = reading.line("name")
    if not name:
        reading.complaints["name"] = "A name is needed; everything else can come later."
    kinds = name_kinds(typed.get("needs", "").splitlines(), practice)
    openings, openings_on = reading.number("openings", 99), reading.day("openings_on")
    public_on = reading.day("public_on")
    for field_name, day in (("openings_on", openings_on), ("public_on", public_on)):
        if day is not None and day > today:
            reading.complaints[field_name] = "This day has not come yet."
    youngest, oldest = reading.number("youngest", 120), reading.number("oldest", 120)
    if youngest is not None and oldest is not None and oldest < youngest:
        reading.complaints["oldest"] = "The oldest age is below the youngest."
    states = tuple(state.upper() for state in reading.several("telehealth"))
    if not all(re.fullmatch("[A-Z]{2}", state) for state in states):
        reading.complaints["telehealth"] = "Write states by their two letters, like WA, OR."
    code = reading.line("source_code")
    if code and code.lower() not in codes:
        reading.complaints["source_code"] = "Nobody was given this code; leave it empty or mend it."
    words = (*reading.several("need_words"), *(kind.label for kind in kinds if not kind.slug))
    facts = ColleagueFacts(
        name=name,
        credentials=reading.line("credentials"),
        practice=reading.line("practice"),
        phone=reading.checked("phone", _phone, "Write it with area code, like (360) 555-0142."),
        email=reading.checked("email", check_email, "Write it like name@example.org."),
        fax=reading.checked("fax", _phone, "Write it with area code, like (360) 555-0143."),
        website=reading.checked("website", _link, "Write it like https://example.org."),
        booking_url=reading.checked("booking_url", _link, "Write it like https://example.org."),
        needs=tuple(kind.slug for kind in kinds if kind.slug),
        need_words=tuple(dict.fromkeys(words)),
        youngest=youngest,
        oldest=oldest,
        languages=reading.several("languages"),
        plans=reading.several("plans"),
        self_pay=reading.yes("self_pay"),
        sliding_scale=reading.yes("sliding_scale"),
        telehealth=states,
        town=reading.line("town"),
        miles=reading.number("miles", 9999),
        openings=openings,
        openings_on=(openings_on or today) if openings is not None else None,
        public_on=public_on,
        notes=_notes(reading),
        source_code=code,
    )
    return facts, reading.complaints


def spell(facts: ColleagueFacts) -> dict[str, str]:
    """The facts as a form shows them; reading them again gives the same."""
    spelled = {name: _spell(getattr(facts, name)) for name in FIELDS}
    return {**spelled, "needs": "\n".join(facts.needs)}


def _spell(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)


def _notes(reading: _Reading) -> str:
    text = reading.typed.get("notes", "").replace("\r\n", "\n").strip()
    if len(text) > _LONGEST_NOTE:
        reading.complaints["notes"] = f"Shorten this to {_LONGEST_NOTE} characters."
    return text


def _phone(text: str) -> str:
    return parse_phone(text).display


def _link(text: str) -> str:
    """A page that a tap opens: of the web and nothing else; without `https://` it gets one."""
    whole = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    parts = urlsplit(whole)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise ValueError(text)
    if re.search(r"[\s<>\"]", whole):
        raise ValueError(text)
    return whole
