"""A practice folder that each test may spoil in its own way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import ContentError, Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice

CLINICIAN = "clinicians/nora-ellison/clinician.toml"
Spoil = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "practice"
    shutil.copytree(SAMPLE_PRACTICE, copy)
    return copy


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace a text that must be there in a file of the copied practice."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Callable[[], tuple[Problem, ...]]:
    """Load the copied practice, which must fail, and return what is wrong with it."""

    def load() -> tuple[Problem, ...]:
        with pytest.raises(ContentError) as caught:
            load_practice(folder)
        return caught.value.problems

    return load
