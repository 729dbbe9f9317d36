"""Rows of the queue that a failing disk, or a hand in the database, has spoiled: seen, in nobody's way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from form_server.ledger import (
    Appointment,
    Channel,
    DeliveryKind,
    DeliveryState,
    Ledger,
    Question,
)
from form_server.ledger.agenda import clock_row
from form_server.ledger.questions import clock_id
from form_server.ledger.tables import delivery
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.spoiling import FAR, spoil
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, an_attempt

MINUTE = timedelta(minutes=1)
CLOCKS = (DeliveryKind.CLOCK, DeliveryKind.QUESTION)


def clocks_due(ledger: Ledger) -> list[Appointment]:
    return ledger.agenda.due(NOON + MINUTE, CLOCKS)


def test_flipped_bit_in_a_message_holds_up_no_other(sqlite_ledger: Ledger) -> None:
    spoiled, sound = a_delivery(due_at=NOON - MINUTE), a_delivery()
    sqlite_ledger.queue.add([spoiled, sound])
    with sqlite_ledger._store.write() as connection:
        broken = "last_error = CAST(x'ff' AS TEXT), kind = CAST(x'6eff' AS TEXT)"
        connection.exec_driver_sql(f"UPDATE delivery SET {broken} WHERE id = '{spoiled.id}'")
    assert [one.id for one in sqlite_ledger.queue.claim("w", NOON, 9)] == [sound.id]
    assert [one.id for one in sqlite_ledger.deliveries.troubled()] == [spoiled.id]


def test_damaged_clocks_are_shown_and_their_referrals_get_others(ledger: Ledger) -> None:
    damages: list[dict[str, Any]] = [
        {"kind": "cloak"}, {"channel": "nine"}, {"state": "pendong"}, {"due_at": FAR},
        {"due_at": -FAR}, {"created_at": -1}, {"referral_id": None},
    ]  # fmt: skip
    held = [a_referral() for _ in (*damages, "sound")]
    for one in held:
        ledger.intake.accept(one, [clock_row(one.id, NOON)], actor="office")
    for one, damage in zip(held, damages, strict=False):
        spoil(ledger, delivery, f"{one.id}-clock", **damage)
    lying_still = {one.id for one in held[:5]}
    assert lying_still.isdisjoint(one.referral_id or "" for one in clocks_due(ledger))

    assert ledger.damaged.put_aside(NOON) == len(damages)

    assert {one.referral_id for one in clocks_due(ledger)} == {one.id for one in held}
    stuck = ledger.deliveries.troubled()
    assert {(shown.state, shown.kind) for shown in stuck} == {
        (DeliveryState.STUCK, DeliveryKind.ALERT)
    }
    assert all("damaged" in (shown.last_error or "") for shown in stuck)
    for shown in stuck:
        ledger.deliveries.dismiss(shown.id, actor="user:nora")
    assert ledger.damaged.put_aside(NOON) == 0


def test_clock_of_a_referral_that_was_called_is_not_set_going(ledger: Ledger) -> None:
    called = a_referral()
    ledger.intake.accept(called, [clock_row(called.id, NOON)], actor="office")
    ledger.steps.record_attempt(an_attempt(called.id))
    spoil(ledger, delivery, f"{called.id}-clock", kind="cloak", state="pending")
    assert ledger.damaged.put_aside(NOON) == 1
    assert clocks_due(ledger) == []


def test_damaged_clock_of_a_question_is_set_going_too(ledger: Ledger, asked: Question) -> None:
    spoil(ledger, delivery, clock_id(asked.id), kind="cloak")
    assert ledger.damaged.put_aside(NOON) == 1
    (clock,) = ledger.agenda.due(NOON + timedelta(days=9), CLOCKS)
    assert (clock.id, clock.question_id) == (clock_id(asked.id), asked.id)


def test_message_of_a_state_that_nobody_knows_is_shown(ledger: Ledger) -> None:
    lost, went = a_delivery(), a_delivery()
    ledger.queue.add([lost, went])
    ledger.queue.claim("w", NOON, 2)
    ledger.queue.mark_sent(went.id, "w", NOON)
    for one in (lost, went):
        spoil(ledger, delivery, one.id, state="sinding")

    assert ledger.damaged.put_aside(NOON) == 2

    assert [one.id for one in ledger.deliveries.troubled()] == [lost.id]
    assert ledger.deliveries.get(went.id).state is DeliveryState.SENT  # it says when


def test_sound_ledger_has_nothing_to_put_aside(
    ledger: Ledger, asked: Question, clock: MovableClock
) -> None:
    new = a_referral()
    ledger.intake.accept(new, [clock_row(new.id, NOON), a_delivery()], actor="office")
    ledger.agenda.stand(DeliveryKind.DIGEST, NOON)
    ledger.queue.claim("w", NOON, 1)
    assert asked.damage == ()
    assert ledger.damaged.put_aside(clock()) == 0
    assert ledger.upkeep.find_spoiled() == ()


def test_row_that_is_due_at_no_time_does_not_hide_when_the_next_is(ledger: Ledger) -> None:
    spoiled, sound = a_delivery(), a_delivery()
    ledger.queue.add([spoiled, sound])
    spoil(ledger, delivery, spoiled.id, due_at=-FAR)
    assert ledger.queue.next_due_at() == NOON
    assert ledger.queue.next_due_at(Channel.EMAIL) == NOON
