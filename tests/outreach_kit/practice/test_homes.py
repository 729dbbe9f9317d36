"""A text is looked for in the file of its language, and in the main one where that says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.homes import find_home
from outreach_kit.practice.lines import Key
from tests.samples import GROUP_PRACTICE

ANA, ANA_ES = "clinicians/ana-ruiz/clinician.toml", "clinicians/ana-ruiz/clinician.es.toml"


@pytest.fixture(scope="module")
def told() -> Practice:
    return load_practice(GROUP_PRACTICE).in_language("es")


@pytest.mark.parametrize(
    ("file", "path", "home"),
    [
        ("practice.toml", ("practice", "niche"), "practice.es.toml"),
        ("practice.toml", ("address", "street"), "practice.toml"),
        ("practice.toml", ("address", "parking"), "practice.es.toml"),
        ("practice.toml", ("insurance", "plans"), "practice.toml"),
        (ANA, ("niche",), ANA_ES),
        (ANA, ("name",), ANA),
        (ANA, ("not_fit",), ANA_ES),
        (ANA, ("not_fit", 2), ANA_ES),
        (ANA, ("refer_when",), ANA),  # a line is taken out of the main file, with its slug
        (ANA, ("refer_when", 1, "text"), ANA_ES),
        ("audiences.toml", ("audience", 1, "say"), "audiences.es.toml"),
        ("trainings.toml", ("training", 0, "about"), "trainings.es.toml"),
        ("notes/monday-stomach-aches.es.md", (), "notes/monday-stomach-aches.es.md"),
    ],
)
def test_the_file_that_says_it_is_named(told: Practice, file: str, path: Key, home: str) -> None:
    assert find_home(told, file, path) == (home, path)


def test_a_table_is_found_by_its_slug_wherever_it_stands(told: Practice) -> None:
    overlay = told.overlay("es")
    turned = replace(overlay, audiences=overlay.audiences[::-1])
    other = replace(told, overlays={"es": turned})
    assert find_home(other, "audiences.toml", ("audience", 0, "name")) == (
        "audiences.es.toml", ("audience", 2, "name"),
    )  # fmt: skip


def test_in_the_main_language_every_text_is_at_home() -> None:
    practice = load_practice(GROUP_PRACTICE)
    assert find_home(practice, ANA, ("niche",)) == (ANA, ("niche",))
