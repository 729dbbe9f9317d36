"""The columns of a table of offices: ours, and those that Google Contacts and Outlook save."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HEADINGS: Final = {
    "code": "Code", "office": "Office", "kind": "Kind", "address": "Address", "town": "Town",
    "region": "State", "postal_code": "ZIP code", "latitude": "Latitude", "longitude": "Longitude",
    "phone": "Phone", "fax": "Fax", "email": "E-mail", "website": "Website", "hours": "Opening hours",
    "audience": "Audience", "tier": "Tier", "every_days": "Every so many days", "rests": "No visits",
    "takes_gifts": "Takes gifts", "public_poster": "On a poster", "agreed_on": "Agreed to newsletter on",
    "person": "Person", "role": "Role", "title": "Title", "person_phone": "Person’s phone",
    "person_email": "Person’s e-mail", "likes": "Likes to be reached by", "reached": "How to reach them",
    "person_agreed_on": "Person agreed to newsletter on", "notes": "Notes",
}  # fmt: skip
"""By field, as our own table is headed."""
_ALSO: Final = {
    # plain tables
    "name": "name", "source": "office", "officename": "office", "practice": "office",
    "telephone": "phone", "street": "address", "city": "town", "state": "region",
    "zip": "postal_code", "postalcode": "postal_code", "url": "website", "hours": "hours",
    "contact": "person", "contactname": "person", "contactperson": "person", "jobtitle": "title",
    "note": "notes", "comments": "notes",
    # Google Contacts, as it saves today and as it did before 2024
    "organizationname": "office", "organization1name": "office", "organizationtitle": "title",
    "organization1title": "title", "middlename": "middle", "additionalname": "middle",
    "phone1value": "phone", "email1value": "email", "website1value": "website",
    "address1street": "address", "address1extendedaddress": "address2", "address1city": "town",
    "address1region": "region", "address1postalcode": "postal_code",
    # Outlook
    "company": "office", "organization": "office", "firstname": "first", "givenname": "first",
    "lastname": "last", "familyname": "last", "fullname": "whole", "displayname": "whole",
    "businessphone": "phone", "companymainphone": "office_phone", "businessfax": "fax",
    "emailaddress": "email", "businessstreet": "address",
    "businessstreet2": "address2", "businessstreet3": "address3", "businesscity": "town",
    "businessstate": "region", "businesspostalcode": "postal_code", "webpage": "website",
    "businesshomepage": "website",
}  # fmt: skip


def _plain(text: str) -> str:
    return re.sub("[^a-z0-9]", "", text.lower())


_KNOWN: Final[Mapping[str, str]] = {
    **_ALSO,
    **{_plain(field): field for field in HEADINGS},
    **{_plain(heading): field for field, heading in HEADINGS.items()},
}
_NAME_PARTS: Final = ("first", "middle", "last")
_MORE_LINES: Final = ("address2", "address3")
_GOOGLES_NUMBER: Final = re.compile("phone([0-9])(label|type|value)")
_A_PERSONS: Final = {"phone": "person_phone", "email": "person_email"}
_BETWEEN: Final = re.compile(r"\s*:::\s*")
"""Google writes several numbers of one label into one cell, so parted."""


@dataclass(frozen=True)
class Headings:
    """`by_place` names the field of each known column. In an address book a row is a person, whose
    telephone and mailbox they are; in a list of offices the office's. `numbers` are the places of
    labels and numbers as Google has them, of which one may be a fax."""

    by_place: Mapping[int, str]
    left_out: tuple[str, ...]
    is_address_book: bool
    numbers: tuple[tuple[int, int], ...] = ()

    @property
    def names_an_office(self) -> bool:
        return bool({"office", "name"} & set(self.by_place.values()))

    def fields_of(self, cells: Sequence[str]) -> dict[str, str]:
        """Only what is said."""
        row: dict[str, str] = {}
        for place, field in self.by_place.items():
            said = _BETWEEN.split(cells[place].strip())[0] if place < len(cells) else ""
            if said:
                row.setdefault(field, said)
        if self.numbers:
            row.pop("phone", "")
            row.update(self._labelled(cells))
        lines = [row.pop("address", ""), *(row.pop(line, "") for line in _MORE_LINES)]
        if any(lines):
            row["address"] = "\n".join(line for line in lines if line)
        parts = [row.pop(part, "") for part in _NAME_PARTS]
        whole = row.pop("whole", "")
        name = row.pop("name", "")
        if not self.is_address_book:
            return {**row, **({"office": name} if name and "office" not in row else {})}
        person = name or whole or " ".join(part for part in parts if part)
        for office, own in _A_PERSONS.items():
            if person and office in row:
                row.setdefault(own, row.pop(office))
        if "office_phone" in row:
            row["phone"] = row.pop("office_phone")
        return {**row, **({"person": person} if person else {})}

    def _labelled(self, cells: Sequence[str]) -> dict[str, str]:
        """The number for the work before others, and a fax as a fax."""
        found: dict[str, str] = {}
        best = 0
        for label, number in self.numbers:
            if max(label, number) >= len(cells) or not cells[number].strip():
                continue
            kind, said = cells[label].casefold(), _BETWEEN.split(cells[number].strip())[0]
            if "fax" in kind:
                found.setdefault("fax", said)
            elif (worth := 2 if "work" in kind else 1) > best:
                best, found["phone"] = worth, said
        return found


def read_headings(cells: Sequence[str]) -> Headings:
    """The first one of two columns for one field counts."""
    fields: dict[int, str] = {}
    strange: list[str] = []
    # Outlook's “Title” is “Ms.”, beside what somebody does there.
    not_known = {"title"} if "jobtitle" in map(_plain, cells) else set()
    for place, cell in enumerate(cells):
        plain = _plain(cell)
        field = None if plain in not_known else _KNOWN.get(plain)
        if field is None and _GOOGLES_NUMBER.fullmatch(plain):
            continue
        if field is None or field in fields.values():
            strange.append(" ".join(cell.split()))
        else:
            fields[place] = field
    named = set(fields.values())
    has_persons = bool({"first", "last", "whole"} & named) or "name" in named
    is_address_book = "office" in named and "person" not in named and has_persons
    return Headings(
        fields, tuple(one for one in strange if one), is_address_book, _labelled_numbers(cells)
    )


def _labelled_numbers(cells: Sequence[str]) -> tuple[tuple[int, int], ...]:
    places: dict[str, dict[str, int]] = {}
    for place, cell in enumerate(cells):
        if found := _GOOGLES_NUMBER.fullmatch(_plain(cell)):
            what = "value" if found[2] == "value" else "label"
            places.setdefault(found[1], {}).setdefault(what, place)
    return tuple((one["label"], one["value"]) for one in places.values() if len(one) == 2)
