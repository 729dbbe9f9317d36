"""Sending a referral on: who was asked, what they said, where the patient is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from form_server.ledger import (
    ColleagueFacts,
    Fit,
    Ledger,
    NotFound,
    NotNow,
    Outcome,
    Placement,
    PlacementState,
)
from form_server.ledger.purging import Deletion
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, accept_one

ASKED, ACCEPTED, DECLINED = (
    PlacementState.ASKED, PlacementState.ACCEPTED, PlacementState.DECLINED,
)  # fmt: skip
PLACED, WITHDRAWN = PlacementState.PLACED, PlacementState.WITHDRAWN


@pytest.fixture
def iris(ledger: Ledger) -> str:
    return ledger.colleagues.add(ColleagueFacts(name="Iris Okafor"), actor="user:user-1").id


@pytest.fixture
def referral(ledger: Ledger) -> str:
    return accept_one(ledger).id


def ask(ledger: Ledger, referral_id: str, colleague_id: str) -> Placement:
    ledger.placements.ask(referral_id, [colleague_id], "user-1")
    return ledger.placements.of_referral(referral_id)[-1]


def keep(ledger: Ledger, referral_id: str, sealed: bytes) -> None:
    before = ledger.referrals.get(referral_id)
    ledger.placements.keep_sought(before, sealed, actor="user:user-1")


def test_asked_answered_placed_each_with_its_moment(
    ledger: Ledger, clock: MovableClock, referral: str, iris: str
) -> None:
    asked = ask(ledger, referral, iris)
    assert (asked.state, asked.asked_at, asked.answered_at) == (ASKED, clock(), None)
    clock.advance(timedelta(hours=1))
    yes = ledger.placements.step(referral, asked.id, ACCEPTED, "user-1")
    assert (yes.answered_at, yes.settled_at) == (clock(), None)
    answered_at = clock()
    clock.advance(timedelta(days=2))
    placed = ledger.placements.step(referral, asked.id, PLACED, "user-1")
    assert (placed.state, placed.answered_at, placed.settled_at) == (PLACED, answered_at, clock())
    actions = [(one.action, one.detail) for one in ledger.audit.of_referral(referral)]
    assert actions[-3:] == [
        ("placement.asked", iris), ("placement.accepted", iris), ("placement.placed", iris),
    ]  # fmt: skip


def test_asking_twice_is_asking_once(ledger: Ledger, referral: str, iris: str) -> None:
    asked = ask(ledger, referral, iris)
    ledger.placements.step(referral, asked.id, ACCEPTED, "user-1")
    ledger.placements.ask(referral, [iris, iris], "user-1")
    assert [one.state for one in ledger.placements.of_referral(referral)] == [ACCEPTED]


def test_who_said_no_can_be_asked_again(
    ledger: Ledger, clock: MovableClock, referral: str, iris: str
) -> None:
    asked = ask(ledger, referral, iris)
    ledger.placements.step(referral, asked.id, DECLINED, "user-1")
    clock.advance(timedelta(days=30))
    again = ask(ledger, referral, iris)
    assert (again.id, again.state, again.asked_at) == (asked.id, ASKED, clock())
    assert (again.answered_at, again.settled_at) == (None, None)


def test_one_step_twice_changes_nothing(ledger: Ledger, referral: str, iris: str) -> None:
    asked = ask(ledger, referral, iris)
    ledger.placements.step(referral, asked.id, DECLINED, "user-1")
    before = ledger.audit.of_referral(referral)
    ledger.placements.step(referral, asked.id, DECLINED, "user-1")
    assert ledger.audit.of_referral(referral) == before


def test_nobody_is_placed_with_who_declined(ledger: Ledger, referral: str, iris: str) -> None:
    asked = ask(ledger, referral, iris)
    ledger.placements.step(referral, asked.id, DECLINED, "user-1")
    with pytest.raises(NotNow):
        ledger.placements.step(referral, asked.id, PLACED, "user-1")


def test_a_mis_tapped_end_can_be_taken_back(ledger: Ledger, referral: str, iris: str) -> None:
    asked = ask(ledger, referral, iris)
    ledger.placements.step(referral, asked.id, PLACED, "user-1")
    back = ledger.placements.step(referral, asked.id, ACCEPTED, "user-1")
    assert (back.state, back.settled_at) == (ACCEPTED, None)


def test_a_placement_belongs_to_its_referral(ledger: Ledger, referral: str, iris: str) -> None:
    asked, other = ask(ledger, referral, iris), accept_one(ledger)
    with pytest.raises(NotFound):
        ledger.placements.step(other.id, asked.id, PLACED, "user-1")


def test_who_was_removed_is_not_asked(ledger: Ledger, referral: str, iris: str) -> None:
    ledger.colleagues.remove(iris, actor="user:user-1")
    with pytest.raises(NotFound):
        ledger.placements.ask(referral, [iris], "user-1")
    assert ledger.placements.of_referral(referral) == []


def test_a_closed_referral_stays_as_it_was(ledger: Ledger, referral: str, iris: str) -> None:
    asked = ask(ledger, referral, iris)
    ledger.steps.close(referral, Outcome.WITHDRAWN, "user-1")
    with pytest.raises(NotNow):
        ledger.placements.step(referral, asked.id, PLACED, "user-1")
    with pytest.raises(NotNow):
        ledger.placements.ask(referral, [iris], "user-1")
    with pytest.raises(NotNow):
        keep(ledger, referral, b"x")


def test_what_is_looked_for_is_kept_once_and_goes_with_the_referrals_words(
    ledger: Ledger, referral: str
) -> None:
    for sealed in (b"first", b"second"):
        keep(ledger, referral, sealed)
    assert ledger.placements.sought([referral, "none"]) == {referral: b"second"}
    ledger.steps.close(referral, Outcome.WITHDRAWN, "user-1")

    assert ledger.purging.purge(Deletion(referral, NOON, "retention"))

    assert ledger.placements.sought([referral]) == {}


def test_what_was_sealed_to_another_inbox_is_not_kept(ledger: Ledger, referral: str) -> None:
    before = replace(ledger.referrals.get(referral), inbox_id="inbox-2")
    with pytest.raises(NotNow):
        ledger.placements.keep_sought(before, b"x", actor="user:user-1")
    assert ledger.placements.sought([referral]) == {}


def test_erasing_a_patient_takes_their_placements_too(
    ledger: Ledger, referral: str, iris: str
) -> None:
    ask(ledger, referral, iris)
    keep(ledger, referral, b"x")
    assert ledger.erasing.erase([referral], actor="user:user-1") == 1
    assert ledger.placements.of_colleague(iris) == []
    assert ledger.placements.sought([referral]) == {}


def test_those_marked_as_out_are_found_newest_first(ledger: Ledger) -> None:
    old, new = accept_one(ledger), accept_one(ledger, received_at=NOON + timedelta(days=2))
    elsewhere = accept_one(ledger)
    for one in (old, new):
        ledger.steps.mark_fit(one.id, Fit.OUT, "user-1")
    ledger.steps.mark_fit(elsewhere.id, Fit.EDGE, "user-1")
    since = NOON - timedelta(days=1)
    found = ledger.placements.sent_on(["inbox-1"], since, 10)
    assert [one.id for one in found] == [new.id, old.id]
    assert ledger.placements.sent_on(["inbox-2"], since, 10) == []
    assert len(ledger.placements.sent_on(["inbox-1"], since, 1)) == 1
    assert ledger.placements.sent_on(["inbox-1"], NOON + timedelta(days=1), 10)[0].id == new.id
