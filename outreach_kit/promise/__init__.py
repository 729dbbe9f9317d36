"""When somebody will call: the practice's own working time, and deadlines counted in it. Pure."""

from outreach_kit.promise.calendar import Absence, NeverOpen, WorkingCalendar
from outreach_kit.promise.deadline import promise_by, working_time_between
from outreach_kit.promise.public_holidays import UnknownHolidays, holidays_in
from outreach_kit.promise.words import describe_moment, describe_promise

__all__ = [
    "Absence",
    "NeverOpen",
    "UnknownHolidays",
    "WorkingCalendar",
    "describe_moment",
    "describe_promise",
    "holidays_in",
    "promise_by",
    "working_time_between",
]
