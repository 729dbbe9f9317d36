"""A clinician's own page: the patient first, the credentials in one line, the facts people look for."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import card_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_ages, say_consultation, say_plans, say_states
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign
from outreach_kit.web.views.doors import Door, show_door
from outreach_kit.web.views.people import Person, refer_href, show_person


@frozen
class Fact:
    label: str
    lines: tuple[str, ...]


@frozen
class ProfileView:
    frame: Frame
    person: Person
    profile: Markup
    profile_in: Foreign | None
    facts: tuple[Fact, ...]
    phone: Phone
    booking_url: str | None
    has_form: bool
    card_href: str
    refer_href: str
    """The form, with this one of a group chosen."""


def view_profile(site: Site, words: Words, frame: Frame, clinician: Clinician) -> ProfileView:
    profile = clinician.profile
    said = site.language if site.language in profile else next(iter(profile))
    return ProfileView(
        frame=frame,
        person=show_person(clinician, site, words),
        profile=prose_html(profile[said], folder=site.folder),
        profile_in=foreign(site, said),
        facts=tuple(fact for fact in _list_facts(site, words, clinician) if fact.lines),
        phone=site.practice.contact_of(clinician).phone,
        booking_url=clinician.facts.booking_url or site.practice.booking.url,
        has_form=site.form_url is not None,
        card_href=card_url(clinician),
        refer_href=refer_href(site, clinician.slug) if site.practice.is_group else site.refer_href,
    )


def _list_facts(site: Site, words: Words, clinician: Clinician) -> tuple[Fact, ...]:
    """In the order in which people look for them; one without lines is left out."""
    _ = words.gettext
    facts, practice = clinician.facts, site.practice
    consultation = say_consultation(practice, words)
    return (
        Fact(_("Approaches"), facts.approaches),
        Fact(_("Ages"), (say_ages(facts, words),)),
        Fact(_("Languages"), tuple(words.language_name(tag) for tag in facts.languages)),
        Fact(_("Where"), _say_places(site, words, clinician)),
        Fact(_("Insurance"), (say_plans(practice, words, clinician),)),
        Fact(_("First step"), (consultation,) if consultation else ()),
        Fact(_("License"), _say_license(clinician)),
        Fact(_("NPI"), (facts.npi,) if facts.npi else ()),
    )


def _say_places(site: Site, words: Words, clinician: Clinician) -> tuple[str, ...]:
    _ = words.gettext
    doors = (show_door(site.practice, one, words) for one in site.practice.sites_of(clinician))
    in_person = [line for door in doors for line in _say_door(door, words)]
    states = say_states(clinician.facts.telehealth, words)
    online = (_("Online for people in {states}").format(states=states),) if states else ()
    return (*in_person, *online)


def _say_door(door: Door, words: Words) -> Iterator[str]:
    """Where it is, and what is its own there."""
    _ = words.gettext
    yield from door.lines
    if door.phone:
        yield _("Phone {number}").format(number=door.phone)
    if door.fax:
        yield _("Fax {number}").format(number=door.fax)
    yield from (f"{one.days}, {one.times}" for one in door.hours)
    if door.zone:
        yield door.zone


def _say_license(clinician: Clinician) -> tuple[str, ...]:
    held = clinician.facts.license
    return (f"{held.type}, {held.state} {held.number}",) if held else ()
