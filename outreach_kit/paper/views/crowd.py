"""A house with too many to name on one page: what its sheets say of them together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

from outreach_kit.paper.views.frame import Commission
from outreach_kit.practice import Clinician, Practice, ReferWhen

MOST_NAMED: Final = 8
"""More than these do not fit a one-page guide beside what each of them is for."""
MOST_REASONS: Final = 12


def are_too_many(whose: Sequence[Clinician]) -> bool:
    """Whether a sheet that speaks for all of them names none."""
    return len(whose) > MOST_NAMED


def say_how_many(commission: Commission, whose: Sequence[Clinician]) -> str:
    """“12 clinicians”."""
    count = len(whose)
    said = commission.wording.ngettext("{count} clinician", "{count} clinicians", count)
    return said.format(count=count)


def shared_reasons(whose: Sequence[Clinician]) -> tuple[ReferWhen, ...]:
    """What most of them take, most widely shared first, no more than a page has room for."""
    takers = Counter(one.slug for each in whose for one in each.facts.refer_when)
    first = {one.slug: one for each in reversed(whose) for one in reversed(each.facts.refer_when)}
    return tuple(first[slug] for slug, _ in takers.most_common(MOST_REASONS))


def reasons_to_tick(practice: Practice) -> tuple[ReferWhen, ...]:
    """Without “something else”; of many clinicians what most of them take."""
    if are_too_many(practice.clinicians):
        return shared_reasons(practice.clinicians)
    return practice.reasons[:-1]


def count_openings(whose: Sequence[Clinician], today: dt.date) -> tuple[int, dt.date] | None:
    """All fresh ones together, and the day of the oldest count; None where nobody has any."""
    fresh = [
        one.facts.openings
        for one in whose
        if one.facts.openings and one.facts.openings.count and one.facts.openings.fresh(today)
    ]
    if not fresh:
        return None
    return sum(one.count or 0 for one in fresh), min(one.on for one in fresh)
