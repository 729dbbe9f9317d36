from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import Booked, Ledger, NotFound, NotNow, Outcome
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, accept_one

_DAY = timedelta(days=1)
_INBOX = ["inbox-1"]


def book(ledger: Ledger, referral_id: str, days: int, *, self_pay: bool = True) -> Booked:
    booked = Booked(NOON + timedelta(hours=1), NOON + days * _DAY)
    ledger.bookings.book(referral_id, booked, self_pay=self_pay, user_id="user-1")
    return booked


def test_booking_anew_replaces_the_appointment(ledger: Ledger) -> None:
    referral = accept_one(ledger)

    book(ledger, referral.id, 3)
    later = book(ledger, referral.id, 9)

    assert ledger.bookings.get(referral.id) == later
    actions = [entry.action for entry in ledger.audit.of_referral(referral.id)]
    assert actions.count("appointment.booked") == 2


def test_the_wait_is_the_median_from_referral_to_appointment(ledger: Ledger) -> None:
    for days in (2, 4, 12):
        book(ledger, accept_one(ledger).id, days)
    accept_one(ledger)
    book(ledger, accept_one(ledger, flags="drill").id, 90)
    book(ledger, accept_one(ledger, received_at=NOON - 60 * _DAY).id, 1)

    wait = ledger.bookings.median_wait(_INBOX, NOON - _DAY, NOON + _DAY)

    assert wait == 4 * _DAY
    assert ledger.bookings.median_wait(["inbox-2"], NOON - _DAY, NOON + _DAY) is None


def test_an_appointment_that_fell_through_counts_no_more(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    book(ledger, referral.id, 4)

    ledger.bookings.cancel(referral.id, "user-1")
    ledger.bookings.cancel(referral.id, "user-1")

    assert ledger.bookings.get(referral.id) is None
    assert ledger.bookings.estimates_owed(_INBOX) == []
    actions = [entry.action for entry in ledger.audit.of_referral(referral.id)]
    assert actions.count("appointment.removed") == 1


def test_who_pays_themselves_is_owed_an_estimate_until_it_is_given(ledger: Ledger) -> None:
    late, soon, insured = accept_one(ledger), accept_one(ledger), accept_one(ledger)
    book(ledger, late.id, 12)
    book(ledger, soon.id, 5)
    book(ledger, insured.id, 5, self_pay=False)
    assert [one.referral_id for one in ledger.bookings.estimates_owed(_INBOX)] == [soon.id, late.id]

    ledger.bookings.give_estimate(soon.id, "user-1")
    assert [one.referral_id for one in ledger.bookings.estimates_owed(_INBOX)] == [late.id]
    ledger.bookings.take_estimate_back(soon.id, "user-1")
    assert len(ledger.bookings.estimates_owed(_INBOX)) == 2
    assert ledger.bookings.estimates_owed(["inbox-2"]) == []


def test_an_estimate_can_be_asked_for_without_an_appointment(
    ledger: Ledger, clock: MovableClock
) -> None:
    referral = accept_one(ledger)
    ledger.bookings.ask_estimate(referral.id, "user-1")
    clock.advance(_DAY)
    ledger.bookings.ask_estimate(referral.id, "user-1")

    (owed,) = ledger.bookings.estimates_owed(_INBOX)
    assert (owed.booked, owed.asked_at) == (None, NOON)

    ledger.bookings.give_estimate(referral.id, "user-1")
    assert ledger.bookings.estimates_owed(_INBOX) == []
    ledger.bookings.ask_estimate(referral.id, "user-1")
    (again,) = ledger.bookings.estimates_owed(_INBOX)
    assert again.asked_at == NOON + _DAY


def test_who_does_not_come_is_owed_none(ledger: Ledger) -> None:
    stays, leaves = accept_one(ledger), accept_one(ledger)
    for one in (stays, leaves):
        book(ledger, one.id, 5)

    ledger.steps.close(stays.id, Outcome.SCHEDULED, "user-1")
    ledger.steps.close(leaves.id, Outcome.WITHDRAWN, "user-1")

    assert [one.referral_id for one in ledger.bookings.estimates_owed(_INBOX)] == [stays.id]


def test_nothing_is_booked_for_what_is_closed_or_unknown(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    ledger.steps.close(referral.id, Outcome.SPAM, "user-1")

    with pytest.raises(NotNow):
        book(ledger, referral.id, 4)
    with pytest.raises(NotFound):
        book(ledger, "unknown", 4)
    with pytest.raises(NotFound):
        ledger.bookings.take_estimate_back(referral.id, "user-1")


def test_the_booking_of_who_is_insured_does_not_hurry_an_estimate_that_they_asked_for(
    ledger: Ledger,
) -> None:
    referral = accept_one(ledger)
    book(ledger, referral.id, 5, self_pay=False)
    ledger.bookings.ask_estimate(referral.id, "user-1")

    (owed,) = ledger.bookings.estimates_owed(_INBOX)

    assert (owed.booked, owed.asked_at) == (None, NOON)
