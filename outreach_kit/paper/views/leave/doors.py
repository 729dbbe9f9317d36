"""The way to the door, on a sheet for the person who may come."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.frame import Commission
from outreach_kit.paper.wording import breakable_address
from outreach_kit.practice import Clinician
from outreach_kit.practice.facts import Branch

MOST_DOORS: Final = 2
"""More further places than this are named without their addresses."""


def view_where(commission: Commission, clinician: Clinician | None) -> dict[str, Any]:
    """How to get there, or where to write when there is only a box; then how else to be in touch."""
    practice = commission.practice
    _ = commission.wording.gettext
    address, contact = practice.address, practice.contact
    email = (clinician.facts.email if clinician else None) or contact.email
    reach = []
    if email:
        reach.append({"text": email.replace("@", "\u200b@"), "href": f"mailto:{email}"})
    if commission.site_url:
        reach.append({"text": breakable_address(commission.site_url), "href": commission.site_url})
    return {
        "heading": _("Where to write") if address.po_box else _("How to get here"),
        "lines": [*address.lines],
        "notes": [
            *(note for note in (address.parking, address.access) if note),
            *(_open_here(commission) if clinician else _other_doors(commission)),
        ],
        "reach": reach,
    }


def _open_here(commission: Commission) -> list[str]:
    """The hours of a door at which nobody answers the telephone; else they stand beside the number."""
    door = commission.practice.address
    if not isinstance(door, Branch) or door.phone or not door.hours:
        return []
    return list(commission.wording.hours(door.hours))


def _other_doors(commission: Commission) -> list[str]:
    """The further places of a group: how one gets to each, or the names of many."""
    others = commission.practice.facts.sites
    if len(others) > MOST_DOORS:
        places = ", ".join(one.called for one in others)
        return [commission.wording.gettext("Also at {places}").format(places=places)]
    return [_say_door(one) for one in others]


def _say_door(door: Branch) -> str:
    """“East: 9 Harbor Way, Port Wren, WA 98998 · (360) 555-0170”; the city is name enough."""
    where = ", ".join(door.lines)
    named = f"{door.name}: {where}" if door.name else where
    return f"{named} · {door.phone}" if door.phone else named
