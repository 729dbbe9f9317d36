"""When somebody will call: the practice's own working time, and deadlines counted in it. Pure."""

from outreach_kit.promise.calendar import Absence, NeverOpen, WorkingCalendar
from outreach_kit.promise.deadline import promise_by, promise_within, working_time_between
from outreach_kit.promise.plan import (
    Course,
    Rung,
    Stage,
    Turn,
    climb,
    first_check_at,
    is_open,
    put_right,
)
from outreach_kit.promise.public_holidays import (
    UnknownHolidays,
    holidays_in,
    named_holidays_in,
    recall_holidays,
)
from outreach_kit.promise.words import describe_moment, describe_promise

__all__ = [
    "Absence",
    "Course",
    "NeverOpen",
    "Rung",
    "Stage",
    "Turn",
    "UnknownHolidays",
    "WorkingCalendar",
    "climb",
    "describe_moment",
    "describe_promise",
    "first_check_at",
    "holidays_in",
    "is_open",
    "named_holidays_in",
    "promise_by",
    "promise_within",
    "put_right",
    "recall_holidays",
    "working_time_between",
]
