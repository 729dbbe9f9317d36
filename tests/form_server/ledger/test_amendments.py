from __future__ import annotations

from dataclasses import replace

import pytest

from form_server.ledger import Ledger, NotFound, NotNow, Outcome
from form_server.ledger.amendments import NewAmendment
from form_server.ledger.purging import Deletion
from tests.form_server.ledger.things import NOON, accept_one, an_attempt

SEALED = b"sealed correction" * 70


def amend(ledger: Ledger, name: str = "m1") -> str:
    one = accept_one(ledger)
    now = ledger.referrals.get(one.id)
    ledger.amendments.add(NewAmendment(name, one.id, "user-1", SEALED), now)
    return one.id


def test_a_correction_stands_beside_what_was_said(ledger: Ledger) -> None:
    one = amend(ledger)
    (found,) = ledger.amendments.of([one, "no-such"])
    assert (found.words, found.user_id, found.at) == (SEALED, "user-1", NOON)
    (entry,) = [e for e in ledger.audit.of_referral(one) if e.action == "referral.amended"]
    assert (entry.actor, entry.detail) == ("user:user-1", "m1")


def test_the_same_correction_twice_is_one(ledger: Ledger) -> None:
    one = amend(ledger)
    again = NewAmendment("m1", one, "user-1", b"other")
    ledger.amendments.add(again, ledger.referrals.get(one))
    assert [found.words for found in ledger.amendments.of([one])] == [SEALED]


def test_words_sealed_for_where_it_lay_before_are_refused(ledger: Ledger) -> None:
    one = accept_one(ledger)
    before = replace(ledger.referrals.get(one.id), key_version=7)
    with pytest.raises(NotNow):
        ledger.amendments.add(NewAmendment("m1", one.id, "user-1", SEALED), before)
    with pytest.raises(NotFound):
        ledger.amendments.add(NewAmendment("m1", "no-such", "user-1", SEALED), before)
    assert ledger.amendments.of([one.id]) == []


def test_retention_takes_the_words_and_erasure_the_row(ledger: Ledger) -> None:
    purged, erased = amend(ledger, "m1"), amend(ledger, "m2")
    ledger.steps.record_attempt(an_attempt(purged))
    ledger.steps.close(purged, Outcome.SCHEDULED, "user-1")

    ledger.purging.purge(Deletion(purged, NOON, "retention 30 days"))
    ledger.erasing.erase([erased], actor="user:user-1")

    (left,) = ledger.amendments.of([purged, erased])
    assert (left.referral_id, left.words) == (purged, None)
