"""The draft of what to say to a source, with the practice's own niche, promise and name in it."""

from __future__ import annotations

from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.source_letter import Letter, write_card, write_letter
from outreach_kit.practice import Clinician, Practice


def draft_message(
    practice: Practice, message: Message, name: str, *, clinician: str = "", language: str = ""
) -> str:
    """In the voice of one clinician, by their slug, or of the only one there is; else of the practice.

    `name` is whom it is to. What a person then changes goes through `check_no_name` with this draft as
    its own words.
    """
    letter, spoken = _letter(practice, name, clinician, language)
    return write_letter(message, letter, spoken)


def draft_card(
    practice: Practice, message: Message, *, clinician: str = "", language: str = ""
) -> str:
    """The same for a thank-you card, which has a greeting and a name of its own."""
    letter, spoken = _letter(practice, "", clinician, language)
    return write_card(message, letter, spoken)


def voice_of(practice: Practice, clinician: str = "") -> Clinician | None:
    """Who speaks: the clinician of that slug, or the only one there is; None for the practice."""
    by_slug = {one.slug: one for one in practice.clinicians}
    only = practice.clinicians[0] if len(practice.clinicians) == 1 else None
    return by_slug.get(clinician) or only


def _letter(practice: Practice, name: str, clinician: str, language: str) -> tuple[Letter, str]:
    spoken = language or practice.language
    told = practice.in_language(spoken) if spoken != practice.language else practice
    own = voice_of(told, clinician)
    if own is None:
        return Letter(name, told.niche, (told.name,), phone=told.contact.phone.display), spoken
    phone = own.facts.phone or told.contact.phone
    signed, promise = (own.name_and_credentials,), own.facts.not_fit_promise
    return Letter(name, own.facts.niche, signed, promise, phone.display), spoken
