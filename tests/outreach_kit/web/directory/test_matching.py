"""Who suits one person: never somebody who cannot help, and what is missing is said."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.practice import Practice
from outreach_kit.web.directory import By, Match, Wish, find_matches, sort_out
from tests.outreach_kit.web.directory.groups import TODAY, group_of, people, the_group

wishes = st.builds(
    Wish,
    need=st.sampled_from(("", "panic", "sleep", "nothing-like-it")),
    age=st.sampled_from(("", "child", "older")),
    language=st.sampled_from(("", "es", "ko")),
    plan=st.sampled_from(("", "premera", "regence")),
    site=st.sampled_from(("", "port-wren", "online-or")),
)


def match(wish: Wish, practice: Practice | None = None) -> tuple[Match, ...]:
    return find_matches(sort_out(practice or the_group(), TODAY), wish)


def names(found: tuple[Match, ...]) -> list[str]:
    return [one.entry.clinician.first_name for one in found]


@given(people, wishes)
def test_everybody_named_does_it_and_sees_that_age(told: list[dict[str, Any]], wish: Wish) -> None:
    practice = group_of(told)
    found = match(wish, practice)
    asked = dict(wish.asked(By))
    able = [
        one
        for one in sort_out(practice, TODAY).entries
        if all(one.answers_to(by, asked[by]) for by in (By.NEED, By.AGE) if by in asked)
    ]
    assert bool(found) == bool(able)
    for one in found:
        assert one.entry in able
        assert {*one.meets, *one.misses} == set(asked)
        assert all(one.entry.answers_to(by, asked[by]) for by in one.meets)
        assert not any(one.entry.answers_to(by, asked[by]) for by in one.misses)


@given(people, wishes)
def test_list_is_short_and_nobody_left_out_is_better(
    told: list[dict[str, Any]], wish: Wish
) -> None:
    practice = group_of(told)
    found = match(wish, practice)
    assert len(found) <= 5
    if any(one.misses for one in found):
        assert len(found) <= 3
        assert all(one.misses for one in found), "who fits all of it stands alone"
    ranks = [(len(one.misses), By.LANGUAGE in one.misses) for one in found]
    assert ranks == sorted(ranks)
    for before, after in pairwise(found):
        if before.misses == after.misses:
            assert before.entry.has_room >= after.entry.has_room


def test_one_who_fits_is_found_with_what_speaks_for_her() -> None:
    (ana,) = match(Wish(need="loss", language="es", plan="kaiser-ppo"))
    assert ana.entry.clinician.first_name == "Ana"
    assert (ana.meets, ana.misses) == ((By.NEED, By.LANGUAGE, By.PLAN), ())


def test_plan_that_is_missing_is_said_and_bars_nobody() -> None:
    (samuel,) = match(Wish(need="outbursts", plan="regence", site="port-wren"))
    assert samuel.misses == (By.PLAN,)


def test_nobody_is_named_for_an_age_that_nobody_sees_with_it() -> None:
    assert match(Wish(need="loss", age="child")) == ()


def test_nothing_asked_names_those_with_room_first() -> None:
    found = match(Wish())
    assert [one.entry.has_room for one in found] == [True, True, False, False]
    assert set(names(found)[:2]) == {"Ana", "Margarethe"}
