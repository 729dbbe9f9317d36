"""Held times: offered, taken once, and only together with a referral that was stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from form_server.ledger import FirstCallGone, Ledger, NotFound, TimeHeld
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_referral

LATER = NOON + timedelta(days=1)


def accept(ledger: Ledger, **changes: object) -> str:
    accepted = ledger.intake.accept(a_referral(**changes), [], actor="office")
    return accepted.referral_id


def test_the_next_free_times_come_soonest_first(ledger: Ledger) -> None:
    for hours in (5, 1, 3, 7):
        ledger.first_calls.add("nora", LATER + timedelta(hours=hours), actor="command")
    ledger.first_calls.add("marguerite", LATER, actor="command")
    found = ledger.first_calls.free(LATER, clinician="nora")
    assert [one.starts_at - LATER for one in found] == [timedelta(hours=h) for h in (1, 3, 5)]
    assert [one.clinician for one in ledger.first_calls.free(NOON)] == [
        "marguerite",
        "nora",
        "nora",
    ]


def test_a_clinician_holds_a_time_once(ledger: Ledger) -> None:
    ledger.first_calls.add("nora", LATER, actor="command")
    with pytest.raises(TimeHeld):
        ledger.first_calls.add("nora", LATER, actor="command")


def test_the_commit_takes_the_time_along(ledger: Ledger) -> None:
    held = ledger.first_calls.add("nora", LATER, actor="command")
    referral_id = accept(ledger, first_call=held.id)
    assert ledger.first_calls.free(NOON) == []
    taken = ledger.first_calls.of_referral(referral_id)
    assert taken is not None
    assert taken.starts_at == LATER
    assert [one.taken_by for one in ledger.first_calls.coming()] == [referral_id]


def test_a_time_that_is_gone_leaves_nothing_behind(ledger: Ledger) -> None:
    held = ledger.first_calls.add("nora", LATER, actor="command")
    accept(ledger, first_call=held.id)
    late = a_referral(first_call=held.id)
    with pytest.raises(FirstCallGone):
        ledger.intake.accept(late, [], actor="office")
    with pytest.raises(NotFound):
        ledger.referrals.get(late.id)
    again = a_referral(dedupe_hash=late.dedupe_hash, submission_id_hash=late.submission_id_hash)
    assert not ledger.intake.accept(again, [], actor="office").repeated


def test_a_time_that_has_passed_is_gone(ledger: Ledger, clock: MovableClock) -> None:
    held = ledger.first_calls.add("nora", LATER, actor="command")
    clock.advance(timedelta(days=1))
    with pytest.raises(FirstCallGone):
        accept(ledger, first_call=held.id)


def test_the_same_referral_again_keeps_its_time(ledger: Ledger) -> None:
    held = ledger.first_calls.add("nora", LATER, actor="command")
    first = a_referral(first_call=held.id)
    ledger.intake.accept(first, [], actor="office")
    again = a_referral(
        first_call=held.id,
        dedupe_hash=first.dedupe_hash,
        submission_id_hash=first.submission_id_hash,
        body_hash=first.body_hash,
    )
    accepted = ledger.intake.accept(again, [], actor="office")
    assert (accepted.referral_id, accepted.repeated) == (first.id, True)


def test_of_many_at_once_exactly_one_gets_the_time(ledger: Ledger) -> None:
    held = [ledger.first_calls.add("nora", LATER + timedelta(hours=n), actor="c") for n in range(4)]

    def try_to(n: int) -> str | None:
        try:
            return accept(ledger, first_call=held[n % 4].id)
        except FirstCallGone:
            return None

    with ThreadPoolExecutor(8) as pool:
        winners = [one for one in pool.map(try_to, range(24)) if one is not None]
    assert len(winners) == 4
    assert {one.taken_by for one in ledger.first_calls.coming()} == set(winners)


def test_a_time_that_is_not_needed_can_be_taken_again(ledger: Ledger) -> None:
    held = ledger.first_calls.add("nora", LATER, actor="command")
    ledger.first_calls.release(accept(ledger, first_call=held.id), actor="user:1")
    accept(ledger, first_call=held.id)


def test_only_a_free_time_can_be_given_up(ledger: Ledger) -> None:
    free = ledger.first_calls.add("nora", LATER, actor="command")
    ledger.first_calls.remove(free.id, actor="command")
    assert ledger.first_calls.coming() == []
    taken = ledger.first_calls.add("nora", LATER, actor="command")
    accept(ledger, first_call=taken.id)
    with pytest.raises(FirstCallGone):
        ledger.first_calls.remove(taken.id, actor="command")
    with pytest.raises(NotFound):
        ledger.first_calls.remove("nowhere", actor="command")
