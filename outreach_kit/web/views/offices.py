"""The referral guide on the screen: whom to send, whom not, what to say, three doors, what follows."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import HoursLine, say_call_within, say_hours, say_seen_within
from outreach_kit.web.site import FORM_PAGE_URL, Site
from outreach_kit.web.views.people import Person, show_person


@dataclass(frozen=True)
class Recommendation:
    person: Person
    sentence: str


@dataclass(frozen=True)
class OfficesView:
    frame: Frame
    practice: str
    name: str
    """Whom offices refer to: the clinician, or the practice of several."""
    niche: str
    is_group: bool
    recommendations: tuple[Recommendation, ...]
    phone: Phone
    fax: Phone | None
    form_href: str | None
    hours: tuple[HoursLine, ...]
    call_within: str
    seen_within: str


def view_offices(site: Site, words: Words, frame: Frame) -> OfficesView:
    practice = site.practice
    return OfficesView(
        frame=frame,
        practice=practice.name,
        name=practice.name if practice.is_group else practice.clinicians[0].name,
        niche=practice.niche,
        is_group=practice.is_group,
        recommendations=tuple(
            Recommendation(show_person(one, site, words), one.recommend)
            for one in practice.clinicians
        ),
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        form_href=FORM_PAGE_URL if site.form_url else None,
        hours=say_hours(practice.hours, words),
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
    )
