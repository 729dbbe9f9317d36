"""A link that leads nowhere is found in the owner's words, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.publish.links import find_dead_links
from tests.outreach_kit.practice.conftest import Spoil, folder, spoil

__all__ = ["folder", "spoil"]
KNOWN = frozenset({"/", "/fees/", "/print/guide-letter.pdf"})


@pytest.mark.parametrize(
    ("target", "todo"),
    [
        ("/fee/", "one of the site's own pages"),
        ("/fees", "Write “/fees/”"),
        ("/fees/x.pdf#a", "own pages"),
    ],
)
def test_dead_link_is_named_with_file_and_line(
    folder: Path, spoil: Spoil, target: str, todo: str
) -> None:
    spoil("pages/privacy.md", "## Not for", f"[x]({target})\n\n## Not for")
    (problem,) = find_dead_links(load_practice(folder), KNOWN)
    assert problem.file == "pages/privacy.md"
    text = (folder / "pages/privacy.md").read_text("utf-8").splitlines()
    assert target in text[problem.line - 1]
    assert todo in problem.todo


@pytest.mark.parametrize(
    "target", ["/fees/", "/fees/#plans", "https://example.org/x", "#below", "tel:988"]
)
def test_living_and_foreign_links_pass(folder: Path, spoil: Spoil, target: str) -> None:
    spoil("pages/privacy.md", "## Not for", f"[x]({target})\n\n## Not for")
    assert not list(find_dead_links(load_practice(folder), KNOWN))
