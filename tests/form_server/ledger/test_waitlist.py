"""The waitlist: its order, who hears from us when, and what takes somebody off it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from form_server.ledger import Ledger, NewPlace, NotFound, NotNow, Outcome, WaitsFor
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

NEXT_ON = date(2026, 3, 30)


def join(ledger: Ledger, referral_id: str, **changes: Any) -> None:
    plain: dict[str, Any] = {
        "user_id": "user-1",
        "clinician": None,
        "wanted": WaitsFor.ANY,
        "every_weeks": 4,
        "next_on": NEXT_ON,
        "told_at": None,
    }
    ledger.waitlist.add(NewPlace(referral_id=referral_id, **{**plain, **changes}))


def listed(ledger: Ledger) -> list[str]:
    return [one.referral.id for one in ledger.waitlist.listed(["inbox-1"])]


def test_places_are_kept_in_the_order_in_which_they_were_taken(
    ledger: Ledger, clock: MovableClock
) -> None:
    first, second, third = (accept_one(ledger).id for _ in range(3))
    for one in (second, third, first):
        join(ledger, one)
        clock.advance(timedelta(hours=1))
    join(ledger, second, wanted=WaitsFor.EVENING, clinician="ana-ruiz")
    assert listed(ledger) == [second, third, first]
    place = ledger.waitlist.of(second)
    assert place is not None
    assert (place.wanted, place.clinician) == (WaitsFor.EVENING, "ana-ruiz")


def test_who_left_and_comes_back_stands_at_the_end(ledger: Ledger, clock: MovableClock) -> None:
    first, second = accept_one(ledger).id, accept_one(ledger).id
    join(ledger, first, told_at=clock())
    clock.advance(timedelta(hours=1))
    join(ledger, second)
    ledger.waitlist.offer(first, "ana-ruiz", "user-1")
    ledger.waitlist.leave(first, "user-1")
    assert listed(ledger) == [second]
    assert ledger.waitlist.of(first) is None
    clock.advance(timedelta(hours=1))
    join(ledger, first)
    assert listed(ledger) == [second, first]
    place = ledger.waitlist.of(first)
    assert place is not None
    assert (place.since, place.told_at, place.offered) == (clock(), None, None)


def test_a_change_of_wish_keeps_that_they_were_told(ledger: Ledger, clock: MovableClock) -> None:
    one = accept_one(ledger).id
    told_at = clock()
    join(ledger, one, told_at=told_at)
    clock.advance(timedelta(days=1))
    join(ledger, one, every_weeks=2)
    place = ledger.waitlist.of(one)
    assert place is not None
    assert (place.told_at, place.every_weeks, place.since) == (told_at, 2, told_at)


def test_word_is_due_on_its_day_and_goes_on_by_the_next_one(ledger: Ledger) -> None:
    one = accept_one(ledger).id
    join(ledger, one)
    assert ledger.waitlist.due(["inbox-1"], NEXT_ON - timedelta(days=1)) == 0
    assert ledger.waitlist.due(["inbox-1"], NEXT_ON) == 1
    assert ledger.waitlist.due(["inbox-2"], NEXT_ON) == 0
    assert (ledger.waitlist.count(["inbox-1"]), ledger.waitlist.count(["inbox-2"])) == (1, 0)
    ledger.waitlist.told(one, NEXT_ON + timedelta(weeks=4), "user-1")
    assert ledger.waitlist.due(["inbox-1"], NEXT_ON) == 0


def test_an_offer_stands_until_it_is_declined_and_keeps_the_place(
    ledger: Ledger, clock: MovableClock
) -> None:
    one = accept_one(ledger).id
    join(ledger, one)
    ledger.waitlist.offer(one, "ana-ruiz", "user-1")
    place = ledger.waitlist.of(one)
    assert place is not None
    assert (place.offered, place.offered_at) == ("ana-ruiz", clock())
    ledger.waitlist.decline(one, "user-1")
    place = ledger.waitlist.of(one)
    assert place is not None
    assert (place.offered, place.offered_at) == (None, None)
    assert listed(ledger) == [one]


def test_a_closed_referral_stands_on_no_list(ledger: Ledger) -> None:
    one = accept_one(ledger).id
    join(ledger, one)
    ledger.steps.close(one, Outcome.SPAM, "user-1")
    assert listed(ledger) == []
    assert ledger.waitlist.due(["inbox-1"], NEXT_ON) == 0
    with pytest.raises(NotNow):
        join(ledger, one)


def test_nobody_is_told_or_offered_without_a_place(ledger: Ledger) -> None:
    one = accept_one(ledger).id
    with pytest.raises(NotFound):
        ledger.waitlist.told(one, NEXT_ON, "user-1")
    with pytest.raises(NotFound):
        ledger.waitlist.offer(one, "ana-ruiz", "user-1")
    with pytest.raises(NotFound):
        ledger.waitlist.leave(one, "user-1")
    with pytest.raises(NotFound):
        join(ledger, "nowhere")


def test_each_step_is_on_record_and_an_erasure_takes_the_place_along(ledger: Ledger) -> None:
    one = accept_one(ledger).id
    join(ledger, one)
    ledger.waitlist.told(one, NEXT_ON, "user-1")
    ledger.waitlist.offer(one, "ana-ruiz", "user-1")
    ledger.waitlist.leave(one, "user-1")
    noted = [entry.action for entry in ledger.audit.of_referral(one)][-4:]
    assert noted == ["waitlist.joined", "waitlist.told", "waitlist.offered", "waitlist.left"]
    join(ledger, one)
    ledger.claims.ring(one, "user-1")
    assert ledger.erasing.erase([one], actor="test") == 1
    assert ledger.waitlist.places([one]) == {}
    assert ledger.claims.of([one]) == {}
