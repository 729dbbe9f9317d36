"""The ladder that a referral without an answer climbs: who is told again, and when. Pure.

While nobody has tried to call, each rung is taken once, counted in working time of the promise, so
that no one is called out of bed for a promise that still holds:

- check: five working minutes in, whether anybody was told at all;
- remind: half of the promise has passed, the first person is reminded;
- channel: two thirds have passed, the first person is told on a second channel;
- person: five sixths have passed, a second person is told, with a sixth left to call in;
- broken: the promise has run out; everybody is told, at whatever hour that becomes known;
- repeat: everybody again, each working morning for a week and each fifth one after it.

A pause ("I have it in hand") holds the ladder and lets it begin anew in the last quarter of what was
left of the promise. It stops nothing: only a recorded attempt does, and that ends the clock.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from typing import Final, Self

from outreach_kit.frozen import frozen
from outreach_kit.promise.calendar import WorkingCalendar
from outreach_kit.promise.deadline import after_open_time, open_time_between

CHECK_AFTER: Final = dt.timedelta(minutes=5)
"""A mail that was refused is known of within seconds; retries of what is merely slow go on."""
_PROMPT: Final = dt.timedelta(minutes=10)
"""What fell due in hours is sent so long after closing: the worker may have been busy."""
_SHORT_REST: Final = dt.timedelta(minutes=30)
"""Less than this after a pause has no room for three messages: all are told at once."""
_DAILY_REPEATS: Final = 5
_LATER_GAP_DAYS: Final = 5


class Rung(StrEnum):
    CHECK = "check"
    REMIND = "remind"
    CHANNEL = "channel"
    PERSON = "person"
    BROKEN = "broken"
    REPEAT = "repeat"


# Shares of the promise, and after a pause of what was left of it.
_SHARES: Final = {
    Rung.REMIND: (Fraction(1, 2), Fraction(3, 4)),
    Rung.CHANNEL: (Fraction(2, 3), Fraction(5, 6)),
    Rung.PERSON: (Fraction(5, 6), Fraction(11, 12)),
}
_NEXT: Final = {
    Rung.CHECK: Rung.REMIND,
    Rung.REMIND: Rung.CHANNEL,
    Rung.CHANNEL: Rung.PERSON,
    Rung.PERSON: Rung.BROKEN,
    Rung.BROKEN: Rung.REPEAT,
    Rung.REPEAT: Rung.REPEAT,
}


@frozen
class Stage:
    """The rung that comes next; `resumed` after a pause; `count` of repeats so far."""

    rung: Rung = Rung.CHECK
    resumed: bool = False
    count: int = 0

    def __str__(self) -> str:
        return f"{self.rung.value} {int(self.resumed)} {self.count}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str` wrote; a text that it did not write begins the ladder anew."""
        try:
            rung, resumed, count = text.split()
            return cls(Rung(rung), resumed == "1", int(count))
        except ValueError:
            return cls()


@frozen
class Course:
    """What the clock of a referral counts from; `armed_at` is when the next rung was expected."""

    received_at: dt.datetime
    promised_by: dt.datetime
    armed_at: dt.datetime
    paused_at: dt.datetime | None = None


@frozen
class Turn:
    """Rungs to take now, lowest first and perhaps none, and the one to wait for until `at`."""

    taken: tuple[Rung, ...]
    stage: Stage
    at: dt.datetime


def first_check_at(received_at: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    """When the clock of a referral is looked at first. Raises NeverOpen."""
    return calendar.next_open(received_at + CHECK_AFTER)


def climb(stage: Stage, course: Course, now: dt.datetime, calendar: WorkingCalendar) -> Turn:
    """What is due at `now`; `Turn.at` is always later than `now`. Raises NeverOpen.

    After an outage several rungs can be due at once, and are taken together.
    """
    stage = _resumed(stage, course)
    waiting, taken = stage, list[Rung]()
    at = late_since = moment_of(stage, course, calendar)
    while at <= now:
        taken.append(stage.rung)
        late_since = at
        stage = _after(stage)
        if stage.rung is Rung.REPEAT:
            at = _repeat_at(stage, now, calendar)
        else:
            at = moment_of(stage, course, calendar)
    promise_holds = now < course.promised_by
    if taken and promise_holds and now - late_since > _PROMPT and not is_open(now, calendar):
        return Turn((), waiting, min(calendar.next_open(now), course.promised_by))
    return Turn(tuple(taken), stage, at)


def put_right(
    stage: Stage, course: Course, now: dt.datetime, calendar: WorkingCalendar
) -> tuple[Stage, dt.datetime] | None:
    """Where a ladder stands by its facts alone, when that is due sooner than `course.armed_at`.

    For a clock that ran ahead and was set back: no rung is waited for longer than its plan says,
    and a promise that was given up is guarded again from where it stands. What was taken early is
    not taken twice while the rungs above it are still to come. None when all is as it should be.
    Raises NeverOpen.
    """
    stage = _resumed(stage, course)
    if stage.rung is Rung.REPEAT:
        reached = _reached(course, now, calendar)
        stage = stage if reached.rung is Rung.REPEAT else reached
    if stage.rung is Rung.REPEAT:
        at = _repeat_at(stage, now, calendar)
    else:
        at = max(moment_of(stage, course, calendar), now)
        if at == now and now < course.promised_by and not is_open(now, calendar):
            at = min(calendar.next_open(now), course.promised_by)
    return (stage, at) if at < course.armed_at else None


def _reached(course: Course, now: dt.datetime, calendar: WorkingCalendar) -> Stage:
    """The first rung that is still to come, were all that are due taken in their time."""
    stage = _resumed(Stage(), course)
    while stage.rung is not Rung.REPEAT and moment_of(stage, course, calendar) <= now:
        stage = _after(stage)
    return stage


def moment_of(stage: Stage, course: Course, calendar: WorkingCalendar) -> dt.datetime:
    """When a rung is due, in UTC; never after the promise for those that are to keep it."""
    match stage.rung:
        case Rung.CHECK:
            return min(first_check_at(course.received_at, calendar), course.promised_by)
        case Rung.BROKEN:
            return course.promised_by
        case Rung.REPEAT:
            held = course.paused_at and _morning_after(course.paused_at, 1, calendar)
            return max(course.armed_at, held) if held else course.armed_at
    start = course.paused_at if stage.resumed and course.paused_at else course.received_at
    return _share_of(stage, start, course.promised_by, calendar)


def is_open(moment: dt.datetime, calendar: WorkingCalendar) -> bool:
    day = moment.astimezone(calendar.zone).date()
    return any(opens <= moment < closes for opens, closes in calendar.spans_on(day))


def _share_of(
    stage: Stage, start: dt.datetime, end: dt.datetime, calendar: WorkingCalendar
) -> dt.datetime:
    rest = open_time_between(start, end, calendar)
    share = _SHARES[stage.rung][stage.resumed]
    if stage.resumed and rest < _SHORT_REST:
        share = _SHARES[Rung.REMIND][1]
    if not rest:
        return end  # nobody is there before the promise ends; at its end everybody is told
    wanted = rest * share.numerator // share.denominator
    return min(after_open_time(start, wanted, calendar), end)


def _resumed(stage: Stage, course: Course) -> Stage:
    paused = course.paused_at is not None and course.paused_at < course.promised_by
    if paused and not stage.resumed and stage.rung is not Rung.REPEAT:
        return Stage(Rung.REMIND, resumed=True)
    return stage


def _after(stage: Stage) -> Stage:
    count = stage.count + (stage.rung in {Rung.BROKEN, Rung.REPEAT})
    return Stage(_NEXT[stage.rung], stage.resumed, count)


def _repeat_at(stage: Stage, now: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    gap = 1 if stage.count <= _DAILY_REPEATS else _LATER_GAP_DAYS
    return _morning_after(now, gap, calendar)


def _morning_after(moment: dt.datetime, days: int, calendar: WorkingCalendar) -> dt.datetime:
    """The opening of the working day so many working days after the day of `moment`."""
    tomorrow = moment.astimezone(calendar.zone).date() + dt.timedelta(days=1)
    day = next(islice(calendar.working_days_from(tomorrow), days - 1, None))
    return calendar.spans_on(day)[0][0]
