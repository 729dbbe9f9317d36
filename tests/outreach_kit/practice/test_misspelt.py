"""A file whose name is slightly wrong is told of instead of being passed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.practice import load_practice

HOME = "clinicians/nora-ellison"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("audience.toml", "audiences.toml"),
        ("training.es.toml", "trainings.es.toml"),
        ("Practice.es.toml", "practice.es.toml"),
        ("note", "notes"),
        (f"{HOME}/Résumé.md", "resume.md"),
        (f"{HOME}/elevator_speech.es.md", "elevator-speech.es.md"),
        (f"{HOME}/clinicians.es.toml", "clinician.es.toml"),
    ],
)
def test_name_that_is_nearly_right_is_told_of(
    folder: Path, problems: Callable[[], tuple[Problem, ...]], name: str, meant: str
) -> None:
    (folder / name).write_text("", encoding="utf-8")
    (problem,) = problems()
    assert problem.file == name
    assert problem.todo.startswith(f"Did you mean {meant}?")


@pytest.mark.parametrize(
    "name",
    ["README.md", "_audience.toml", "netlify.toml", f"{HOME}/_profile.md", f"{HOME}/letters.md"],
)
def test_other_names_are_nobodys_business(folder: Path, name: str) -> None:
    (folder / name).write_text("anything = [", encoding="utf-8")
    assert load_practice(folder).trainings
