from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from form_server.ledger import Ledger, ReceiptTaken, SubmissionReused
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, a_referral


def test_accepted_referral_is_held_with_its_deliveries_and_audit(ledger: Ledger) -> None:
    referral = a_referral(flags="read_first drill")
    deliveries = [a_delivery(referral_id=referral.id), a_delivery(referral_id=referral.id)]

    accepted = ledger.intake.accept(referral, deliveries, actor="office", detail="form")

    assert not accepted.repeated
    assert accepted.receipt == referral.receipt
    held = ledger.referrals.get(referral.id)
    assert held.envelope == referral.envelope
    assert (held.received_at, held.promised_by) == (referral.received_at, referral.promised_by)
    assert held.flags == {"read_first", "drill"}
    shown = ledger.deliveries.of_referral(referral.id)
    assert {one.id for one in shown} == {one.id for one in deliveries}
    (entry,) = ledger.audit.of_referral(referral.id)
    assert (entry.actor, entry.action, entry.detail) == ("office", "referral.accepted", "form")


def test_same_submission_again_gives_the_first_referral_back(ledger: Ledger) -> None:
    first = a_referral()
    ledger.intake.accept(first, [a_delivery(referral_id=first.id)], actor="office")
    again = a_referral(submission_id_hash=first.submission_id_hash, body_hash=first.body_hash)

    repeated = ledger.intake.accept(again, [a_delivery(referral_id=again.id)], actor="office")

    assert repeated.repeated
    assert (repeated.referral_id, repeated.receipt) == (first.id, first.receipt)
    assert repeated.promised_by == first.promised_by
    assert ledger.referrals.open_counts(["inbox-1"]).waiting == 1
    assert len(ledger.deliveries.of_referral(first.id)) == 1
    actions = [entry.action for entry in ledger.audit.of_referral(first.id)]
    assert actions == ["referral.accepted", "referral.repeated"]


def test_known_submission_id_with_another_body_is_refused(ledger: Ledger) -> None:
    first = a_referral()
    ledger.intake.accept(first, [], actor="office")

    with pytest.raises(SubmissionReused) as refused:
        ledger.intake.accept(
            a_referral(submission_id_hash=first.submission_id_hash), [], actor="office"
        )

    assert refused.value.referral_id == first.id
    assert ledger.referrals.open_counts(["inbox-1"]).waiting == 1


def test_same_content_is_one_referral_for_ten_minutes(ledger: Ledger, clock: MovableClock) -> None:
    first = a_referral(submission_id_hash=None, body_hash=None)
    ledger.intake.accept(first, [], actor="office")

    def same_content() -> bool:
        again = a_referral(submission_id_hash=None, dedupe_hash=first.dedupe_hash)
        return ledger.intake.accept(again, [], actor="office").repeated

    clock.advance(timedelta(minutes=9, seconds=59))
    assert same_content()
    clock.advance(timedelta(seconds=1))
    assert not same_content()
    assert same_content()


def test_known_content_under_a_new_id_names_the_first_referral_later(
    ledger: Ledger, clock: MovableClock
) -> None:
    first = a_referral()
    ledger.intake.accept(first, [], actor="office")
    doubled = a_referral(dedupe_hash=first.dedupe_hash)
    ledger.intake.accept(doubled, [], actor="office")
    clock.advance(timedelta(hours=1))

    retried = a_referral(submission_id_hash=doubled.submission_id_hash, body_hash=doubled.body_hash)

    assert ledger.intake.accept(retried, [], actor="office").referral_id == first.id


def test_referral_without_hashes_is_never_a_repeat(ledger: Ledger) -> None:
    for _ in range(2):
        new = a_referral(dedupe_hash=None, submission_id_hash=None, body_hash=None)
        assert not ledger.intake.accept(new, [], actor="user:user-1").repeated


def test_taken_receipt_is_reported_and_nothing_is_kept(ledger: Ledger) -> None:
    first = a_referral()
    ledger.intake.accept(first, [], actor="office")
    second = a_referral(receipt=first.receipt)

    with pytest.raises(ReceiptTaken, match=first.receipt):
        ledger.intake.accept(second, [a_delivery()], actor="office")

    assert ledger.queue.next_due_at() is None
    assert not ledger.intake.accept(a_referral(), [], actor="office").repeated


def test_delivery_that_cannot_be_written_takes_the_referral_back(ledger: Ledger) -> None:
    referral = a_referral()
    twin = a_delivery(referral_id=referral.id)

    with pytest.raises(Exception, match=r"(?i)unique"):
        ledger.intake.accept(referral, [twin, twin], actor="office")

    assert ledger.referrals.by_receipt(referral.receipt) is None
    assert not ledger.wake.is_set()


def test_wake_up_is_set_once_the_commit_can_be_seen(ledger: Ledger) -> None:
    seen_after_wake: list[bool] = []
    watching = threading.Event()

    def watch() -> None:
        watching.set()
        ledger.wake.wait(10)
        seen_after_wake.append(ledger.queue.next_due_at() is not None)

    watcher = threading.Thread(target=watch)
    watcher.start()
    watching.wait(10)
    referral = a_referral()
    ledger.intake.accept(referral, [a_delivery(referral_id=referral.id)], actor="office")
    watcher.join(10)

    assert seen_after_wake == [True]


def test_expired_fingerprints_are_forgotten(ledger: Ledger, clock: MovableClock) -> None:
    ledger.intake.accept(a_referral(), [], actor="office")
    assert ledger.intake.forget_expired() == 0
    clock.advance(timedelta(minutes=10))
    assert ledger.intake.forget_expired() == 1
    clock.advance(timedelta(hours=24))
    assert ledger.intake.forget_expired() == 1


def test_eight_threads_accept_at_once_and_nothing_is_lost(ledger: Ledger) -> None:
    referrals = [a_referral() for _ in range(80)]

    def accept(index: int) -> str:
        new = referrals[index]
        delivery = a_delivery(referral_id=new.id)
        return ledger.intake.accept(new, [delivery], actor="office").receipt

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(accept, range(len(referrals))))

    assert receipts == [one.receipt for one in referrals]
    assert ledger.referrals.open_counts(["inbox-1"]).waiting == len(referrals)
    claimed = ledger.queue.claim("w", NOON, 1000)
    assert {one.referral_id for one in claimed} == {one.id for one in referrals}


def test_same_submission_from_eight_threads_is_one_referral(ledger: Ledger) -> None:
    first = a_referral()
    start = threading.Barrier(8)

    def accept(_index: int) -> tuple[str, bool]:
        again = a_referral(
            submission_id_hash=first.submission_id_hash,
            body_hash=first.body_hash,
            dedupe_hash=first.dedupe_hash,
        )
        start.wait(10)
        accepted = ledger.intake.accept(again, [], actor="office")
        return accepted.receipt, accepted.repeated

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(accept, range(8)))

    assert len({receipt for receipt, _ in answers}) == 1
    assert sorted(repeated for _, repeated in answers) == [False] + [True] * 7


def test_unknown_inbox_key_is_refused_by_the_table(ledger: Ledger) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        ledger.intake.accept(a_referral(key_version=7), [], actor="office")


def test_fingerprint_of_a_purged_referral_does_not_stand_in_the_way(ledger: Ledger) -> None:
    first = a_referral()
    ledger.intake.accept(first, [], actor="office")
    with ledger._store.write() as connection:
        connection.execute(sa.text("DELETE FROM referral"))
    again = a_referral(submission_id_hash=first.submission_id_hash, dedupe_hash=first.dedupe_hash)
    assert not ledger.intake.accept(again, [], actor="office").repeated


_ACCEPT_AND_WAIT = """
import sys, time
from form_server.ledger import Ledger
from tests.form_server.ledger.things import a_delivery, a_referral
new = a_referral()
ledger = Ledger.open(sys.argv[1])
accepted = ledger.intake.accept(new, [a_delivery(referral_id=new.id)], actor="office")
print(accepted.receipt, flush=True)
sys.stdin.read()
"""


def test_accepted_referral_outlives_a_killed_process(ledger: Ledger, url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _ACCEPT_AND_WAIT, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        receipt = server.stdout.readline().strip()
        server.kill()
        server.wait(10)

    found = ledger.referrals.by_receipt(receipt)
    assert found is not None
    (claimed,) = ledger.queue.claim("w", NOON, 10)
    assert claimed.referral_id == found.id
