"""What the further places of a practice say twice, or leave out where it differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import PRACTICE_FILE, Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.hours import Week
from outreach_kit.practice.zones import zone_of


def _repeated(look: Look) -> Iterator[Problem]:
    practice = look.practice
    for place, site in enumerate(practice.facts.sites):
        same = {
            "phone": site.phone == practice.contact.phone,
            "fax": bool(site.fax) and site.fax == practice.contact.fax,
            "hours": isinstance(site.hours, Week) and site.hours.week == practice.hours.week,
        }
        for key in (one for one, is_same in same.items() if is_same):
            yield look.at_key(
                PRACTICE_FILE, ("sites", place, key),
                f"{site.called} has the same {key} as the practice.",
                "Delete it here: a site without its own has the practice’s.",
            )  # fmt: skip


def _without_clock(look: Look) -> Iterator[Problem]:
    practice = look.practice
    here = practice.time_zone
    for place, site in enumerate(practice.facts.sites):
        if site.country != "US" or site.time_zone or site.region == practice.address.region:
            continue
        usual = zone_of(site.region)
        if _offset(here, look.today) != _offset(ZoneInfo(usual), look.today):
            yield look.at_key(
                PRACTICE_FILE, ("sites", place),
                f"{site.called} is in {site.region}, where clocks mostly differ from the practice’s.",
                f'Add time_zone = "{usual}", or the practice’s own where the clocks agree.',
            )  # fmt: skip


def _offset(zone: ZoneInfo, day: dt.date) -> dt.timedelta | None:
    return dt.datetime.combine(day, dt.time(12), zone).utcoffset()


CHECKS: Final = (
    Check(
        Rule(
            "site-repeats", "a site has the same number or the same hours as the practice",
            "What stands twice is changed once, and then one of the two is wrong.",
        ),
        _repeated,
    ),
    Check(
        Rule(
            "site-clock", "a site is in a state where clocks differ, and has no time zone",
            "Whoever comes at nine by the other clock is an hour early, or late.",
        ),
        _without_clock,
    ),
)  # fmt: skip
