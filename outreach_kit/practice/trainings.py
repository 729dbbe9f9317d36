"""What `trainings.toml` may say: the talks that offices, schools and congregations can ask for."""

from __future__ import annotations

from typing import Annotated, Any

from outreach_kit.practice.facts import Facts, Lines, Slugs
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.shapes import After, Before, Limits, Schema, asked_last
from outreach_kit.practice.values import Line, Slug, Text, refuse, refuse_twins

_Length = Annotated[int, Limits(5, 480)]


def _listed(raw: Any) -> Any:
    return [raw] if isinstance(raw, int) and not isinstance(raw, bool) else raw


def _rising(lengths: tuple[int, ...]) -> tuple[int, ...]:
    if list(lengths) != sorted(set(lengths)):
        raise refuse(
            "The lengths do not rise.", "Write each once, the shortest first, like [15, 45]."
        )
    return lengths


def check_two_sentences(text: str) -> str:
    if (count := len(split_sentences(text))) > 2:
        raise refuse(f"It has {count} sentences.", "Say it in one or two.")
    return text


Minutes = Annotated[
    tuple[_Length, ...],
    After(_rising),
    Before(_listed),
    Limits(1),
    Schema(
        {"type": ["integer", "array"], "items": {"type": "integer"}, "examples": [15, [15, 45]]}
    ),
]
About = Annotated[Text, After(check_two_sentences), Limits(most=420)]


class Training(Facts):
    """One talk."""

    slug: Slug
    """Its name in addresses and file names."""
    title: Line
    minutes: Minutes
    """How long it takes; a list when there is a short and a long form: [15, 45]."""
    audiences: Slugs = ()
    """For whom, by the slugs of audiences.toml; everybody, when this is missing."""
    about: About
    """One or two sentences: what it is about."""
    points: Annotated[Lines, Limits(1)]
    """What they take home."""
    needs: Line | None = None
    """What has to be there: “A room; no screen”."""


class TrainingsFile(Facts):
    """The whole of `trainings.toml`."""

    training: Annotated[tuple[Training, ...], Limits(most=60)] = ()
    """One [[training]] table for each talk."""

    @asked_last
    def _differ(self) -> None:
        refuse_twins("trainings", (one.slug for one in self.training))
