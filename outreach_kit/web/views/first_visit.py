"""The first call and the first visit, for the person who comes: what it is, when, its cost, paying."""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice
from outreach_kit.practice.facts import FeeKind
from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import (
    HoursLine,
    say_call_within,
    say_consultation,
    say_either_state,
    say_fee_summary,
    say_hours,
    say_plans,
    say_seen_within,
)
from outreach_kit.web.site import PATIENT_PAGE_URL, Site


@frozen
class FirstVisitView:
    frame: Frame
    phone: Phone
    given_name_href: str | None
    """Where somebody leaves a number; None without a form server."""
    booking_url: str | None
    call_within: str
    seen_within: str
    consultation: str
    consultation_note: str
    session_minutes: int | None
    hours: tuple[HoursLine, ...]
    address: tuple[str, ...]
    """Empty when everybody meets online only, and where the folder names no street."""
    is_somewhere: bool
    """Whether there is a place, though not one that the page can name."""
    parking: str
    access: str
    also_at: str
    """The names of the further sites, as a list in words; empty for a practice with one door."""
    states: str
    """Where people may be who meet online; empty when nobody does."""
    fees: str
    plans: str
    insurance_note: str
    superbills: bool
    methods: tuple[str, ...]
    due: str
    cancellation: str


def view_first_visit(site: Site, words: Words, frame: Frame) -> FirstVisitView:
    practice = site.practice
    in_person = any(one.facts.in_person for one in practice.clinicians)
    return FirstVisitView(
        frame=frame,
        phone=practice.contact.phone,
        given_name_href=site.at(PATIENT_PAGE_URL) if site.form_url else None,
        booking_url=practice.booking.url,
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
        consultation=say_consultation(practice, words),
        consultation_note=practice.booking.note or "",
        session_minutes=_session_minutes(practice),
        hours=say_hours(practice.hours, words),
        address=practice.address.lines if in_person and practice.address.street else (),
        is_somewhere=in_person and not practice.address.street,
        parking=practice.address.parking or "",
        access=practice.address.access or "",
        also_at=words.listing([one.called for one in practice.sites[1:]]),
        states=say_either_state(_states(practice), words),
        fees=say_fee_summary(practice, words),
        plans=say_plans(practice, words),
        insurance_note=practice.insurance.note or "",
        superbills=practice.insurance.superbills,
        methods=practice.payment.methods,
        due=practice.payment.due or "",
        cancellation=practice.payment.cancellation or "",
    )


def _session_minutes(practice: Practice) -> int | None:
    first = (one for one in practice.fees if one.kind in {FeeKind.INTAKE, FeeKind.SESSION})
    return next((one.minutes for one in first if one.minutes), None)


def _states(practice: Practice) -> list[str]:
    """In alphabetical order, each once, whoever of the clinicians is licensed there."""
    return sorted({state for one in practice.clinicians for state in one.facts.telehealth})
