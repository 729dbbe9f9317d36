from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from form_server.ledger import (
    Channel,
    DeliveryKind,
    DeliveryState,
    Outcome,
    ReferralState,
    SourceFacts,
    SourceKind,
)
from form_server.parcels import DigestParcel, NoticeParcel, ReminderParcel
from form_server.settings import ClockSettings, Often
from tests.form_server.clockwork.stage import PHONE, SECOND, Stage, pacific
from tests.form_server.office.house import OWNER

DAY = timedelta(days=1)
DRILLS = ClockSettings(digest=Often.OFF, drill=True)
NEXT_WEEK, WEEK_AFTER = pacific(2026, 10, 26), pacific(2026, 11, 2)


def digests(stage: Stage) -> list[DigestParcel]:
    return [one.parcel for one in stage.messages if isinstance(one.parcel, DigestParcel)]


def test_digest_tells_the_owner_how_things_stand(build: Callable[..., Stage]) -> None:
    stage = build(clock=ClockSettings(drill=False))
    waiting = stage.refer("One")
    called = stage.refer("Two")
    stage.call(called)
    stage.ledger.audit.chain()
    stage.let_pass(pacific(2026, 10, 20, 7))

    (message,) = [one for one in stage.messages if one.delivery.kind is DeliveryKind.DIGEST]
    (said,) = digests(stage)
    assert (message.delivery.address, message.at) == (OWNER, pacific(2026, 10, 20, 7))
    assert (said.received, said.waiting, said.overdue, said.in_hand) == (2, 1, 1, 1)
    assert [one.receipt for one in said.open_promises] == [waiting.receipt]
    head = stage.ledger.audit.head()
    assert head is not None
    assert said.chain_hash == head.entry_hash.hex()
    assert "Quill" not in repr(said)


def test_digest_names_the_offices_of_the_next_morning(build: Callable[..., Stage]) -> None:
    stage = build(clock=ClockSettings(drill=False))
    book = stage.ledger.address_book
    for code, name, town in (
        ("a", "Lake Clinic", "Alder Falls"),
        ("b", "Far Clinic", "Cedarville"),
    ):
        book.add(code, SourceFacts(name, town=town), actor="test")
    book.add("f", SourceFacts("A friend", SourceKind.FRIEND), actor="test")
    stage.let_pass(pacific(2026, 10, 20, 7))

    (said,) = digests(stage)
    assert (said.visits_due, said.visits_forgotten, said.stock_low) == (2, 0, 0)
    assert said.morning == ("Lake Clinic",)


def test_digest_keeps_its_hour_when_the_clocks_change(build: Callable[..., Stage]) -> None:
    stage = build(starts_at=pacific(2026, 10, 30, 8), clock=ClockSettings(drill=False))
    stage.let_pass(pacific(2026, 11, 2, 8))

    assert [one.written_at for one in digests(stage)] == [
        pacific(2026, 10, 31, 7),
        pacific(2026, 11, 1, 7),
        pacific(2026, 11, 2, 7),
    ]


def test_weekly_digest_comes_on_mondays(build: Callable[..., Stage]) -> None:
    stage = build(clock=ClockSettings(digest=Often.WEEKLY, digest_hour=6, drill=False))
    stage.let_pass(pacific(2026, 11, 3))

    assert [one.written_at for one in digests(stage)] == [
        pacific(2026, 10, 26, 6),
        pacific(2026, 11, 2, 6),
    ]


def test_server_that_was_away_for_days_sends_one_digest(build: Callable[..., Stage]) -> None:
    stage = build(clock=ClockSettings(drill=False))
    stage.work()
    stage.house.clock.now += 5 * DAY
    stage.start_again()
    stage.let_pass(stage.now + timedelta(minutes=5))

    assert len(digests(stage)) == 1


def test_digest_that_is_switched_off_stays_silent_and_comes_back(
    build: Callable[..., Stage],
) -> None:
    stage = build(clock=ClockSettings(drill=False))
    stage.work()
    stage.ledger.agenda.stand(DeliveryKind.DIGEST, None)
    stage.house.clock.now += 3 * DAY
    stage.work()
    assert not digests(stage)

    stage.start_again()
    stage.let_pass(stage.now + DAY)
    assert len(digests(stage)) == 1


def test_drill_comes_once_a_week_in_open_hours(build: Callable[..., Stage]) -> None:
    stage = build(clock=DRILLS)
    stage.let_pass(WEEK_AFTER)

    drills = [one for one in stage.messages if one.delivery.kind is DeliveryKind.NOTICE]
    assert [one.delivery.address for one in drills] == [OWNER, PHONE]
    assert {isinstance(one.parcel, NoticeParcel) and one.parcel.is_drill for one in drills} == {
        True
    }
    (at,) = {one.at for one in drills}
    assert NEXT_WEEK < at < WEEK_AFTER
    local = at.astimezone(stage.house.services.practice.time_zone)
    assert local.weekday() < 4
    assert 9 <= local.hour < 18


def test_unanswered_drill_warns_the_second_person_and_counts_nowhere(
    build: Callable[..., Stage],
) -> None:
    stage = build(clock=DRILLS)
    stage.let_pass(WEEK_AFTER)

    (warning,) = [one for one in stage.messages if one.delivery.kind is DeliveryKind.ESCALATION]
    assert warning.delivery.address == SECOND
    assert isinstance(warning.parcel, ReminderParcel)
    assert warning.parcel.rung == "drill"
    drill = stage.ledger.referrals.last_drill()
    assert drill is not None
    assert (drill.state, drill.outcome) == (ReferralState.CLOSED, Outcome.DRILL)
    figures = stage.ledger.figures.over([stage.inbox_id], NEXT_WEEK, WEEK_AFTER, WEEK_AFTER)
    assert figures.received == 0


def test_tapped_drill_warns_nobody(build: Callable[..., Stage]) -> None:
    stage = build(clock=DRILLS)
    stage.work()
    at = stage.ledger.queue.next_due_at(Channel.NONE)
    assert at is not None
    stage.let_pass(at)
    parcel = stage.messages[0].parcel
    assert isinstance(parcel, NoticeParcel)
    stage.house.client.post(parcel.pause_url.removeprefix(stage.house.settings.url))
    stage.let_pass(WEEK_AFTER)

    assert not [one for one in stage.messages if one.delivery.kind is DeliveryKind.ESCALATION]
    assert "drill.answered" in {one.action for one in stage.ledger.audit.recent()}


def test_drill_that_was_begun_twice_exists_once(build: Callable[..., Stage]) -> None:
    stage = build(clock=DRILLS)
    stage.work()
    at = stage.ledger.queue.next_due_at(Channel.NONE)
    assert at is not None
    stage.house.clock.now = at
    drill = stage.clockwork._drill
    assert drill is not None
    drill.send(at, at)
    stage.work()

    assert len([one for one in stage.house.referrals() if "drill" in one.flags]) == 1


def test_retention_purges_what_was_said_and_keeps_what_is_counted(
    build: Callable[..., Stage],
) -> None:
    stage = build(clock=ClockSettings(digest=Often.OFF, drill=False, retention_days=30))
    gone, kept = stage.refer("Zebulon Quillfeather"), stage.refer("Jordan Quill")
    stage.call(gone)
    stage.ledger.steps.close(gone.id, Outcome.SCHEDULED, stage.owner_id)
    stage.call(kept)
    stage.let_pass(stage.now + 29 * DAY)
    assert stage.ledger.referrals.get(gone.id).envelope

    stage.let_pass(stage.now + 2 * DAY)
    after = stage.ledger.referrals.get(gone.id)
    assert after.envelope == b""
    assert stage.ledger.referrals.attempts(gone.id) == []
    assert (after.outcome, after.first_contact_at) == (Outcome.SCHEDULED, gone.received_at)
    assert stage.ledger.referrals.get(kept.id).envelope == kept.envelope
    (record,) = stage.ledger.purging.deletions()
    assert (record.id, record.rule) == (gone.id, "retention 30 days")
    var = stage.house.settings.var
    sealed = gone.envelope[100:140]
    assert not [path for path in var.rglob("*") if path.is_file() and sealed in path.read_bytes()]


def test_without_retention_nothing_is_purged(stage: Stage) -> None:
    gone = stage.refer()
    stage.ledger.steps.close(gone.id, Outcome.WITHDRAWN, stage.owner_id)
    stage.let_pass(stage.now + 3000 * DAY)

    assert stage.ledger.referrals.get(gone.id).envelope == gone.envelope


def test_one_row_that_fails_holds_up_no_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = stage.refer("One"), stage.refer("Two")
    turns = stage.clockwork._turns
    decide = type(turns).decide

    def fail_for_one(self: object, case: object, *rest: object) -> object:
        if case.referral.id == bad.id:  # type: ignore[attr-defined]
            raise RuntimeError
        return decide(self, case, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(turns), "decide", fail_for_one)
    stage.let_pass(pacific(2026, 10, 19, 11, 30))
    assert stage.told(good, DeliveryKind.REMINDER)
    assert not stage.told(bad, DeliveryKind.REMINDER)
    assert stage.ledger.deliveries.counts()[DeliveryState.RETRYING] == 1

    monkeypatch.undo()
    stage.let_pass(pacific(2026, 10, 19, 11, 50))
    assert stage.told(bad, DeliveryKind.ESCALATION)
