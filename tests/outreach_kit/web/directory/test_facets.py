"""Who answers to what, and in which order people stand: for any group."""

from __future__ import annotations

import datetime as dt
import weakref
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given

from outreach_kit.practice import Practice
from outreach_kit.practice.clinician import ReferWhen
from outreach_kit.web.directory import By, sort_out
from outreach_kit.web.directory.facets import MOST_OFFERED
from tests.outreach_kit.web.directory.groups import TODAY, group_of, people, the_group


def slugs_in(practice: Practice, today: dt.date = TODAY) -> list[str]:
    return [one.clinician.slug for one in sort_out(practice, today).entries]


@given(people)
def test_everybody_stands_in_it_once_and_those_with_room_first(told: list[dict[str, Any]]) -> None:
    practice = group_of(told)
    entries = sort_out(practice, TODAY).entries
    slugs = [one.clinician.slug for one in entries]
    assert sorted(slugs) == sorted(one.slug for one in practice.clinicians)
    room = [one.has_room for one in entries]
    assert room == sorted(room, reverse=True)
    for one in entries:
        openings = one.clinician.facts.openings
        assert one.has_room == bool(openings and openings.count and openings.fresh(TODAY))


def test_the_directory_is_at_hand_for_its_day_and_goes_with_its_practice() -> None:
    practice = replace(the_group())
    first = sort_out(practice, TODAY)
    assert sort_out(practice, TODAY) is first
    assert sort_out(practice, TODAY + dt.timedelta(days=1)) is not first
    gone = weakref.ref(practice)
    del practice
    assert gone() is None


@given(people)
def test_each_facet_has_just_those_who_answer_to_it_in_the_order_of_all(
    told: list[dict[str, Any]],
) -> None:
    practice = group_of(told)
    directory = sort_out(practice, TODAY)
    assert len({(one.by, one.slug) for one in directory.facets}) == len(directory.facets)
    for facet in directory.facets:
        who = directory.who(facet)
        assert who
        assert who == tuple(
            one for one in directory.entries if one.answers_to(facet.by, facet.slug)
        )
        assert directory.has_page(facet) == (2 <= len(who) < len(directory.entries))
    there = {(one.by, one.slug) for one in directory.facets}
    assert there == {
        (by, slug) for one in directory.entries for by, slugs in one.slugs.items() for slug in slugs
    }


@given(people)
def test_order_is_the_same_however_the_folder_lists_people(told: list[dict[str, Any]]) -> None:
    practice = group_of(told)
    turned = replace(practice, clinicians=practice.clinicians[::-1])
    assert slugs_in(turned) == slugs_in(practice)


def test_order_stays_for_as_long_as_the_month_and_the_counts_do() -> None:
    first, last = (dt.date(2026, 11, day) for day in (17, 29))
    assert slugs_in(the_group(), first) == slugs_in(the_group(), last)


def test_everybody_comes_first_in_some_month() -> None:
    nobody_counts = replace(
        the_group(),
        clinicians=tuple(
            replace(one, facts=one.facts.model_copy(update={"openings": None}))
            for one in the_group().clinicians
        ),
    )
    months = [dt.date(2026 + month // 12, month % 12 + 1, 1) for month in range(36)]
    first = Counter(slugs_in(nobody_counts, day)[0] for day in months)
    assert set(first) == {one.slug for one in the_group().clinicians}


def test_the_group_is_told_by_need_age_language_plan_and_place() -> None:
    directory = sort_out(the_group(), TODAY)
    answers = {
        by: {
            facet.slug: [one.clinician.first_name for one in directory.who(facet)]
            for facet in directory.of(by)
        }
        for by in By
    }
    assert answers[By.NEED]["loss"] == ["Ana"]
    assert answers[By.LANGUAGE]["es"] == ["Ana", "Tomás"]
    assert set(answers[By.AGE]["teen"]) == {"Tomás"}
    assert set(answers[By.PLAN]["apple-health"]) == {"Ana", "Samuel", "Tomás"}
    assert set(answers[By.PLACE]["port-wren"]) == {"Ana", "Samuel", "Tomás"}
    assert len(answers[By.PLACE]["online-wa"]) == 4
    shared = {facet.slug for facet in directory.shared()}
    assert shared == {"en", "premera", "online-wa"}


def test_spanish_site_has_the_same_addresses_and_other_words() -> None:
    english, spanish = (
        sort_out(the_group().in_language(language), TODAY).facets for language in ("en", "es")
    )
    assert [(one.by, one.slug) for one in english] == [(one.by, one.slug) for one in spanish]
    assert english[0].name != spanish[0].name


def test_of_thousands_of_reasons_those_that_most_share_are_offered() -> None:
    (ana, *_) = the_group().clinicians
    own = tuple(
        ReferWhen(slug=f"own-{place}", text=f"Own reason {place}") for place in range(MOST_OFFERED)
    )
    shared = ReferWhen(slug="shared", text="A reason of two")
    people = tuple(
        replace(one, facts=one.facts.model_copy(update={"refer_when": reasons}))
        for one, reasons in ((ana, (*own, shared)), (replace(ana, slug="bo"), (shared,)))
    )
    directory = sort_out(replace(the_group(), clinicians=people), TODAY)
    offered = [one.slug for one in directory.offered(By.NEED)]
    assert len(offered) == MOST_OFFERED
    assert "shared" in offered
    assert len(directory.of(By.NEED)) == MOST_OFFERED + 1
    (left_out,) = {one.slug for one in directory.of(By.NEED)} - set(offered)
    assert left_out.startswith("own-")
