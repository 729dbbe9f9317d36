"""A plan carried out on both stores, with notes that only the inbox's key opens."""

from __future__ import annotations

from datetime import date

import pytest

from form_server.contacts import Plan, plan_contacts, read_contacts, take_in
from form_server.ledger import (
    CodeTaken,
    InboxKey,
    Ledger,
    NewInbox,
    SourceFacts,
    VisitWay,
)
from form_server.notes import note_binding
from form_server.vault import EnvelopeRefused, KeyPair, open_sealed
from tests.form_server.contacts.test_reading import GOOGLE
from tests.form_server.ledger.conftest import (
    clock,
    empty_url,
    ledger,
    sqlite_ledger,
    sqlite_url,
    url,
)
from tests.postgres import postgres

__all__ = ["clock", "empty_url", "ledger", "postgres", "sqlite_ledger", "sqlite_url", "url"]

TODAY = date(2026, 11, 16)


@pytest.fixture
def keys(ledger: Ledger) -> KeyPair:
    pair = KeyPair.generate()
    key = InboxKey("inbox-2", 1, pair.public.to_bytes())
    ledger.inboxes.add(NewInbox("inbox-2", "Front desk", None), key, [], actor="command")
    return pair


def planned(ledger: Ledger, text: str) -> Plan:
    book = ledger.address_book
    return plan_contacts(
        read_contacts(text.encode()), book.all(), book.people(), TODAY, codes=book.codes()
    )


def test_a_file_is_taken_in_with_its_notes_sealed(ledger: Ledger, keys: KeyPair) -> None:
    take_in(ledger, planned(ledger, GOOGLE), "inbox-2", TODAY, actor="command")
    (card,) = ledger.address_book.all()
    assert card.name == "Mill Road Family Medicine"
    assert [one.name for one in ledger.address_book.people()[card.code]] == ["Priya Nair"]
    (note,) = ledger.visits.of(card.code)
    assert note.way is VisitWay.NOTE
    assert note.note is not None
    assert b"Fridays" not in note.note.sealed
    about = note_binding(ledger.meta.instance_id(), note.id, "inbox-2", 1)
    assert open_sealed(note.note.sealed, keys.private, about) == b"Closed on Fridays"
    moved = note_binding(ledger.meta.instance_id(), "another", "inbox-2", 1)
    with pytest.raises(EnvelopeRefused):
        open_sealed(note.note.sealed, keys.private, moved)
    assert ledger.visits.last_contacts() == {}, "writing something down is no visit"


def test_taken_in_twice_it_is_there_once(ledger: Ledger, keys: KeyPair) -> None:
    take_in(ledger, planned(ledger, GOOGLE), "inbox-2", TODAY, actor="command")
    again = planned(ledger, GOOGLE)
    assert not again.changes_something


def test_what_somebody_else_took_meanwhile_leaves_nothing_half_done(
    ledger: Ledger, keys: KeyPair
) -> None:
    plan = planned(ledger, "Code,Office,Notes\nk1,Lakeside,Kind people\nk7,Mill Road,\n")
    ledger.address_book.add("K7", SourceFacts("Another"), actor="command")
    with pytest.raises(CodeTaken):
        take_in(ledger, plan, "inbox-2", TODAY, actor="command")
    assert [card.name for card in ledger.address_book.all()] == ["Another"]
    assert ledger.visits.of("k1") == []


def test_an_office_that_became_one_with_another_is_found_by_its_old_code(ledger: Ledger) -> None:
    for code in ("k7", "q4"):
        ledger.address_book.add(code, SourceFacts(f"Office {code}"), actor="command")
    ledger.address_book.merge("k7", "q4", SourceFacts("Office"), actor="command")
    plan = planned(ledger, "Code,Office,Town\nQ4,Office,Alder Falls\n")
    assert set(plan.changed) == {"k7"}
    take_in(ledger, plan, "", TODAY, actor="command")
    assert ledger.address_book.get("q4").facts.town == "Alder Falls"
