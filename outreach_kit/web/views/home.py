"""The first page: whom we help, call now, refer now, what it costs, where it is."""

from __future__ import annotations

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import MATCH_URL
from outreach_kit.web.directory import list_first
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.menus import Link
from outreach_kit.web.phrases import (
    HoursLine,
    say_call_within,
    say_consultation,
    say_fee_summary,
    say_hours,
    say_plans,
    say_seen_within,
    say_states,
)
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Foreign, foreign, niche_in
from outreach_kit.web.views.people import Person, link_to_all, show_person


@frozen
class HomeView:
    frame: Frame
    practice: str
    niche: str
    niche_in: Foreign | None
    speech: Markup
    speech_in: Foreign | None
    people: tuple[Person, ...]
    """The one clinician, or those of a group who stand here."""
    everybody: Link | None
    match_href: str
    phone: Phone
    has_form: bool
    call_within: str
    seen_within: str
    plans: str
    insurance_note: str
    superbills: bool
    fees: str
    consultation: str
    booking_url: str | None
    has_door: bool
    """Whether anybody comes to the address; else it is where letters go, or no more than a town."""
    is_reached: bool
    """Whether a letter to the address arrives."""
    online: str
    """“Online in Oregon”, where nobody comes; else empty."""
    address: tuple[str, ...]
    parking: str
    access: str
    also_at: str
    """The names of the further sites, as a list in words; empty for a practice with one door."""
    hours: tuple[HoursLine, ...]


def view_home(site: Site, words: Words, frame: Frame) -> HomeView:
    practice = site.practice
    speech = practice.clinicians[0].elevator_speech
    said = site.language if site.language in speech else next(iter(speech))
    in_person = any(one.facts.in_person for one in practice.clinicians)
    has_door = in_person and bool(practice.address.street)
    states = sorted({state for one in practice.clinicians for state in one.facts.telehealth})
    online = words.gettext("Online in {states}").format(states=say_states(states, words))
    return HomeView(
        frame=frame,
        practice=practice.name,
        niche=practice.niche,
        niche_in=niche_in(site),
        speech=prose_html(speech[said], folder=site.folder),
        speech_in=foreign(site, said),
        people=tuple(
            show_person(one, site, words)
            for one in list_first(practice.clinicians, practice, site.today)
        ),
        everybody=link_to_all(site),
        match_href=site.at(MATCH_URL),
        phone=practice.contact.phone,
        has_form=site.form_url is not None,
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
        plans=say_plans(practice, words),
        insurance_note=practice.insurance.note or "",
        superbills=practice.insurance.superbills,
        fees=say_fee_summary(practice, words),
        consultation=say_consultation(practice, words),
        booking_url=practice.booking.url,
        has_door=has_door,
        is_reached=practice.mailing_address.takes_letters,
        online=online if states and not in_person else "",
        address=(practice.address if has_door else practice.mailing_address).lines,
        parking=(has_door and practice.address.parking) or "",
        access=(has_door and practice.address.access) or "",
        also_at=words.listing([one.called for one in practice.sites[1:]]),
        hours=say_hours(practice.hours, words),
    )
