"""The columns of a table of colleagues: ours, and those that address books save."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from form_server.desk.colleagues.typed import FIELDS, spell
from form_server.desk.colleagues.wording import label_kinds, say_takes
from form_server.ledger import ColleagueFacts
from outreach_kit.practice import Practice

HEADINGS: Final = {
    "name": "Name", "credentials": "Credentials", "practice": "Practice", "phone": "Phone",
    "email": "E-mail", "fax": "Fax", "website": "Website", "booking_url": "Booking page",
    "needs": "Takes", "youngest": "Youngest age", "oldest": "Oldest age", "languages": "Languages",
    "plans": "Plans", "self_pay": "Self-pay", "sliding_scale": "Sliding scale",
    "telehealth": "Online in states", "town": "Town", "miles": "Miles", "openings": "Openings",
    "openings_on": "Openings counted on", "public_on": "Agreed to be listed on", "notes": "Notes",
    "source_code": "Code on their cards",
}  # fmt: skip
# Google Contacts and Outlook, as their exports are headed.
_ALSO: Final = {
    "fullname": "name", "displayname": "name", "firstname": "first", "givenname": "first",
    "lastname": "last", "familyname": "last", "suffix": "credentials", "namesuffix": "credentials",
    "organization": "practice", "organizationname": "practice", "organization1name": "practice",
    "company": "practice", "telephone": "phone", "phone1value": "phone", "businessphone": "phone",
    "emailaddress": "email", "email1value": "email", "businessfax": "fax", "webpage": "website",
    "website1value": "website", "url": "website", "booking": "booking_url",
    "specialties": "needs", "specialty": "needs", "insurance": "plans", "city": "town",
    "businesscity": "town", "address1city": "town", "telehealth": "telehealth",
    "distance": "miles", "language": "languages",
}  # fmt: skip
_KNOWN: Final = {
    **_ALSO,
    **{name.replace("_", ""): name for name in FIELDS},
    **{re.sub("[^a-z0-9]", "", head.lower()): name for name, head in HEADINGS.items()},
}


def read_heading(cells: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """The field of each column that is known, and the headings that are not; the first one of two
    columns for one field counts."""
    fields: dict[int, str] = {}
    strange: list[str] = []
    for place, cell in enumerate(cells):
        name = _KNOWN.get(re.sub("[^a-z0-9]", "", cell.lower()))
        if name is None or name in fields.values():
            strange.append(cell.strip())
        else:
            fields[place] = name
    return fields, [one for one in strange if one]


def typed_row(fields: Mapping[int, str], cells: Sequence[str]) -> dict[str, str]:
    """A row as if somebody had typed it into the form."""
    row = {name: cells[place].strip() for place, name in fields.items() if place < len(cells)}
    parts = (row.pop("first", ""), row.pop("last", ""))
    row.setdefault("name", "")
    row["name"] = row["name"] or " ".join(part for part in parts if part)
    row["needs"] = "\n".join(text.strip() for text in re.split(r"[;\n]", row.get("needs", "")))
    return row


def table_of(colleagues: Sequence[ColleagueFacts], practice: Practice) -> list[list[str]]:
    """With its heading; what they take is said in words and parted by semicolons."""
    rows, labels = [list(HEADINGS.values())], label_kinds(practice)
    for facts in colleagues:
        spelled = {**spell(facts), "needs": "; ".join(say_takes(facts, labels))}
        rows.append([spelled[name] for name in HEADINGS])
    return rows
