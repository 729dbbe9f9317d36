"""The draft of what to say to a source, with the practice's own niche, promise and name in it."""

from __future__ import annotations

from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.source_letter import Letter, write_letter
from outreach_kit.practice import Practice


def draft_message(
    practice: Practice, message: Message, name: str, *, clinician: str = "", language: str = ""
) -> str:
    """In the voice of one clinician, by their slug, or of the only one there is; else of the practice.

    `name` is whom it is to. What a person then changes goes through `check_no_name` with this draft as
    its own words.
    """
    spoken = language or practice.language
    told = practice.in_language(spoken) if spoken != practice.language else practice
    by_slug = {one.slug: one for one in told.clinicians}
    own = by_slug.get(clinician) or (told.clinicians[0] if len(told.clinicians) == 1 else None)
    if own is None:
        letter = Letter(name, told.niche, (told.name,), phone=told.contact.phone.display)
    else:
        phone = own.facts.phone or told.contact.phone
        letter = Letter(
            name,
            own.facts.niche,
            (own.name_and_credentials,),
            own.facts.not_fit_promise,
            phone.display,
        )
    return write_letter(message, letter, spoken)
