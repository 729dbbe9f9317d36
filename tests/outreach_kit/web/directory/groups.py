"""Groups to sort out: the sample of four, and made-up ones of any kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from outreach_kit.practice import Clinician, Practice, load_practice
from outreach_kit.practice.clinician import Ages, Openings, ReferWhen
from tests.samples import GROUP_PRACTICE

TODAY = dt.date(2026, 11, 20)
_NEEDS = ("panic", "sleep", "grief", "teens")


@cache
def the_group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def _clinician(place: int, changes: dict[str, Any]) -> Clinician:
    ana = the_group().clinicians[0]
    return replace(ana, slug=f"person-{place}", facts=ana.facts.model_copy(update=changes))


_CHANGES = st.fixed_dictionaries(
    {
        "refer_when": st.lists(st.sampled_from(_NEEDS), min_size=1, unique=True).map(
            lambda slugs: tuple(ReferWhen(slug=one, text=one.title()) for one in slugs)
        ),
        "ages": st.tuples(st.integers(0, 70), st.none() | st.integers(70, 99)).map(
            lambda ages: Ages(youngest=ages[0], oldest=ages[1])
        ),
        "languages": st.sampled_from((("en",), ("en", "es"), ("es-MX",), ("vi", "en"))),
        "plans": st.sampled_from(((), ("Premera",), ("Regence", "Kaiser PPO"))),
        "in_person": st.booleans(),
        "sites": st.sampled_from(((), ("port-wren",), ("alder-falls", "port-wren"))),
        "telehealth": st.sampled_from(((), ("WA",), ("OR", "WA"))),
        "openings": st.none()
        | st.tuples(st.integers(0, 3), st.integers(-2, 40)).map(
            lambda told: Openings(count=told[0], on=TODAY - dt.timedelta(days=told[1]))
        ),
    }
)
people = st.lists(_CHANGES, min_size=1, max_size=12)
"""What differs among the clinicians of a group; `group_of` makes the group."""


def group_of(told: list[dict[str, Any]]) -> Practice:
    clinicians = tuple(_clinician(place, changes) for place, changes in enumerate(told))
    return replace(the_group(), clinicians=clinicians)
