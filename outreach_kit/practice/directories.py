"""What `directories.toml` may say: where the practice is listed, and when its text was last pasted there."""

from __future__ import annotations

from typing import Annotated

from outreach_kit.practice.facts import Facts
from outreach_kit.practice.fingerprint import FINGERPRINT
from outreach_kit.practice.shapes import Limits, asked_last
from outreach_kit.practice.values import Day, Line, Link, Slug, refuse


class Listing(Facts):
    """One clinician's entry in one directory."""

    name: Slug
    """The directory: “psychology-today”, or a name of your own for one that we do not know."""
    title: Line | None = None
    """What it is called, for a directory of your own."""
    clinician: Slug | None = None
    """In a group: whose entry it is, by the name of the folder."""
    url: Link | None = None
    """Where the entry can be seen."""
    characters: Annotated[int, Limits(100, 20_000)] | None = None
    """How many characters a directory of your own takes."""
    pasted_on: Day | None = None
    """The day on which the text was last pasted there."""
    facts: Annotated[str, Limits(like=FINGERPRINT)] | None = None
    """What the text said on that day, as the page of directory texts shows it: “k3f9-…”."""

    @asked_last
    def _both_or_none(self) -> None:
        if self.facts and self.pasted_on is None:
            raise refuse("It says what was pasted and not when.", "Add pasted_on, like 2026-11-22.")

    @property
    def whole_name(self) -> str:
        return self.title or self.name.replace("-", " ").title()


class DirectoriesFile(Facts):
    """The whole of `directories.toml`."""

    directory: Annotated[tuple[Listing, ...], Limits(most=5_000)] = ()
    """One [[directory]] table for each entry."""

    @asked_last
    def _differ(self) -> None:
        seen: set[tuple[str, str | None]] = set()
        for one in self.directory:
            if (one.name, one.clinician) in seen:
                whose = f" of “{one.clinician}”" if one.clinician else ""
                raise refuse(
                    f"The entry “{one.name}”{whose} stands in it twice.",
                    "Keep one; it says when the text was last pasted.",
                )
            seen.add((one.name, one.clinician))
