"""An accent that cannot be read is an error: it would be printed, and handed over."""

from __future__ import annotations

from collections.abc import Iterator

from outreach_kit.brand import accent_complaint
from outreach_kit.errors import Problem
from outreach_kit.practice import Practice
from outreach_kit.practice.lines import find_key_lines, line_of


def find_pale_accent(practice: Practice) -> Iterator[Problem]:
    """A problem on the line of `brand.accent` when white text on it, or it on white, is too faint."""
    if complaint := accent_complaint(practice.brand):
        text = (practice.folder / "practice.toml").read_text(encoding="utf-8-sig")
        line = line_of(find_key_lines(text), ("brand", "accent"))
        yield Problem("practice.toml", line, "brand.accent", *complaint)
