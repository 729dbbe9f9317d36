"""Colleagues are suggested by what the patient needs, with the reasons in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.outreach.kinds import Kind
from outreach_kit.outreach.matching import Candidate, Need, Suggestion, say_openings, suggest

TODAY = dt.date(2026, 11, 16)
GRIEF = Kind("grief", "Grief")
DRINKING = Kind("substance-dependence", "Substance dependence as the main concern")


def a_candidate(name: str = "Iris Okafor", **facts: Any) -> Candidate:
    return Candidate(id=name.lower(), name=name, **facts)


def only(need: Need, **facts: Any) -> Suggestion:
    return suggest(need, [a_candidate(**facts)], TODAY)[0]


def order(need: Need, *candidates: Candidate) -> list[str]:
    return [one.candidate.name for one in suggest(need, candidates, TODAY)]


def test_every_reason_is_said_in_words() -> None:
    need = Need((GRIEF,), "premera", "español", "teen", within_miles=20)
    found = only(
        need, needs=("grief",), youngest=12, oldest=20, languages=("English", "Spanish"),
        plans=("Premera", "Regence"), miles=6, openings=2, openings_on=dt.date(2026, 11, 14),
    )  # fmt: skip
    assert found.fits == (
        "Takes: Grief", "Sees ages 12 to 20", "Speaks español", "Takes their plan: Premera",
        "2 openings as of Nov 14", "6 miles",
    )  # fmt: skip
    assert found.asks == found.misses == ()


def test_what_does_not_fit_is_said_as_well() -> None:
    need = Need((GRIEF,), "Premera", "Spanish", "teen", within_miles=20)
    found = only(
        need, needs=("trauma",), youngest=18, languages=("English",), plans=("Regence",),
        sliding_scale=True, self_pay=True, miles=40, openings=0, openings_on=TODAY,
    )  # fmt: skip
    assert found.fits == ()
    assert found.misses == (
        "Not on their list: Grief", "Sees ages 18 and older only", "Speaks English only",
        "Not in network with Premera; self-pay and sliding scale", "No openings as of Nov 16",
        "40 miles",
    )  # fmt: skip


def test_what_nobody_knows_is_for_the_call_to_find_out() -> None:
    found = only(Need((GRIEF,), "Premera", "Spanish", "teen", within_miles=20))
    assert found.asks == (
        "Ask what they take", "Ask which ages they see", "Ask whether they speak Spanish",
        "Ask whether they take Premera", "Call to ask about openings", "Ask where they are",
    )  # fmt: skip
    assert found.misses == ()


@pytest.mark.parametrize("days", [31, 400, -1])
def test_an_old_count_of_openings_is_never_said(days: int) -> None:
    on = TODAY - dt.timedelta(days=days)
    assert say_openings(3, on, TODAY).text == "Call to ask about openings"
    assert say_openings(0, on, TODAY).text == "Call to ask about openings"


def test_a_count_of_thirty_days_ago_is_still_said_with_its_day() -> None:
    assert say_openings(1, TODAY - dt.timedelta(days=30), TODAY).text == "1 opening as of Oct 17"


def test_free_words_and_the_practices_own_line_mean_the_same_need() -> None:
    assert only(Need((DRINKING,)), need_words=("substance dependence",)).fits
    assert only(Need((DRINKING,)), need_words=("trauma",)).misses


def test_who_cannot_help_comes_after_everybody_who_can() -> None:
    need = Need((GRIEF,), "Premera", "Spanish", "adult")
    right = a_candidate("Right", needs=("grief",), languages=("Spanish",), youngest=18)
    too_young = a_candidate(
        "Young", needs=("grief",), languages=("Spanish",), youngest=5, oldest=12,
        plans=("Premera",), openings=5, openings_on=TODAY, miles=1,
    )  # fmt: skip
    full = a_candidate(
        "Full", needs=("grief",), languages=("Spanish",), youngest=18, plans=("Premera",),
        openings=0, openings_on=TODAY,
    )  # fmt: skip
    for shuffled in permutations([right, too_young, full]):
        assert order(need, *shuffled)[0] == "Right"


def test_more_of_the_need_comes_first_then_plan_then_openings_then_distance() -> None:
    need = Need((GRIEF, DRINKING), "Premera")
    both = a_candidate("Both", needs=("grief", "substance-dependence"), miles=90)
    plan = a_candidate("Plan", needs=("grief",), plans=("Premera",), miles=30)
    room = a_candidate("Room", needs=("grief",), openings=1, openings_on=TODAY, miles=20)
    near = a_candidate("Near", needs=("grief",), miles=2)
    far = a_candidate("Far", needs=("grief",), miles=12)
    for shuffled in permutations([far, near, room, plan, both]):
        assert order(need, *shuffled) == ["Both", "Plan", "Room", "Near", "Far"]


def test_inside_the_practice_comes_first_when_they_can_help() -> None:
    outside = a_candidate("Ann", needs=("grief",), plans=("Premera",), miles=1)
    inside = a_candidate("Zoe", needs=("grief",), is_inside=True)
    assert order(Need((GRIEF,), "Premera"), outside, inside) == ["Zoe", "Ann"]
    cannot = a_candidate("Zoe", needs=("trauma",), is_inside=True)
    assert order(Need((GRIEF,), "Premera"), outside, cannot) == ["Ann", "Zoe"]


def test_online_brings_the_far_ones_near_in_their_state_only() -> None:
    need = Need(online_in="WA", within_miles=10)
    assert "Online in WA" in only(need, telehealth=("OR", "WA"), miles=200).fits
    assert "200 miles" in only(need, telehealth=("OR",), miles=200).misses
    assert "Online in OR only" in only(need, telehealth=("OR",)).asks


def test_who_lists_no_language_works_in_english() -> None:
    assert only(Need(language="English")).asks == ("Call to ask about openings",)


def test_a_candidate_has_no_room_for_what_is_owed() -> None:
    known = {one.name for one in fields(Candidate)} | {one.name for one in fields(Need)}
    assert not known & {"given", "received", "owed", "thanked_at", "asked", "source_code"}


_NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True)
_FACTS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    needs=st.sampled_from([(), ("grief",), ("trauma",)]),
    plans=st.sampled_from([(), ("Premera",), ("Premera Blue",)]),
    youngest=st.sampled_from([None, 5, 18]),
    languages=st.sampled_from([(), ("English",), ("es",)]),
    miles=st.sampled_from([None, 3, 300]),
    openings=st.sampled_from([None, 0, 4]),
    openings_on=st.sampled_from([None, TODAY, dt.date(2026, 1, 1)]),
    is_inside=st.booleans(),
)


@given(names=_NAMES, facts=st.lists(_FACTS, min_size=6, max_size=6), random=st.randoms())
def test_order_depends_on_nothing_but_need_and_facts(
    names: list[str], facts: list[dict[str, Any]], random: Any
) -> None:
    need = Need((GRIEF,), "Premera", "Spanish", "adult", "WA", 20)
    candidates = [a_candidate(name, **each) for name, each in zip(names, facts, strict=False)]
    first = suggest(need, candidates, TODAY)
    random.shuffle(candidates)
    assert suggest(need, candidates, TODAY) == first
    assert {one.candidate.id for one in first} == set(names)
