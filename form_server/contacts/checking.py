"""One entry checked: facts about an office, about somebody there, or every complaint."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from form_server.contacts.roles import guess_kind, guess_role
from form_server.ledger import PersonFacts, PersonRole, ReachedBy, SourceFacts, SourceKind
from outreach_kit.outreach.follow_up import FORGOTTEN_DAYS, NUISANCE_DAYS
from outreach_kit.paper import Source, SourceRefused
from outreach_kit.practice.values import check_email, parse_phone

LONGEST_LINE: Final = 200
LONGEST_NOTE: Final = 4000
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "on", "si", "sí"})
_NO: Final = frozenset({"no", "n", "false", "0", "off", "-"})
_DAYS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")


@dataclass
class Checked:
    """`office` and `person` hold what was said, by the names of the facts, and nothing else: what a
    file does not say changes nothing. `person` is empty where the entry names nobody. `complaints`
    are by the names of fields."""

    code: str = ""
    office: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    complaints: dict[str, str] = field(default_factory=dict)


def check_entry(fields: Mapping[str, str], today: date) -> Checked:
    """Reads all of it, so that every complaint about a row is told at once."""
    return _Checking(fields, today).check()


def read_office(typed: Mapping[str, str], today: date) -> tuple[SourceFacts, dict[str, str]]:
    """The facts that a form says, and what to mend by the name of its field; the facts hold only
    without any. A form says all: what it leaves empty is empty from then on."""
    checked = check_entry(typed, today)
    if "name" not in checked.office:
        checked.complaints.setdefault("office", "A name is needed; everything else can come later.")
    return SourceFacts(**{"name": "", **checked.office}), checked.complaints


def read_person(typed: Mapping[str, str], today: date) -> tuple[PersonFacts, dict[str, str]]:
    """The same for somebody at an office; the fields are those of a table."""
    checked = check_entry(typed, today)
    if "name" not in checked.person:
        checked.complaints.setdefault("person", "A name is needed; everything else can come later.")
    return PersonFacts(**{"name": "", **checked.person}), checked.complaints


class _Checking:
    def __init__(self, fields: Mapping[str, str], today: date) -> None:
        self._fields = fields
        self._today = today
        self._found = Checked()

    def check(self) -> Checked:
        found = self._found
        office, person = found.office, found.person
        found.code = self._line("code")
        name = self._line("office")
        self._check_printable(found.code, name)
        self._put(office, "name", name)
        self._put(
            office, "kind", self._one_of("kind", SourceKind) or (guess_kind(name) if name else None)
        )
        self._put(office, "address", self._address())
        for field_name in ("town", "region", "postal_code", "hours", "audience"):
            self._put(office, field_name, self._line(field_name))
        self._put(office, "phone", self._checked("phone", _phone, _PHONE_TODO))
        self._put(office, "fax", self._checked("fax", _phone, _PHONE_TODO))
        self._put(
            office, "email", self._checked("email", _email, "Write it like name@example.org.")
        )
        self._put(
            office, "website", self._checked("website", _link, "Write it like https://example.org.")
        )
        self._check_degrees()
        self._put(office, "tier", self._tier())
        self._put(office, "every_days", self._every_days())
        for field_name in ("rests", "takes_gifts", "public_poster"):
            self._put(office, field_name, self._yes(field_name))
        self._put(office, "agreed_on", self._day("agreed_on"))
        self._check_person(person)
        found.note = self._note()
        return found

    def _check_person(self, person: dict[str, Any]) -> None:
        name = self._line("person")
        title = self._line("title")
        role = self._one_of("role", PersonRole) or (guess_role(title) if title else None)
        values = {
            "role": role,
            "title": title,
            "phone": self._checked("person_phone", _phone, _PHONE_TODO),
            "email": self._checked("person_email", _email, "Write it like name@example.org."),
            "likes": self._one_of("likes", ReachedBy),
            "reached": self._line("reached"),
            "agreed_on": self._day("person_agreed_on"),
        }
        if name:
            person["name"] = name
            for field_name, value in values.items():
                self._put(person, field_name, value)

    def _put(self, into: dict[str, Any], name: str, value: object) -> None:
        if value not in (None, "", ()):
            into[name] = value

    def _complain(self, name: str, text: str) -> None:
        self._found.complaints.setdefault(name, text)

    def _line(self, name: str) -> str:
        text = " ".join(self._fields.get(name, "").split())
        if len(text) > LONGEST_LINE:
            self._complain(name, f"Shorten this to {LONGEST_LINE} characters.")
        return text

    def _address(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self._fields.get("address", "").splitlines())
        found = tuple(line for line in lines if line)
        if len(found) > 5 or any(len(line) > LONGEST_LINE for line in found):
            self._complain("address", "Write it in at most five short lines.")
        return found

    def _note(self) -> str:
        text = self._fields.get("notes", "").replace("\r\n", "\n").strip()
        if len(text) > LONGEST_NOTE:
            self._complain("notes", f"Shorten this to {LONGEST_NOTE} characters.")
        return text

    def _checked(self, name: str, check: Callable[[str], str], todo: str) -> str:
        text = self._line(name)
        try:
            return check(text) if text else ""
        except ValueError:
            self._complain(name, todo)
            return ""

    def _check_printable(self, code: str, name: str) -> None:
        """As the printing room wants them: both go on paper."""
        if not name and not code:
            return
        try:
            Source(code or "code", name or "name")
        except SourceRefused as refused:
            self._complain("code" if refused.field == "code" else "office", str(refused))

    def _check_degrees(self) -> None:
        found = {
            name: self._degrees(name, most) for name, most in (("latitude", 90), ("longitude", 180))
        }
        if (found["latitude"] is None) != (found["longitude"] is None):
            self._complain("latitude", "Give both latitude and longitude, or neither.")
        else:
            for name, value in found.items():
                self._put(self._found.office, name, value)

    def _degrees(self, name: str, most: int) -> float | None:
        text = self._line(name)
        if not text:
            return None
        if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text) and abs(float(text)) <= most:
            return round(float(text), 6)
        self._complain(name, f"Write degrees from -{most} to {most}, like 47.6097.")
        return None

    def _one_of(self, name: str, kinds: Any) -> Any:
        text = re.sub("[^a-z]+", "_", self._line(name).lower()).strip("_")
        if not text:
            return None
        try:
            return kinds(text)
        except ValueError:
            known = ", ".join(kind.value.replace("_", " ") for kind in kinds if kind.value)
            self._complain(name, f"Write one of: {known}.")
            return None

    def _tier(self) -> str:
        text = self._line("tier").lower()
        if text not in {"", "a", "b", "c"}:
            self._complain("tier", "Write A, B or C, or leave it empty.")
            return ""
        return text

    def _every_days(self) -> int | None:
        text = self._line("every_days")
        if not text:
            return None
        if re.fullmatch("[0-9]{1,3}", text) and NUISANCE_DAYS <= int(text) <= FORGOTTEN_DAYS:
            return int(text)
        self._complain("every_days", f"Write {NUISANCE_DAYS} to {FORGOTTEN_DAYS} days.")
        return None

    def _yes(self, name: str) -> bool | None:
        text = self._line(name).casefold()
        if text and text not in _YES | _NO:
            self._complain(name, "Write yes or no.")
        return text in _YES if text else None

    def _day(self, name: str) -> date | None:
        text = self._line(name)
        for shape in _DAYS if text else ():
            try:
                day = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if day > self._today:
                self._complain(name, "This day has not come yet.")
            return day
        if text:
            self._complain(name, "Write the day as year-month-day, like 2026-11-16.")
        return None


_PHONE_TODO: Final = "Write it with area code, like (360) 555-0142."


@functools.lru_cache(maxsize=4096)  # offices share numbers, and reading one takes its time
def _phone(text: str) -> str:
    phone = parse_phone(text)
    return phone.display


@functools.lru_cache(maxsize=4096)
def _email(text: str) -> str:
    return check_email(text)


def _link(text: str) -> str:
    """A page of the web and nothing else; without `https://` it gets one."""
    whole = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    parts = urlsplit(whole)
    if parts.scheme.lower() not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise ValueError(text)
    if re.search(r"[\s<>\"]", whole):
        raise ValueError(text)
    return whole
