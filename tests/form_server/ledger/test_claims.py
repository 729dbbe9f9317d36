"""One referral, several people: who took it, who rings, and that two at once are told of each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from form_server.ledger import (
    AlreadyClaimed,
    AttemptMeans,
    CannotOpen,
    Channel,
    DeliveryState,
    Ledger,
    NotFound,
    NotNow,
    Outcome,
)
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import (
    a_delivery,
    a_grant,
    a_user,
    accept_one,
    an_attempt,
)

NORA, MARIA = "user-1", "user-2"


@pytest.fixture(autouse=True)
def colleague(ledger: Ledger) -> None:
    maria = a_user(id=MARIA, name="Maria Santos", email="maria@harborstreet.example")
    ledger.people.add_user(maria, [a_grant(holder_id=MARIA)], actor="command")


def tried(ledger: Ledger, referral_id: str, user_id: str, clock: MovableClock) -> None:
    attempt = an_attempt(referral_id, clock())
    fields = {**vars(attempt), "user_id": user_id, "means": AttemptMeans.CALL}
    ledger.steps.record_attempt(type(attempt)(**fields))


def actions(ledger: Ledger, referral_id: str) -> list[str]:
    return [one.action for one in ledger.audit.of_referral(referral_id)]


def test_the_first_takes_it_and_the_second_is_told_by_whom_and_when(
    ledger: Ledger, clock: MovableClock
) -> None:
    one = accept_one(ledger)
    taken_at = clock()
    ledger.claims.take(one.id, NORA)
    clock.advance(timedelta(minutes=3))

    with pytest.raises(AlreadyClaimed) as told:
        ledger.claims.take(one.id, MARIA)

    assert (told.value.user_id, told.value.since) == (NORA, taken_at)
    assert ledger.claims.of([one.id])[one.id].user_id == NORA
    assert actions(ledger, one.id).count("referral.claimed") == 1


def test_of_two_at_once_exactly_one_gets_it(ledger: Ledger) -> None:
    for _ in range(12):
        one = accept_one(ledger)
        ready = Barrier(2)

        def take(user_id: str, referral_id: str = one.id, ready: Barrier = ready) -> str:
            ready.wait(10)
            try:
                return f"got {ledger.claims.take(referral_id, user_id).user_id}"
            except AlreadyClaimed as told:
                return f"held by {told.user_id}"

        with ThreadPoolExecutor(2) as pool:
            said = set(pool.map(take, [NORA, MARIA]))
        winner = ledger.claims.of([one.id])[one.id].user_id
        assert said == {f"got {winner}", f"held by {winner}"}
        assert actions(ledger, one.id).count("referral.claimed") == 1


def test_taken_twice_by_one_person_it_is_taken_once(ledger: Ledger, clock: MovableClock) -> None:
    one = accept_one(ledger)
    first = ledger.claims.take(one.id, NORA)
    clock.advance(timedelta(minutes=5))
    assert ledger.claims.take(one.id, NORA) == first


def test_it_is_taken_from_a_colleague_by_name_only(ledger: Ledger) -> None:
    one = accept_one(ledger)
    ledger.claims.take(one.id, NORA)
    with pytest.raises(AlreadyClaimed):
        ledger.claims.take(one.id, MARIA, over="user-3")
    assert ledger.claims.take(one.id, MARIA, over=NORA).user_id == MARIA
    assert ledger.audit.of_referral(one.id)[-1].detail == f"over={NORA}"


def test_a_claim_without_a_try_runs_out_and_stays_to_be_seen(
    ledger: Ledger, clock: MovableClock
) -> None:
    one = accept_one(ledger)
    ledger.claims.take(one.id, NORA)
    clock.advance(timedelta(minutes=59))
    assert ledger.claims.of([one.id])[one.id].is_live
    clock.advance(timedelta(minutes=1))
    seen = ledger.claims.of([one.id])[one.id]
    assert (seen.user_id, seen.is_live) == (NORA, False)
    assert ledger.claims.take(one.id, MARIA).user_id == MARIA


def test_a_try_by_its_holder_keeps_a_claim_and_a_try_by_another_does_not(
    ledger: Ledger, clock: MovableClock
) -> None:
    kept, lost = accept_one(ledger), accept_one(ledger)
    for one in (kept, lost):
        ledger.claims.take(one.id, NORA)
    clock.advance(timedelta(minutes=10))
    tried(ledger, kept.id, NORA, clock)
    tried(ledger, lost.id, MARIA, clock)
    clock.advance(timedelta(days=2))
    found = ledger.claims.of([kept.id, lost.id])
    assert (found[kept.id].is_live, found[lost.id].is_live) == (True, False)


def test_how_long_a_claim_holds_can_be_set(ledger: Ledger, clock: MovableClock) -> None:
    one = accept_one(ledger)
    assert ledger.claims.lasts() == timedelta(hours=1)
    ledger.claims.set_lasts(timedelta(minutes=20), actor="user:user-1")
    ledger.claims.take(one.id, NORA)
    clock.advance(timedelta(minutes=20))
    assert not ledger.claims.of([one.id])[one.id].is_live
    assert "claims.lasting_set" in [entry.action for entry in ledger.audit.recent()]


def test_only_its_holder_lets_go_of_a_claim(ledger: Ledger) -> None:
    one = accept_one(ledger)
    ledger.claims.take(one.id, NORA)
    ledger.claims.release(one.id, MARIA)
    assert ledger.claims.of([one.id])[one.id].user_id == NORA
    ledger.claims.release(one.id, NORA)
    assert ledger.claims.of([one.id]) == {}
    assert actions(ledger, one.id).count("referral.released") == 1


def test_who_is_given_a_referral_is_told_in_the_same_commit(ledger: Ledger) -> None:
    one = accept_one(ledger)
    ledger.claims.take(one.id, NORA)
    notice = a_delivery(referral_id=one.id, channel=Channel.EMAIL, address="maria@x.example")
    ledger.claims.assign(one.id, MARIA, [notice], by=NORA)
    held = ledger.claims.of([one.id])[one.id]
    assert (held.user_id, held.given_by, held.is_live) == (MARIA, NORA, True)
    assert ledger.deliveries.get(notice.id).state is DeliveryState.PENDING
    assert ledger.audit.of_referral(one.id)[-1].action == "referral.assigned"
    assert ledger.audit.of_referral(one.id)[-1].detail == f"to={MARIA} over={NORA}"


def test_nobody_is_given_what_they_cannot_open(ledger: Ledger) -> None:
    one = accept_one(ledger)
    stranger = a_user(id="user-9", email="lee@harborstreet.example")
    ledger.people.add_user(stranger, [], actor="command")
    notice = a_delivery(referral_id=one.id)
    with pytest.raises(CannotOpen):
        ledger.claims.assign(one.id, "user-9", [notice], by=NORA)
    assert ledger.claims.of([one.id]) == {}
    with pytest.raises(NotFound):
        ledger.deliveries.get(notice.id)


def test_a_closed_referral_is_nobodys_to_take(ledger: Ledger) -> None:
    one = accept_one(ledger)
    ledger.steps.close(one.id, Outcome.SPAM, NORA)
    with pytest.raises(NotNow):
        ledger.claims.take(one.id, NORA)
    with pytest.raises(NotNow):
        ledger.claims.ring(one.id, NORA)
    with pytest.raises(NotNow):
        ledger.claims.assign(one.id, MARIA, [], by=NORA)


def test_a_call_that_nobody_stands_in_the_way_of_takes_the_referral(ledger: Ledger) -> None:
    one = accept_one(ledger)
    rung = ledger.claims.ring(one.id, NORA)
    assert (rung.went_through, rung.held, rung.rang) == (True, None, None)
    assert ledger.claims.of([one.id])[one.id].user_id == NORA
    assert ledger.claims.ring(one.id, NORA).went_through


def test_a_call_past_a_claim_is_interrupted_once_and_goes_on_knowingly(
    ledger: Ledger, clock: MovableClock
) -> None:
    one = accept_one(ledger)
    ledger.claims.take(one.id, NORA)
    clock.advance(timedelta(minutes=30))

    stopped = ledger.claims.ring(one.id, MARIA)
    assert not stopped.went_through
    assert stopped.held is not None
    assert stopped.held.user_id == NORA
    assert ledger.claims.rang_lately(one.id, NORA) is None, "an interrupted tap rang nobody"

    assert ledger.claims.ring(one.id, MARIA, knowingly=True).went_through
    assert ledger.claims.of([one.id])[one.id].user_id == NORA, "the claim is not lost by it"
    assert ledger.claims.ring(one.id, MARIA).went_through, "who was told is not told again"
    rings = [(ring.user_id, ring.warned_of) for ring in ledger.claims.rings(one.id)]
    assert rings == [(MARIA, NORA), (MARIA, NORA)]
    noted = [(one.action, one.detail) for one in ledger.audit.of_referral(one.id)]
    assert ("referral.ring_interrupted", NORA) in noted
    assert ("referral.rang", f"despite={NORA}") in noted


def test_a_new_call_by_the_other_interrupts_anew(ledger: Ledger, clock: MovableClock) -> None:
    one = accept_one(ledger)
    ledger.claims.ring(one.id, NORA)
    ledger.claims.ring(one.id, MARIA, knowingly=True)
    clock.advance(timedelta(minutes=1))
    ledger.claims.ring(one.id, NORA, knowingly=True)
    clock.advance(timedelta(minutes=1))
    assert not ledger.claims.ring(one.id, MARIA).went_through


@pytest.mark.parametrize("recorded", [False, True])
def test_who_rang_within_the_last_minutes_is_told_of_without_any_claim(
    ledger: Ledger, clock: MovableClock, *, recorded: bool
) -> None:
    one = accept_one(ledger)
    rang_at = clock()
    if recorded:
        tried(ledger, one.id, NORA, clock)
    else:
        ledger.claims.ring(one.id, NORA)
        ledger.claims.release(one.id, NORA)
    clock.advance(timedelta(minutes=14))
    stopped = ledger.claims.ring(one.id, MARIA)
    assert not stopped.went_through
    assert stopped.rang is not None
    assert (stopped.rang.user_id, stopped.rang.at) == (NORA, rang_at)
    clock.advance(timedelta(minutes=1))
    assert ledger.claims.ring(one.id, MARIA).went_through


def test_of_two_that_ring_at_once_exactly_one_goes_through(ledger: Ledger) -> None:
    for _ in range(8):
        one = accept_one(ledger)
        ready = Barrier(2)

        def ring(user_id: str, referral_id: str = one.id, ready: Barrier = ready) -> bool:
            ready.wait(10)
            return ledger.claims.ring(referral_id, user_id).went_through

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(ring, [NORA, MARIA])) == [False, True]


def test_what_somebody_had_taken_is_free_again_once_they_are_removed(ledger: Ledger) -> None:
    hers, mine = accept_one(ledger), accept_one(ledger)
    ledger.claims.take(hers.id, MARIA)
    ledger.claims.take(mine.id, NORA)
    with ledger.keys.change(actor="command") as change:
        change.take_out_user(MARIA)
    assert set(ledger.claims.of([hers.id, mine.id])) == {mine.id}
    ledger.claims.take(hers.id, NORA)
