"""What `trainings.toml` may say: the talks that offices, schools and congregations can ask for."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from outreach_kit.practice.facts import ARRAY, Facts, Lines, Slugs
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.values import Line, Slug, Text, refuse, refuse_twins

_Length = Annotated[int, Field(ge=5, le=480)]


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
    AfterValidator(_rising),
    BeforeValidator(_listed),
    Field(strict=False, min_length=1),
    WithJsonSchema(
        {"type": ["integer", "array"], "items": {"type": "integer"}, "examples": [15, [15, 45]]}
    ),
]
About = Annotated[Text, AfterValidator(check_two_sentences), Field(max_length=420)]


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
    points: Annotated[Lines, Field(min_length=1)]
    """What they take home."""
    needs: Line | None = None
    """What has to be there: “A room; no screen”."""


class TrainingsFile(Facts):
    """The whole of `trainings.toml`."""

    training: Annotated[tuple[Training, ...], ARRAY, Field(max_length=60)] = ()
    """One [[training]] table for each talk."""

    @model_validator(mode="after")
    def _differ(self) -> Self:
        refuse_twins("trainings", (one.slug for one in self.training))
        return self
