"""A wall clock that jumps far ahead and back leaves no promise unguarded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from form_server.clockwork.setback import Watchman
from form_server.ledger import Channel, DeliveryKind, DeliveryState, Referral
from form_server.ledger.tables import delivery
from form_server.parcels import DigestParcel, NoticeParcel
from form_server.settings import ClockSettings, Often
from tests.form_server.clockwork.stage import SECOND, Stage, pacific
from tests.form_server.office.house import ENOUGH, OWNER, Clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AHEAD = timedelta(days=40)
BODY = {**ENOUGH, "patient_agreed": True}
LIVELY = ClockSettings(digest=Often.DAILY, drill=True, retention_days=30)


def jump_ahead_and_back(stage: Stage, *, restarts: bool = False) -> None:
    """The machine shows a date forty days ahead for a while, with the server at work."""
    right = stage.now
    stage.let_pass(right + AHEAD)
    stage.messages.clear()
    stage.house.clock.now = right
    if restarts:
        stage.start_again()
    stage.work()


def heard(stage: Stage, referral: Referral) -> dict[str, datetime]:
    """When each address heard of a referral first."""
    return {one.delivery.address: one.at for one in reversed(stage.about(referral))}


@pytest.mark.parametrize("restarts", [False, True])
def test_reminder_escalation_and_broken_promise_come_at_their_own_time_again(
    build: Callable[..., Stage], restarts: bool
) -> None:
    stage = build()
    referral = stage.refer()
    stage.let_pass(stage.now + HOUR)
    jump_ahead_and_back(stage, restarts=restarts)
    assert stage.about(referral) == []

    stage.let_pass(referral.promised_by)

    by = heard(stage, referral)
    assert by[OWNER] - referral.received_at == 2 * HOUR
    assert referral.received_at + 3 * HOUR < by[SECOND] < referral.promised_by
    last = [one.at for one in stage.about(referral)][-1]
    assert last == referral.promised_by


def test_who_has_called_is_not_reminded(build: Callable[..., Stage]) -> None:
    stage = build()
    referral = stage.refer()
    stage.let_pass(stage.now + HOUR)
    stage.call(referral)
    jump_ahead_and_back(stage)
    stage.let_pass(referral.promised_by + DAY)

    assert stage.about(referral) == []


def test_a_referral_that_came_in_meanwhile_is_promised_and_guarded_from_now(
    build: Callable[..., Stage],
) -> None:
    stage = build()
    right = stage.now
    stage.house.clock.now = right + AHEAD
    stage.work()
    early = stage.refer()
    stage.messages.clear()
    stage.house.clock.now = right
    stage.work()

    (referral,) = stage.house.referrals()
    assert early.promised_by > right + AHEAD
    assert (referral.received_at, referral.promised_by) == (right, right + 4 * HOUR)
    stage.let_pass(referral.promised_by)
    assert heard(stage, referral)[OWNER] == right + 2 * HOUR
    assert heard(stage, referral)[SECOND] < referral.promised_by


def test_a_notice_that_had_not_gone_out_goes_out_now(build: Callable[..., Stage]) -> None:
    stage = build()
    right = stage.now
    stage.house.clock.now = right + AHEAD
    stage.house.client.post("/referrals", json=BODY)
    stage.house.clock.now = right
    stage.work()

    assert [type(one.parcel) for one in stage.messages] == [NoticeParcel, NoticeParcel]
    stage.let_pass(right + timedelta(minutes=1))
    counts = stage.ledger.deliveries.counts()
    assert counts[DeliveryState.PENDING] == 1  # the clock, which waits for its turn


def test_digest_drill_and_retention_keep_their_plan(build: Callable[..., Stage]) -> None:
    stage = build(clock=LIVELY)
    stage.work()
    jump_ahead_and_back(stage)
    stage.let_pass(pacific(2026, 10, 30))

    digests = [one.at for one in stage.messages if isinstance(one.parcel, DigestParcel)]
    assert digests[:2] == [pacific(2026, 10, 20, 7), pacific(2026, 10, 21, 7)]
    drills = [
        one.at
        for one in stage.messages
        if isinstance(one.parcel, NoticeParcel)
        and one.parcel.is_drill
        and one.delivery.channel is Channel.EMAIL
    ]
    assert len(drills) == 1
    assert pacific(2026, 10, 26) < drills[0] < pacific(2026, 10, 30)
    standing = {
        one.kind: one.due_at
        for one in stage.ledger.deliveries.where(delivery.c.id.like("standing-%"))
    }
    assert standing[DeliveryKind.RETENTION] == pacific(2026, 10, 30, 3)


def test_what_is_kept_aside_is_announced_within_the_hour_all_the_same(
    build: Callable[..., Stage],
) -> None:
    stage = build()
    right = stage.now
    stage.house.clock.now = right + AHEAD
    stage.house.client.post("/referrals", json={**BODY, "website": "https://pills.example"})
    stage.house.clock.now = right
    stage.let_pass(right + HOUR)

    assert [one.delivery.kind for one in stage.messages] == [DeliveryKind.QUARANTINE]


def test_nothing_is_touched_while_the_clock_keeps_its_course(
    build: Callable[..., Stage],
) -> None:
    stage = build(clock=LIVELY)
    stage.refer()
    for _ in range(60):
        stage.let_pass(stage.now + timedelta(minutes=25))
        stage.start_again()  # which looks

    actions = {entry.action for entry in stage.ledger.audit.recent(1000)}
    assert not [one for one in actions if one.endswith("put_right")]


def test_watchman_looks_at_first_after_a_step_back_and_now_and_then() -> None:
    clock, passed_s = Clock(), [0.0]
    watchman = Watchman(lambda: passed_s[0])

    def after(wall_s: float, real_s: float) -> bool:
        clock.pass_by(timedelta(seconds=wall_s))
        passed_s[0] += real_s
        looks = watchman.should_look(clock())
        assert watchman.should_look(clock()) is looks  # until the look was had
        if looks:
            watchman.note_looked()
        return looks

    assert after(0, 0)
    assert not after(1, 1)
    assert not after(3600 * 24 * 30, 1)  # ahead: what is due is taken, and nothing is lost
    assert after(-3600 * 24 * 30, 1)
    assert not after(1, 1)
    assert not after(-1, 1)  # a second or two is what keeping time by the network does
    assert after(300, 300)
