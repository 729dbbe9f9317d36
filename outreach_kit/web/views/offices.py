"""The referral guide on the screen: whom to send, whom not, what to say, three doors, what follows.

Each audience has one in its own words; the first audience's stands where offices look for it.
"""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician
from outreach_kit.practice.audiences import Audience
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import audience_url
from outreach_kit.web.directory import list_first
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.phrases import HoursLine, say_call_within, say_hours, say_seen_within
from outreach_kit.web.site import FORM_PAGE_URL, Site
from outreach_kit.web.tongues import Foreign, audience_in, niche_in
from outreach_kit.web.views.doors import Door, lines_of_doors
from outreach_kit.web.views.people import Person, link_to_all, show_person


@frozen
class Recommendation:
    person: Person
    sentence: str
    lines: tuple[str, ...]
    """Whom to send, in the audience's own words; empty where the clinician's reasons serve."""


@frozen
class OfficesView:
    frame: Frame
    practice: str
    name: str
    """Whom offices refer to: the clinician, or the practice of several."""
    niche: str
    niche_in: Foreign | None
    is_group: bool
    audience: Audience
    audience_in: Foreign | None
    others: tuple[Link, ...]
    """The guides of the other audiences."""
    recommendations: tuple[Recommendation, ...]
    """Never empty."""
    everybody: Link | None
    """The way to all, where not everybody stands here."""
    phone: Phone
    fax: Phone | None
    form_href: str | None
    hours: tuple[HoursLine, ...]
    own_lines: tuple[Door, ...]
    """The places that are called at a number of their own."""
    call_within: str
    seen_within: str


def view_offices(site: Site, words: Words, frame: Frame, audience: Audience) -> OfficesView:
    practice = site.practice
    people = practice.clinicians_for(audience)
    is_group = len(people) > 1
    of_all = is_group or not practice.is_group
    shown = tuple(
        _recommend(one, audience, site, words) for one in list_first(people, practice, site.today)
    )
    return OfficesView(
        frame=frame,
        practice=practice.name,
        name=practice.name if is_group else people[0].name,
        niche=practice.niche if of_all else people[0].facts.niche,
        niche_in=niche_in(site) if of_all else shown[0].person.niche_in,
        is_group=is_group,
        audience=audience,
        audience_in=audience_in(site, audience),
        others=tuple(
            Link(one.name, site.at(audience_url(practice, one)))
            for one in practice.audiences
            if one.slug != audience.slug
        ),
        recommendations=shown,
        everybody=link_to_all(site) if len(shown) < len(people) else None,
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        form_href=site.at(FORM_PAGE_URL) if site.form_url else None,
        hours=say_hours(practice.hours, words),
        own_lines=lines_of_doors(practice, words),
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
    )


def _recommend(one: Clinician, audience: Audience, site: Site, words: Words) -> Recommendation:
    return Recommendation(
        person=show_person(one, site, words),
        sentence=one.sentence_for(audience),
        lines=audience.refer_when,
    )
