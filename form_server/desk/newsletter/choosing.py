"""What is to be sent and to whom, as it stands in the address of the page: nothing of it is secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from werkzeug.datastructures import MultiDict

from form_server.desk.console import Desk
from form_server.rounds import list_readers
from outreach_kit.outreach.newsletter import (
    Mailing,
    first_day_that_counts,
    plan_mailing,
)
from outreach_kit.practice import Note, Practice
from outreach_kit.web.newsletter import Letter, NewsletterMail, choose_notes, write_newsletter

MOST_ALSO: Final = 6
NOBODYS: Final = "0" * 26
"""Stands for a reader's own link while there is none: it leads to the same page, and does nothing."""


@dataclass(frozen=True)
class Choice:
    """`notes` has the one that is told in full first; never empty. Without `audiences`, everybody."""

    notes: tuple[Note, ...]
    audiences: tuple[str, ...]
    language: str

    @classmethod
    def read(cls, practice: Practice, asked: MultiDict[str, str]) -> Self | None:
        """None where the practice has no notes; what is not known is passed over."""
        languages = practice.languages
        said = asked.get("language", "")
        language = said if said in languages else languages[0]
        told = practice.notes_in(language)
        if not told:
            return None
        wanted = [asked.get("note", ""), *asked.getlist("also")]
        notes = choose_notes(practice, language, wanted)[: MOST_ALSO + 1] or told[:1]
        known = [one.slug for one in practice.audiences]
        audiences = tuple(slug for slug in known if slug in asked.getlist("audience"))
        return cls(notes, audiences if len(audiences) < len(known) else (), language)

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(note.slug for note in self.notes)

    @property
    def asked(self) -> Mapping[str, Any]:
        """For the address of a page about this choice."""
        return {
            "note": self.slugs[0],
            "also": list(self.slugs[1:]),
            "audience": list(self.audiences),
            "language": self.language,
        }


def plan_for(desk: Desk, audiences: tuple[str, ...], today: date) -> Mailing:
    """Who gets one that goes to these audiences today, and why the others do not.

    An office of which nothing else is said is one of the first kind, as on its handouts.
    """
    everybody = list_readers(desk.ledger, desk.practice().audiences[0].slug)
    lately = desk.ledger.newsletters.mailed_on(first_day_that_counts(today))
    left = desk.ledger.mailing_list.all_out()
    return plan_mailing(everybody, left, audiences or None, lately)


def write_choice(desk: Desk, choice: Choice, today: date, way_out: str = NOBODYS) -> NewsletterMail:
    practice = desk.practice()
    return write_newsletter(
        Letter(
            practice=practice,
            notes=choice.notes,
            language=choice.language,
            today=today,
            form_url=desk.public_url,
            site_url=(practice.identity.site_url or desk.public_url).rstrip("/"),
            way_out=way_out,
        )
    )
