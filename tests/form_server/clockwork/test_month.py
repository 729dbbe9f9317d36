"""A month on a clock that is moved: across the end of summer time, a holiday and an absence."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from form_server.ledger import Channel, DeliveryKind, DeliveryState, Leave, Referral
from form_server.parcels import DigestParcel, NoticeParcel, ReminderParcel
from form_server.settings import ClockSettings
from outreach_kit.promise import WorkingCalendar, is_open, promise_by
from tests.form_server.clockwork.stage import SECOND, Stage, pacific
from tests.form_server.office.house import OWNER

BEGIN, END = pacific(2026, 10, 19), pacific(2026, 11, 20)
SUMMER_TIME_ENDS = date(2026, 11, 1)
VETERANS_DAY = date(2026, 11, 11)
AWAY = Leave("l1", "", date(2026, 11, 2), date(2026, 11, 5), cover_user_id="ben")
REFERRALS = 60
LAG = timedelta(minutes=1)


@dataclass(frozen=True)
class Plan:
    """When somebody pauses and calls, counted from the referral; None for never."""

    received_at: datetime
    pauses_after: timedelta | None
    calls_after: timedelta | None


def draw_plans(chance: random.Random) -> list[Plan]:
    """Office hours and nights, weekends, quick therapists, forgetful ones, and some who never call."""
    spread = (END - timedelta(days=4) - BEGIN) / timedelta(minutes=1)
    plans = []
    for number in range(REFERRALS):
        received_at = BEGIN + timedelta(minutes=chance.uniform(0, spread))
        pause = timedelta(minutes=chance.uniform(1, 900)) if number % 3 == 0 else None
        call = timedelta(hours=chance.uniform(0.1, 80)) if number % 5 else None
        plans.append(Plan(received_at, pause, call))
    return sorted(plans, key=lambda plan: plan.received_at)


def live(stage: Stage, plans: list[Plan]) -> list[tuple[Referral, datetime | None]]:
    """Plays the month; each referral with the moment of its first call."""
    todo: list[tuple[datetime, int, Callable[[], None]]] = []
    lived: list[tuple[Referral, datetime | None]] = []

    def later(at: datetime, what: Callable[[], None]) -> None:
        todo.append((at, len(todo), what))
        todo.sort(key=lambda one: one[:2], reverse=True)

    def arrive(number: int, plan: Plan) -> None:
        referral = stage.refer(f"Patient {number}")
        called_at = plan.calls_after and stage.now + plan.calls_after
        if called_at and called_at < END:
            later(called_at, lambda: stage.call(referral))
        else:
            called_at = None
        lived.append((referral, called_at))
        if plan.pauses_after:
            later(stage.now + plan.pauses_after, lambda: pause(referral))

    def pause(referral: Referral) -> None:
        parcel = stage.about(referral)[0].parcel
        assert isinstance(parcel, NoticeParcel)
        path = parcel.pause_url.removeprefix(stage.house.settings.url)
        assert stage.house.client.post(path).status_code == 200

    for number, plan in enumerate(plans):
        later(plan.received_at, lambda number=number, plan=plan: arrive(number, plan))  # type: ignore[misc]
    while todo:
        at, _, what = todo.pop()
        stage.let_pass(at)
        what()
    stage.let_pass(END)
    return lived


@pytest.mark.parametrize("seed", [1, 2])
def test_every_promise_is_kept_or_escalated_in_time(build: Callable[..., Stage], seed: int) -> None:
    stage = build(starts_at=BEGIN, clock=ClockSettings())
    stage.ledger.leaves.add(
        Leave("l1", stage.inbox_id, AWAY.first_on, AWAY.last_on, cover_user_id="ben"), actor="test"
    )
    lived = live(stage, draw_plans(random.Random(seed)))
    practice = stage.house.services.practice
    calendar = WorkingCalendar(practice.hours, practice.time_zone)
    assert not calendar.is_working_day(VETERANS_DAY)
    change = pacific(SUMMER_TIME_ENDS.year, SUMMER_TIME_ENDS.month, SUMMER_TIME_ENDS.day, 12)
    assert any(one.received_at < change < one.promised_by for one, _ in lived)

    outcomes: Counter[str] = Counter()
    for referral, called_at in lived:
        assert referral.promised_by == promise_by(
            referral.received_at, practice.hours, practice.promise, practice.time_zone
        )
        kept = called_at is not None and called_at <= referral.promised_by
        outcomes["kept" if kept else "escalated"] += 1
        if not kept:
            _assert_escalated(stage, referral)
        _assert_seemly(stage, referral, called_at, calendar)
    assert outcomes["kept"] > 5
    assert outcomes["escalated"] > 5

    _assert_nothing_twice(stage)
    _assert_recurring_work(stage)


def _assert_escalated(stage: Stage, referral: Referral) -> None:
    """Both people know before the promise ends, and everybody when it has ended."""
    heard = {
        one.delivery.address: one.at for one in reversed(stage.about(referral))
    }  # the first time
    assert heard[OWNER] < referral.promised_by
    assert heard[SECOND] < referral.promised_by
    broken = [
        one
        for one in stage.about(referral)
        if isinstance(one.parcel, ReminderParcel) and one.parcel.rung == "broken"
    ]
    assert len(broken) == 3
    assert {one.at for one in broken} == {referral.promised_by}


def _assert_seemly(
    stage: Stage, referral: Referral, called_at: datetime | None, calendar: WorkingCalendar
) -> None:
    """Nobody is rung at night for a promise that holds, nor after the call."""
    for one in stage.about(referral):
        if one.delivery.kind is DeliveryKind.NOTICE:
            assert one.at == referral.received_at
            continue
        assert called_at is None or one.at <= called_at
        assert (
            one.at >= referral.promised_by
            or is_open(one.at - LAG, calendar)
            or is_open(one.at, calendar)
        )


def _assert_nothing_twice(stage: Stage) -> None:
    assert len({one.delivery.message_id for one in stage.messages}) == len(stage.messages)
    same_moment = Counter(
        (one.delivery.referral_id, one.delivery.address, one.at)
        for one in stage.messages
        if one.delivery.referral_id
    )
    assert set(same_moment.values()) == {1}
    counts = stage.ledger.deliveries.counts()
    assert counts[DeliveryState.STUCK] == counts[DeliveryState.UNKNOWN] == 0


def _assert_recurring_work(stage: Stage) -> None:
    digests = [one for one in stage.messages if isinstance(one.parcel, DigestParcel)]
    days = [one.at.astimezone(stage.house.services.practice.time_zone) for one in digests]
    assert [day.hour for day in days] == [7] * len(days)
    assert len({day.date() for day in days}) == len(days) == (END - BEGIN).days
    drills = [
        one
        for one in stage.messages
        if isinstance(one.parcel, NoticeParcel)
        and one.parcel.is_drill
        and one.delivery.channel is Channel.EMAIL
    ]
    weeks = [one.at.isocalendar().week for one in drills]
    assert len(weeks) == len(set(weeks)) == 4
