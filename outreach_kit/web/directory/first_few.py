"""Whom a page names that is about something else: all of a small group, the first few of a large one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from outreach_kit.practice import Clinician, Practice
from outreach_kit.web.directory.facets import sort_out

MOST_LISTED: Final = 12
FIRST_FEW: Final = 6
"""So many of more than that, beside the way to all."""


def list_first(
    people: Sequence[Clinician], practice: Practice, today: dt.date
) -> tuple[Clinician, ...]:
    """In the directory's fair order; never empty where `people` is not."""
    chosen = {one.slug for one in people}
    entries = sort_out(practice, today).entries
    found = tuple(one.clinician for one in entries if one.clinician.slug in chosen)
    return found if len(found) <= MOST_LISTED else found[:FIRST_FEW]
