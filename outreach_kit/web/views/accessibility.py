"""What we do so that everybody can use the site and come through the door, and how to tell us."""

from __future__ import annotations

import datetime as dt
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.nation import in_nation
from outreach_kit.web.phrases import say_either_state
from outreach_kit.web.site import Site
from outreach_kit.web.views.doors import Door, show_door

STATED_ON: Final = dt.date(2026, 11, 22)
"""When this statement was last held against the tests; whoever changes what it says changes the day."""
RELAY: Final = "711"
"""Telecommunications Relay Service, the same in all of the United States (47 CFR 64.601)."""


@frozen
class AccessibilityView:
    frame: Frame
    stated_on: str
    entrances: tuple[Door, ...]
    """Empty when everybody meets online only."""
    states: str
    """Where people may be who meet online; empty when nobody does."""
    phone: Phone
    fax: Phone | None
    email: str | None
    mail: tuple[str, ...]
    relay: str
    """The number for relay calls; empty outside the United States."""
    booking_url: str | None
    has_form: bool


def view_accessibility(site: Site, words: Words, frame: Frame) -> AccessibilityView:
    practice = site.practice
    in_person = any(one.facts.in_person for one in practice.clinicians)
    telehealth = {state for one in practice.clinicians for state in one.facts.telehealth}
    return AccessibilityView(
        frame=frame,
        stated_on=words.day(STATED_ON),
        entrances=tuple(
            show_door(practice, one, words) for one in practice.sites if one.street and in_person
        ),
        states=say_either_state(sorted(telehealth), words),
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        email=practice.contact.email,
        mail=(practice.name, *practice.mailing_address.lines),
        relay=RELAY if in_nation(practice) else "",
        booking_url=practice.booking.url,
        has_form=site.form_url is not None,
    )
