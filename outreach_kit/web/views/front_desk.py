"""One screen for whoever answers the telephone at an office: the doors, the sentence, the pad."""

from __future__ import annotations

from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.phrases import HoursLine, say_call_within, say_hours, say_seen_within
from outreach_kit.web.site import FORM_PAGE_URL, Site
from outreach_kit.web.views.doors import Door, lines_of_doors
from outreach_kit.web.views.people import link_to_all

MOST_SAYINGS: Final = 8


@frozen
class Saying:
    name: str
    sentence: str


@frozen
class FrontDeskView:
    frame: Frame
    sayings: tuple[Saying, ...]
    """One for each clinician, in a group under a name; none where there are too many for a screen."""
    everybody: Link | None
    person: str
    """Whom they send, in their own word: “patient”, “student”."""
    phone: Phone
    fax: Phone | None
    form_href: str | None
    hours: tuple[HoursLine, ...]
    own_lines: tuple[Door, ...]
    """The places that are called at a number of their own."""
    call_within: str
    seen_within: str


def view_front_desk(site: Site, words: Words, frame: Frame) -> FrontDeskView:
    practice = site.practice
    audience = practice.audiences[0]
    people = practice.clinicians_for(audience)
    return FrontDeskView(
        frame=frame,
        sayings=tuple(
            Saying(one.name, one.sentence_for(audience))
            for one in (people if len(people) <= MOST_SAYINGS else ())
        ),
        everybody=link_to_all(site),
        person=audience.person,
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        form_href=site.at(FORM_PAGE_URL) if site.form_url else None,
        hours=say_hours(practice.hours, words),
        own_lines=lines_of_doors(practice, words),
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
    )
