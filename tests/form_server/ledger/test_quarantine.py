from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from form_server.ledger import (
    Appointment,
    Channel,
    DeliveryKind,
    DeliveryState,
    KeptAside,
    Ledger,
    NewDelivery,
    NotNow,
    Outcome,
    Rationed,
)
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, accept_one, hashed

HOUR = timedelta(hours=1)


def keep_aside(ledger: Ledger, announce_at: datetime = NOON + HOUR, flags: str = "") -> str:
    """A referral in quarantine, with its announcement armed; its id."""
    referral = a_referral(flags=f"{flags} quarantine".strip())
    armed = a_delivery(
        kind=DeliveryKind.QUARANTINE,
        channel=Channel.NONE,
        address="inbox-1",
        due_at=announce_at,
        parcel=b"",
        message_id="",
    )
    ledger.intake.accept(referral, [], actor="office", announcement=armed)
    return referral.id


def due(ledger: Ledger, at: datetime) -> list[Appointment]:
    return ledger.agenda.due(at, [DeliveryKind.QUARANTINE])


class Scribe:
    """Writes one message for each announcement, and remembers what it was told."""

    def __init__(self) -> None:
        self.seen: list[KeptAside] = []

    def __call__(self, kept: KeptAside) -> Sequence[NewDelivery]:
        self.seen.append(kept)
        return [a_delivery(kind=DeliveryKind.QUARANTINE)]


def test_many_arm_one_announcement_that_is_due_with_the_most_pressing(ledger: Ledger) -> None:
    keep_aside(ledger, NOON + HOUR)
    keep_aside(ledger, NOON + 2 * HOUR)
    keep_aside(ledger, NOON + HOUR / 2)

    (armed,) = due(ledger, NOON + 3 * HOUR)
    assert armed.due_at == NOON + HOUR / 2
    assert armed.place == "inbox-1"


def test_each_is_announced_once_and_the_next_arms_anew(ledger: Ledger) -> None:
    scribe = Scribe()
    keep_aside(ledger)
    keep_aside(ledger)
    (first,) = due(ledger, NOON + HOUR)
    assert ledger.quarantine.announce(first, scribe)
    assert due(ledger, NOON + 9 * HOUR) == []

    keep_aside(ledger, NOON + 3 * HOUR)
    (second,) = due(ledger, NOON + 3 * HOUR)
    assert ledger.quarantine.announce(second, scribe)

    assert [(one.count, one.new) for one in scribe.seen] == [(2, 2), (3, 1)]
    assert scribe.seen[0].oldest_at == NOON
    assert scribe.seen[0].promised_by == NOON + 4 * HOUR
    assert ledger.deliveries.counts()[DeliveryState.PENDING] == 2


def test_two_rows_armed_at_once_make_one_message(ledger: Ledger) -> None:
    scribe = Scribe()
    keep_aside(ledger)
    stray = a_delivery(
        kind=DeliveryKind.QUARANTINE, channel=Channel.NONE, address="inbox-1", due_at=NOON
    )
    ledger.queue.add([stray])

    for one in due(ledger, NOON + HOUR):
        assert ledger.quarantine.announce(one, scribe)

    assert len(scribe.seen) == 1


def test_a_row_is_not_announced_twice(ledger: Ledger) -> None:
    scribe = Scribe()
    keep_aside(ledger)
    (one,) = due(ledger, NOON + HOUR)

    assert ledger.quarantine.announce(one, scribe)
    assert not ledger.quarantine.announce(one, scribe)


def test_what_was_looked_through_meanwhile_is_not_announced(ledger: Ledger) -> None:
    scribe = Scribe()
    real, spam = keep_aside(ledger), keep_aside(ledger)
    ledger.quarantine.rescue(real, [], "user-1")
    ledger.steps.close(spam, Outcome.SPAM, "user-1")
    (one,) = due(ledger, NOON + HOUR)

    assert ledger.quarantine.announce(one, scribe)
    assert scribe.seen == []
    assert due(ledger, NOON + 9 * HOUR) == []


def test_other_inboxes_and_other_referrals_are_not_counted(ledger: Ledger) -> None:
    keep_aside(ledger)
    ledger.intake.accept(a_referral(flags="unknown_plan"), [], actor="office")

    assert ledger.quarantine.look(["inbox-1"]).count == 1
    assert ledger.quarantine.look(["inbox-2"]) == KeptAside(0, 0, None, None)
    assert ledger.quarantine.look([]).count == 0


def test_a_rescued_one_loses_its_flags_and_is_told_of(ledger: Ledger) -> None:
    one = keep_aside(ledger, flags="read_first unknown_plan")
    (armed,) = due(ledger, NOON + HOUR)
    ledger.quarantine.announce(armed, Scribe())
    ledger.wake.clear()

    rescued = ledger.quarantine.rescue(one, [a_delivery(referral_id=one)], "user-1")

    assert rescued.flags == {"read_first", "unknown_plan"}
    assert ledger.quarantine.kept(["inbox-1"]) == []
    assert [row.kind for row in ledger.deliveries.of_referral(one)] == [DeliveryKind.NOTICE]
    assert ledger.wake.is_set()
    assert "referral.rescued" in [entry.action for entry in ledger.audit.of_referral(one)]


def test_lists_and_counts_can_leave_out_what_is_kept_aside(ledger: Ledger) -> None:
    keep_aside(ledger)
    ledger.intake.accept(a_referral(id="real", flags="unknown_plan"), [], actor="office")

    every = ledger.referrals.open_in(["inbox-1"]).referrals
    real = ledger.referrals.open_in(["inbox-1"], with_kept_aside=False).referrals
    assert (len(every), [one.id for one in real]) == (2, ["real"])
    assert ledger.referrals.open_counts(["inbox-1"]).waiting == 1


def test_a_second_tap_tells_nobody_again(ledger: Ledger) -> None:
    one = keep_aside(ledger)
    for _ in range(2):
        ledger.quarantine.rescue(one, [a_delivery(referral_id=one)], "user-1")

    assert len(ledger.deliveries.of_referral(one)) == 1


def test_a_closed_one_is_not_rescued(ledger: Ledger) -> None:
    one = keep_aside(ledger)
    ledger.steps.close(one, Outcome.SPAM, "user-1")

    with pytest.raises(NotNow):
        ledger.quarantine.rescue(one, [], "user-1")


def test_a_repeat_of_what_is_kept_aside_arms_nothing(ledger: Ledger) -> None:
    referral = a_referral(flags="quarantine")
    armed = a_delivery(kind=DeliveryKind.QUARANTINE, channel=Channel.NONE, address="inbox-1")
    ledger.intake.accept(referral, [], actor="office", announcement=armed)
    (one,) = due(ledger, NOON + HOUR)
    ledger.quarantine.announce(one, Scribe())

    again = ledger.intake.accept(referral, [], actor="office", announcement=armed)

    assert again.repeated
    assert due(ledger, NOON + 9 * HOUR) == []


def test_rescue_sends_what_is_rationed_while_the_ration_lasts(ledger: Ledger) -> None:
    sent = []
    for _ in range(3):
        referral = accept_one(ledger, flags="quarantine")
        receipt = a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT, referral_id=referral.id)
        rationed = Rationed(receipt, hashed("whose"), 2, NOON + timedelta(days=2))
        for _ in range(2):
            ledger.quarantine.rescue(referral.id, [], "user-1", rationed)
        sent.append([one.id for one in ledger.deliveries.of_referral(referral.id)] == [receipt.id])

    assert sent == [True, True, False]
