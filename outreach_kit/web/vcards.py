"""`/contact/<name>.vcf`: the practice and each clinician as a vCard 4.0 (RFC 6350), for an address book."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.facts import Branch, Place
from outreach_kit.web.addresses import profile_url
from outreach_kit.web.site import Site

LINE_OCTETS: Final = 75
_OF_ADDRESSES: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The name space of addresses, RFC 9562 section 6.6."""
"""RFC 6350, section 3.2: a longer line is folded, the break not counted."""


def render_practice_card(site: Site) -> str:
    practice = site.practice
    return _write(
        (
            "KIND:org",
            f"UID:{_identify(site, '/')}",
            f"FN:{_escape(practice.name)}",
            f"ORG:{_escape(practice.name)}",
            *_reach(site, None),
            f"NOTE:{_escape(practice.niche)}",
        )
    )


def render_clinician_card(site: Site, clinician: Clinician) -> str:
    facts = clinician.facts
    *given, family = clinician.name.split()
    suffixes = ",".join(map(_escape, facts.credentials))
    return _write(
        (
            "KIND:individual",
            f"UID:{_identify(site, profile_url(clinician))}",
            f"FN:{_escape(clinician.name_and_credentials)}",
            f"N:{_escape(family)};{_escape(' '.join(given))};;;{suffixes}",
            f"ORG:{_escape(site.practice.name)}",
            *([f"TITLE:{_escape(facts.title)}"] if facts.title else []),
            *_reach(site, clinician),
            *(f"LANG:{tag}" for tag in facts.languages),
            f"NOTE:{_escape(facts.niche)}",
        )
    )


def _reach(site: Site, clinician: Clinician | None) -> Iterator[str]:
    """Telephone, fax, mail, place and page; a clinician's own before the practice's."""
    practice = site.practice
    contact = practice.contact_of(clinician) if clinician else practice.contact
    url = site.address_of(profile_url(clinician) if clinician else "/")
    yield f'TEL;VALUE=uri;PREF=1;TYPE="work,voice":{contact.phone.href}'
    if contact.fax:
        yield f'TEL;VALUE=uri;TYPE="work,fax":{contact.fax.href}'
    if contact.email:
        yield f"EMAIL;TYPE=work:{_escape(contact.email)}"
    first, *others = (practice.sites_of(clinician) if clinician else ()) or practice.sites
    yield _place(first)
    yield f"TZ:{_zone(practice, first)}"
    for number, one in enumerate(others, 2):
        yield from _further(one, f"place{number}.", practice)
    if url:
        yield f"URL;TYPE=work:{url}"


def _further(place: Place, group: str, practice: Practice) -> Iterator[str]:
    """Another place, its lines held together by the group before them (RFC 6350, section 3.3)."""
    yield f"{group}{_place(place)}"
    yield f"{group}X-ABLABEL:{_escape(place.called)}"
    if isinstance(place, Branch) and place.phone:
        yield f'{group}TEL;VALUE=uri;TYPE="work,voice":{place.phone.href}'
    if isinstance(place, Branch) and place.fax:
        yield f'{group}TEL;VALUE=uri;TYPE="work,fax":{place.fax.href}'
    if (zone := _zone(practice, place)) != practice.identity.time_zone:
        yield f"{group}TZ:{zone}"


def _place(place: Place) -> str:
    # The first two places, for boxes and units, should stay empty: programs mix them up (6.3.1).
    street = ", ".join(filter(None, (place.street, place.unit))) or place.po_box or ""
    parts = (street, place.city, place.region, place.postal_code, place.country)
    return f"ADR;TYPE=work:;;{';'.join(map(_escape, parts))}"


def _zone(practice: Practice, place: Place) -> str:
    own = place.time_zone if isinstance(place, Branch) else None
    return own or practice.identity.time_zone


def _identify(site: Site, page: str) -> str:
    """The same for the same page of the same practice, so that a second import replaces the first."""
    whose = site.site_url or site.practice.contact.phone.e164
    return name_uuid(f"{whose}{page}")


def name_uuid(name: str) -> str:
    """The URN of the UUID (version 5) that an address has for ever: RFC 9562, section 5.5."""
    digest = hashlib.sha1(_OF_ADDRESSES + name.encode(), usedforsecurity=False).digest()
    number = int.from_bytes(digest[:16], "big")
    number = number & ~(0xF000 << 64) | 5 << 76
    number = number & ~(0xC000 << 48) | 1 << 63
    text = f"{number:032x}"
    return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _escape(text: str) -> str:
    for char in ("\\", ",", ";"):
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _write(lines: tuple[str, ...]) -> str:
    whole = ("BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD")
    return "".join(f"{_fold(line)}\r\n" for line in whole)


def _fold(line: str) -> str:
    """Lines of at most 75 octets; a character of several is not torn apart."""
    pieces: list[str] = []
    piece = ""
    for char in line:
        room = LINE_OCTETS - (1 if pieces else 0)  # the blank that begins a continued line
        if len((piece + char).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += char
    return "\r\n ".join((*pieces, piece))
