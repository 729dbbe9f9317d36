from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.synchronize import Event

import pytest
import sqlalchemy as sa

from form_server.ledger import (
    Channel,
    Claimed,
    ClaimLost,
    DeliveryKind,
    DeliveryState,
    Ledger,
    Promise,
    Voided,
)
from form_server.ledger.rows import OUTWARD
from tests.form_server.ledger.things import NOON, a_delivery, accept_one

MINUTE = timedelta(minutes=1)


def one_claimed(ledger: Ledger, owner: str = "w", **changes: object) -> Claimed:
    ledger.queue.add([a_delivery(**changes)])
    (claimed,) = ledger.queue.claim(owner, NOON, 10)
    return claimed


def test_claim_hands_out_all_that_the_worker_needs(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    new = a_delivery(referral_id=referral.id, kind=DeliveryKind.REPLY, channel=Channel.EMAIL)
    ledger.queue.add([new])

    (claimed,) = ledger.queue.claim("w", NOON, 10)

    assert claimed == Claimed(
        id=new.id,
        kind=DeliveryKind.REPLY,
        channel=Channel.EMAIL,
        address=new.address,
        referral_id=referral.id,
        due_at=NOON,
        created_at=NOON,
        attempts=1,
        owner="w",
        parcel=new.parcel,
        message_id=new.message_id,
        last_error=None,
    )


def test_what_is_not_due_is_not_claimed(ledger: Ledger) -> None:
    ledger.queue.add([a_delivery(due_at=NOON + MINUTE)])
    assert ledger.queue.claim("w", NOON, 10) == []
    assert ledger.queue.next_due_at() == NOON + MINUTE
    assert len(ledger.queue.claim("w", NOON + MINUTE, 10)) == 1
    assert ledger.queue.next_due_at() is None


def test_longest_due_are_claimed_first_and_no_more_than_asked(ledger: Ledger) -> None:
    late = [a_delivery(due_at=NOON - n * MINUTE) for n in range(5)]
    ledger.queue.add(late)
    first = ledger.queue.claim("w", NOON, 3)
    assert [one.id for one in first] == [late[4].id, late[3].id, late[2].id]
    rest = ledger.queue.claim("w", NOON, 3)
    assert [one.id for one in rest] == [late[1].id, late[0].id]


def test_claimed_row_is_not_claimed_again(ledger: Ledger) -> None:
    one_claimed(ledger)
    assert ledger.queue.claim("v", NOON + timedelta(days=1), 10) == []


def test_alarms_can_be_claimed_ahead_of_what_was_due_longer(ledger: Ledger) -> None:
    earlier = NOON - timedelta(hours=1)
    thanks = [a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT, due_at=earlier) for _ in range(3)]
    alarms = [a_delivery(kind=DeliveryKind.NOTICE), a_delivery(kind=DeliveryKind.ESCALATION)]
    ledger.queue.add([*thanks, *alarms])

    first = ledger.queue.claim("w", NOON, 10, Channel.EMAIL, alarms_only=True)

    assert [one.id for one in first] == [one.id for one in alarms]
    assert ledger.queue.claim("w", NOON, 10, Channel.EMAIL, alarms_only=True) == []
    assert len(ledger.queue.claim("w", NOON, 10, Channel.EMAIL)) == 3


@pytest.mark.parametrize("channel", [None, Channel.EMAIL])
def test_look_for_what_is_due_passes_over_what_is_not(
    sqlite_ledger: Ledger, channel: Channel | None
) -> None:
    """A clock stands in the same index for each open referral, and a lane looks after each mail."""
    later = NOON + timedelta(days=1)
    clocks = [a_delivery(channel=Channel.NONE, due_at=later) for _ in range(2000)]
    sqlite_ledger.queue.add(clocks)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with sqlite_ledger._store.read_bare() as cursor:  # the pool's only connection, used again
        cursor.connection.set_progress_handler(count, 1)

    assert sqlite_ledger.queue.claim("w", NOON, 8, channel) == []
    assert 0 < steps < 200


def test_lane_of_a_channel_claims_its_own_rows_only(ledger: Ledger) -> None:
    mail, push = a_delivery(), a_delivery(channel=Channel.PUSH, due_at=NOON - MINUTE)
    ledger.queue.add([mail, push])
    assert ledger.queue.next_due_at(Channel.EMAIL) == NOON
    assert ledger.queue.next_due_at(Channel.WEBHOOK) is None
    assert [one.id for one in ledger.queue.claim("w", NOON, 9, Channel.EMAIL)] == [mail.id]
    assert ledger.queue.claim("w", NOON, 9, Channel.WEBHOOK) == []
    assert [one.id for one in ledger.queue.claim("w", NOON, 9, Channel.PUSH)] == [push.id]


@pytest.mark.parametrize(
    "damage", ["kind = 'notioe'", "kind = ''", f"created_at = {2**62}", f"due_at = {-(2**62)}"]
)
def test_damaged_row_is_put_aside_and_holds_up_no_other(ledger: Ledger, damage: str) -> None:
    referral = accept_one(ledger)
    damaged, sound = a_delivery(referral_id=referral.id, due_at=NOON - MINUTE), a_delivery()
    ledger.queue.add([damaged, sound])
    with ledger._store.write() as connection:
        change = f"UPDATE delivery SET {damage} WHERE id = '{damaged.id}'"
        connection.exec_driver_sql(change)

    claimed = {one.id for one in ledger.queue.claim("w", NOON, 9, Channel.EMAIL)}

    assert sound.id in claimed
    assert damaged.id not in claimed
    (shown,) = [one for one in ledger.deliveries.troubled() if one.id == damaged.id]
    assert (shown.state, shown.kind) == (DeliveryState.STUCK, DeliveryKind.NOTICE)
    assert "damaged" in (shown.last_error or "")
    ledger.deliveries.dismiss(damaged.id, actor="user:nora")


def test_sent_delivery_keeps_no_parcel(ledger: Ledger) -> None:
    claimed = one_claimed(ledger)
    ledger.queue.mark_sent(claimed.id, "w", NOON + MINUTE)
    shown = ledger.deliveries.get(claimed.id)
    assert (shown.state, shown.sent_at) == (DeliveryState.SENT, NOON + MINUTE)
    with ledger._store.read() as connection:
        assert connection.exec_driver_sql("SELECT parcel FROM delivery").scalar() is None


def test_whoever_was_answered_is_forgotten_once_it_has_gone_out(ledger: Ledger) -> None:
    kinds = (DeliveryKind.ACKNOWLEDGEMENT, DeliveryKind.REPLY, DeliveryKind.NOTICE)
    new = [a_delivery(kind=kind, address="dana@clinic.example") for kind in kinds]
    old, dropped, waits = (a_delivery(kind=kinds[0], address="dana@clinic.example") for _ in "abc")
    ledger.queue.add([*new, old, dropped])
    for one in ledger.queue.claim("w", NOON, 9):
        if one.id == dropped.id:
            ledger.queue.mark_stuck(one.id, "w", "550 <dana@clinic.example>: no such user")
        else:
            forgets = one.kind in OUTWARD and one.id != old.id
            ledger.queue.mark_sent(one.id, "w", NOON, forgets_whom=forgets)
    ledger.queue.add([waits])
    ledger.deliveries.dismiss(dropped.id, actor="user:nora")

    kept = {one.id: one.address for one in ledger.deliveries.where(sa.true())}
    assert [kept[one.id] for one in (*new, dropped)] == ["", "", "dana@clinic.example", ""]
    assert ledger.purging.forget_recipients() == 1  # what an earlier version left
    assert ledger.purging.forget_recipients() == 0
    kept = {one.id: one.address for one in ledger.deliveries.where(sa.true())}
    assert (kept[old.id], kept[waits.id]) == ("", "dana@clinic.example")


@pytest.mark.parametrize("transmitting", [False, True])
def test_retried_delivery_comes_due_later_with_the_same_message(
    ledger: Ledger, *, transmitting: bool
) -> None:
    claimed = one_claimed(ledger)
    if transmitting:
        ledger.queue.mark_transmitting(claimed.id, "w")
    ledger.queue.mark_retrying(claimed.id, "w", NOON + MINUTE, "421 busy")
    assert ledger.queue.claim("w", NOON, 10) == []

    (again,) = ledger.queue.claim("v", NOON + MINUTE, 10)

    assert (again.attempts, again.last_error) == (2, "421 busy")
    assert (again.message_id, again.parcel) == (claimed.message_id, claimed.parcel)


def test_troubled_deliveries_leave_the_queue_and_stay_in_view(ledger: Ledger) -> None:
    unknown, stuck = one_claimed(ledger), one_claimed(ledger)
    ledger.queue.mark_unknown(unknown.id, "w", "cut in DATA")
    ledger.queue.mark_stuck(stuck.id, "w", "550 no such user")
    assert ledger.queue.claim("w", NOON + timedelta(days=1), 10) == []
    assert {(one.id, one.state, one.last_error) for one in ledger.deliveries.troubled()} == {
        (unknown.id, DeliveryState.UNKNOWN, "cut in DATA"),
        (stuck.id, DeliveryState.STUCK, "550 no such user"),
    }


def test_only_the_owner_of_a_claim_settles_it(ledger: Ledger) -> None:
    claimed = one_claimed(ledger, owner="w")
    with pytest.raises(ClaimLost, match=claimed.id):
        ledger.queue.mark_sent(claimed.id, "v", NOON)
    ledger.queue.mark_sent(claimed.id, "w", NOON)
    with pytest.raises(ClaimLost):
        ledger.queue.mark_retrying(claimed.id, "w", NOON, "late")
    assert ledger.deliveries.get(claimed.id).state is DeliveryState.SENT


def test_start_voids_the_claims_of_an_earlier_boot_by_their_promise(ledger: Ledger) -> None:
    sending = one_claimed(ledger, kind=DeliveryKind.NEWSLETTER)
    notice = one_claimed(ledger, kind=DeliveryKind.NOTICE)
    reply = one_claimed(ledger, kind=DeliveryKind.REPLY)
    ledger.queue.mark_transmitting(notice.id, "w")
    ledger.queue.mark_transmitting(reply.id, "w")
    ledger.wake.clear()

    assert ledger.queue.void_claims() == Voided(pending=2, unknown=1)

    assert ledger.wake.is_set()
    assert {one.id for one in ledger.queue.claim("v", NOON, 10)} == {sending.id, notice.id}
    assert ledger.deliveries.get(reply.id).state is DeliveryState.UNKNOWN
    with pytest.raises(ClaimLost):
        ledger.queue.mark_sent(notice.id, "w", NOON)


def test_every_kind_states_its_promise() -> None:
    at_most_once = {kind for kind in DeliveryKind if kind.promise is Promise.AT_MOST_ONCE}
    assert at_most_once == {
        DeliveryKind.ACKNOWLEDGEMENT,
        DeliveryKind.REPLY,
        DeliveryKind.NEWSLETTER,
    }


def test_released_claims_are_due_again_except_what_is_going_out(ledger: Ledger) -> None:
    waiting, going, other = (one_claimed(ledger, owner=name) for name in ("w", "w", "v"))
    ledger.queue.mark_transmitting(going.id, "w")
    assert ledger.queue.release("w") == 1
    assert [one.id for one in ledger.queue.claim("x", NOON, 10)] == [waiting.id]
    assert ledger.deliveries.get(going.id).state is DeliveryState.TRANSMITTING
    assert ledger.deliveries.get(other.id).state is DeliveryState.SENDING


def test_added_deliveries_wake_the_worker(ledger: Ledger) -> None:
    ledger.wake.clear()
    ledger.queue.add([])
    assert not ledger.wake.is_set()
    ledger.queue.add([a_delivery()])
    assert ledger.wake.is_set()


def claim_all(ledger: Ledger, owner: str) -> list[str]:
    mine: list[str] = []
    while claimed := ledger.queue.claim(owner, NOON, 7):
        mine += [one.id for one in claimed]
        for one in claimed:
            ledger.queue.mark_sent(one.id, owner, NOON)
    return mine


def test_four_threads_claim_each_row_once(ledger: Ledger) -> None:
    written = [a_delivery() for _ in range(200)]
    ledger.queue.add(written)
    start = threading.Barrier(4)

    def work(number: int) -> list[str]:
        start.wait(10)
        return claim_all(ledger, f"w{number}")

    with ThreadPoolExecutor(4) as pool:
        claimed = Counter(one for mine in pool.map(work, range(4)) for one in mine)

    assert claimed == Counter(one.id for one in written)
    assert ledger.deliveries.counts()[DeliveryState.SENT] == len(written)


def claim_in_process(url: str, begun: Event, answer: multiprocessing.Queue[list[str]]) -> None:
    with Ledger.open(url) as ledger:
        first = [one.id for one in ledger.queue.claim("other", NOON, 7)]
        begun.set()
        answer.put(first + claim_all(ledger, "other"))


def test_second_process_claims_nothing_that_the_first_has(ledger: Ledger, url: str) -> None:
    written = [a_delivery() for _ in range(200)]
    ledger.queue.add(written)
    spawn = multiprocessing.get_context("spawn")
    begun, answer = spawn.Event(), spawn.Queue()
    other = spawn.Process(target=claim_in_process, args=(url, begun, answer))
    other.start()
    assert begun.wait(30)

    mine = claim_all(ledger, "mine")
    theirs = answer.get(timeout=30)
    other.join(30)

    assert len(theirs) >= 7
    assert Counter(mine + theirs) == Counter(one.id for one in written)


def test_a_row_held_from_the_first_is_nobody_elses_until_it_is_given_back(ledger: Ledger) -> None:
    new = a_delivery(held_by="lane-1")
    ledger.queue.add([new])
    assert ledger.queue.holds_any("lane-1")
    assert not ledger.queue.holds_any("lane-2")
    assert ledger.queue.claim("lane-2", NOON, 10) == []
    assert ledger.deliveries.get(new.id).attempts == 1

    assert ledger.queue.release("lane-1") == 1

    assert not ledger.queue.holds_any("lane-1")
    assert [one.id for one in ledger.queue.claim("lane-2", NOON, 10)] == [new.id]


def test_a_row_held_from_the_first_is_settled_by_its_holder(ledger: Ledger) -> None:
    new = a_delivery(held_by="lane-1")
    ledger.queue.add([new])
    with pytest.raises(ClaimLost):
        ledger.queue.mark_sent(new.id, "lane-2", NOON)
    ledger.queue.mark_sent(new.id, "lane-1", NOON)
    assert ledger.deliveries.get(new.id).state is DeliveryState.SENT


def test_a_row_held_by_a_process_that_ended_is_due_again(ledger: Ledger) -> None:
    ledger.queue.add([a_delivery(held_by="lane-1")])
    assert ledger.queue.void_claims() == Voided(pending=1, unknown=0)
