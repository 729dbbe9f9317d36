"""Two entries for one person are found and joined; two people are left two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from form_server.desk.colleagues.same import Known, is_same, unite
from form_server.ledger import ColleagueFacts
from tests.form_server.desk.colleagues.people import IRIS


@pytest.mark.parametrize(
    "other",
    [
        ColleagueFacts("Dr. Iris Okafor, PhD"),
        ColleagueFacts("iris okafor", practice="north fork recovery"),
        ColleagueFacts("I. Okafor", email="IRIS@northfork.example"),
        ColleagueFacts("Iris B. Okafor", phone="(360) 555-0161", practice="Elsewhere"),
    ],
)
def test_one_person_is_known_again(other: ColleagueFacts) -> None:
    assert Known([("1", IRIS)]).find(other) == "1"
    assert is_same(IRIS, other)
    assert is_same(other, IRIS)


@pytest.mark.parametrize(
    "other",
    [
        ColleagueFacts("Iris Okafor", practice="Cedar Family Therapy"),
        ColleagueFacts("Sam Rivera", phone="(360) 555-0161"),
        ColleagueFacts("Sam Rivera", email="iris@northfork.example"),
        ColleagueFacts("Okafor"),
    ],
)
def test_two_people_stay_two(other: ColleagueFacts) -> None:
    assert Known([("1", IRIS)]).find(other) is None
    assert not is_same(IRIS, other)


def test_joining_loses_nothing_and_takes_what_is_newer() -> None:
    newer = ColleagueFacts(
        "Iris Okafor", phone="(360) 555-0199", plans=("Premera",), sliding_scale=True, notes="New.",
        openings=0, openings_on=date(2026, 11, 15),
    )  # fmt: skip
    joined = unite(replace(IRIS, notes="Old."), newer)
    assert joined == replace(
        IRIS, phone="(360) 555-0199", plans=("Regence", "Premera"), sliding_scale=True,
        notes="Old.\nNew.", openings=0, openings_on=date(2026, 11, 15),
    )  # fmt: skip


def test_an_older_count_of_openings_does_not_come_back() -> None:
    older = ColleagueFacts("Iris Okafor", openings=9, openings_on=date(2026, 1, 1))
    assert unite(IRIS, older).openings == 2


def test_joining_twice_changes_nothing() -> None:
    once = unite(IRIS, IRIS)
    assert once == IRIS
