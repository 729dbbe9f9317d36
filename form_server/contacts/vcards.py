"""vCards as address books save them: versions 3 (RFC 2426) and 4 (RFC 6350), and what 2.1 left behind.

A card that breaks off or says no name is named with its place, and takes none of its neighbours along.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from form_server.tabular import TableRefused, decode_text

_FOLD: Final = re.compile(r"\r?\n[ \t]")
_SPLIT: Final = re.compile(r"(?<!\\)((?:\\\\)*);")
_ESCAPE: Final = re.compile(r"\\(.)")
_PARAMETER: Final = re.compile(r';([^=;:"]+)(?:=("[^"]*"|[^;:]*))?')
_LINE: Final = re.compile(
    r"(?:[^.;:\s]+\.)?([A-Za-z0-9-]+)((?:;(?:[^=;:\"]+(?:=(?:\"[^\"]*\"|[^;:\"]*)+)?))*):"
)
_LONGEST_CARD: Final = 200_000
_GEO: Final = re.compile(r"(?:geo:)?\s*(-?[0-9.]+)\s*[,;]\s*(-?[0-9.]+)")

Fields = dict[str, str]


@dataclass
class _Card:
    lines: list[tuple[str, set[str], str]] = field(default_factory=list)
    fault: str = ""

    def first(self, name: str, *kinds: str) -> str:
        """The value of the first property of that name, of one of these types if any has one."""
        named = [line for line in self.lines if line[0] == name]
        typed = [line for line in named if not kinds or line[1] & set(kinds)]
        return typed[0][2] if typed else ""


def read_vcards(raw: bytes) -> list[tuple[Fields, str]]:
    """Of each card its fields, and what is wrong with it or an empty text. Raises TableRefused."""
    text = decode_text(raw)
    if "\0" in text:
        raise TableRefused("it holds no text")
    return [(_fields(card) if not card.fault else {}, card.fault) for card in _cards(text)]


def _cards(text: str) -> Iterator[_Card]:
    card: _Card | None = None
    for line in _lines(text):
        upper = line.strip().upper()
        if upper.replace(" ", "") == "BEGIN:VCARD":
            if card is not None:
                card.fault = "The card breaks off before its end."
                yield card
            card = _Card()
        elif upper.replace(" ", "") == "END:VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None and (found := _LINE.match(line)):
            kinds, is_quoted = _kinds(found[2])
            value = line[found.end() :]
            card.lines.append((found[1].upper(), kinds, _unquote(value) if is_quoted else value))
    if card is not None:
        card.fault = "The card breaks off before its end."
        yield card


def _lines(text: str) -> Iterator[str]:
    """Unfolded; a quoted-printable line goes on where it ends in an equals sign."""
    unfolded = _FOLD.sub("", text)
    held = ""
    for line in unfolded.splitlines():
        whole = held + line
        if (
            "QUOTED-PRINTABLE" in whole.upper()
            and whole.endswith("=")
            and len(whole) < _LONGEST_CARD
        ):
            held = whole[:-1]
            continue
        held = ""
        yield whole
    if held:
        yield held


def _kinds(parameters: str) -> tuple[set[str], bool]:
    """The types in small letters, `TYPE=WORK,VOICE` as well as a bare `WORK`; and the encoding."""
    kinds: set[str] = set()
    for name, value in _PARAMETER.findall(parameters):
        kinds |= {one.strip().lower() for one in (value.strip('"') or name).split(",")}
    return kinds, "quoted-printable" in kinds


def _unquote(value: str) -> str:
    return quopri.decodestring(value.encode("latin-1", "replace")).decode("utf-8", "replace")


def _parts(value: str) -> list[str]:
    """The parts of a structured value, unescaped."""
    marked = _SPLIT.sub(lambda found: f"{found[1]}\x1f", value)
    return [_plain(part) for part in marked.split("\x1f")]


def _plain(value: str) -> str:
    said = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return said.strip()


def _fields(card: _Card) -> Fields:
    organisation = (_parts(card.first("ORG")) or [""])[0]
    whole = _plain(card.first("FN")) or _from_parts(card.first("N"))
    is_office = card.first("KIND").strip().lower() == "org" or (
        organisation and organisation == whole
    )
    office = organisation or (whole if is_office else "")
    person = "" if is_office or not whole else whole
    phone, email = _phone(card), _plain(card.first("EMAIL"))
    fields = {
        "office": office,
        "person": person,
        "title": _plain(card.first("TITLE")) or _plain(card.first("ROLE")),
        "person_phone" if person else "phone": phone,
        "person_email" if person else "email": email,
        "fax": _number(card.first("TEL", "fax", "workfax")),
        "website": _plain(card.first("URL")),
        "notes": _plain(card.first("NOTE")),
        **_place(card),
    }
    return {name: said for name, said in fields.items() if said}


def _from_parts(value: str) -> str:
    """“Priya Nair” from `Nair;Priya;;;`."""
    parts = [*_parts(value), "", "", ""]
    return " ".join(part for part in (parts[1], parts[2], parts[0]) if part)


def _phone(card: _Card) -> str:
    """One for the work, or any that is no fax."""
    numbers = [line for line in card.lines if line[0] == "TEL" and not line[1] & {"fax", "pager"}]
    work = [line for line in numbers if "work" in line[1]]
    chosen = work or numbers
    return _number(chosen[0][2]) if chosen else ""


def _number(value: str) -> str:
    return _plain(value).removeprefix("tel:").replace(";ext=", " x")


def _place(card: _Card) -> Fields:
    address = card.first("ADR", "work") or card.first("ADR")
    box, extra, street, town, region, code = ([*_parts(address), *[""] * 6])[:6]
    found = {
        "address": "\n".join(one for one in (street, extra, box) if one),
        "town": town,
        "region": region,
        "postal_code": code,
    }
    if spot := _GEO.match(_plain(card.first("GEO"))):
        found |= {"latitude": spot[1], "longitude": spot[2]}
    return found
