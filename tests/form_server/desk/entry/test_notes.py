"""Notes of visits, sealed and opened with the keys of a founded practice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.entry.sessions import SignedIn
from form_server.ledger import NewVisit, SourceFacts, VisitWay
from form_server.notes import seal_note
from form_server.vault import SessionSecret
from tests.form_server.desk.stage import NOW, Stage


def keyring_of(stage: Stage) -> Keyring:
    user = stage.ledger.people.user(stage.founding.user_id)
    holder = SignedIn(user, stage.user_key, SessionSecret.generate(), NOW, NOW)
    return Keyring.of(stage.desk, holder)


def test_what_was_heard_on_a_visit_opens_at_the_desk_and_nowhere_else(stage: Stage) -> None:
    ledger = stage.ledger
    ledger.address_book.add("k7", SourceFacts("Mill Road"), actor="test")
    visit_id = ledger.new_id()
    words = "Many with panic after a clear heart check. Front desk would like a talk."
    sealed = seal_note(ledger, stage.founding.inbox_id, visit_id, words)
    new = NewVisit(visit_id, "k7", VisitWay.VISIT, NOW.date(), note=sealed)
    ledger.visits.log(new, actor="test")
    (visit,) = ledger.visits.of("k7")
    assert visit.note is not None
    assert b"panic" not in visit.note.sealed
    assert keyring_of(stage).open_note(visit.id, visit.note) == words


def test_a_note_in_anothers_row_or_inbox_stays_shut(stage: Stage, other_inbox: str) -> None:
    visit_id = stage.ledger.new_id()
    note = seal_note(stage.ledger, stage.founding.inbox_id, visit_id, "words")
    foreign = seal_note(stage.ledger, other_inbox, visit_id, "words")
    keyring = keyring_of(stage)
    for about, kept in (
        ("another", note),
        (visit_id, foreign),
        (visit_id, replace(note, sealed=note.sealed[:-1] + b"x")),
        (visit_id, replace(note, key_version=9)),
    ):
        with pytest.raises(Unreadable):
            keyring.open_note(about, kept)
