"""A plan carried out: in one commit, with its notes sealed."""

from __future__ import annotations

from datetime import date

from form_server.contacts.planning import Plan
from form_server.ledger import Ledger, NewVisit, SourceIntake, VisitWay
from form_server.notes import seal_note


def take_in(
    ledger: Ledger, plan: Plan, inbox_id: str, today: date, *, actor: str, seen: str | None = None
) -> None:
    """All of the plan or nothing. `inbox_id` is whose key notes are sealed to; it may be empty for a
    plan without any. `seen` is the book's state before anything was planned, for a list that could be
    brought twice. Raises BookChanged, CodeTaken and NotFound when something changed since then."""
    ledger.address_book.take_in(
        SourceIntake(
            new=plan.new,
            changed=plan.changed,
            new_people=[
                (code, facts)
                for code, people in plan.new_people.items()
                for facts in people.values()
            ],
            changed_people=plan.changed_people,
            notes=[_note(ledger, code, words, inbox_id, today) for code, words in plan.notes],
            seen=seen,
        ),
        actor=actor,
    )


def _note(ledger: Ledger, code: str, words: str, inbox_id: str, today: date) -> NewVisit:
    visit_id = ledger.new_id()
    sealed = seal_note(ledger, inbox_id, visit_id, words)
    return NewVisit(visit_id, code, VisitWay.NOTE, today, note=sealed)
