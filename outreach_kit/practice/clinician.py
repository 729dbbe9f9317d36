"""What `clinicians/<slug>/clinician.toml` may say: one clinician, and whom to send to them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from outreach_kit.practice.built_in import NOT_FIT_PROMISES
from outreach_kit.practice.facts import ARRAY, Facts, Language, Lines, Slugs
from outreach_kit.practice.values import (
    Day,
    Email,
    Line,
    Niche,
    Npi,
    PhoneNumber,
    Slug,
    WebAddress,
    refuse,
    refuse_twins,
)

OPENINGS_FRESH_DAYS = 14
"""After so many days a count of openings is no longer shown as current."""


class ReferWhen(Facts):
    """One reason to refer: a line on the guide, a tick box on the form."""

    slug: Slug
    """Its name in links and records; do not change it once cards are printed."""
    text: Line
    """As it stands on the guide, after “Refer when …”."""
    short: Line | None = None
    """As it stands beside the tick box; the text serves when this is missing."""

    @property
    def label(self) -> str:
        return self.short or self.text


class Ages(Facts):
    youngest: Annotated[int, Field(ge=0, le=120)]
    oldest: Annotated[int, Field(ge=0, le=120)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.oldest is not None and self.oldest < self.youngest:
            raise refuse("The oldest age is below the youngest.", "Swap them.")
        return self


class License(Facts):
    type: Line
    number: Line
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Openings(Facts):
    """How many new people can start, as counted on a day; the count goes stale."""

    count: Annotated[int, Field(ge=0, le=99)]
    on: Day
    """The day on which you counted, like 2026-11-16."""
    first_available_on: Day | None = None

    def fresh(self, today: dt.date) -> bool:
        return 0 <= (today - self.on).days <= OPENINGS_FRESH_DAYS


class ClinicianFile(Facts):
    """The whole of `clinician.toml`."""

    name: Line
    credentials: Lines = ()
    pronouns: Line | None = None
    title: Line | None = None
    """What you are called in words: “Clinical social worker”."""
    npi: Npi | None = None
    taxonomy: Annotated[str, Field(pattern=r"^[0-9A-Z]{9}X$")] | None = None
    """Health-care provider taxonomy code, like 1041C0700X."""
    license: License | None = None

    niche: Niche
    """One or two sentences, used word for word on every page, card, letter and script."""
    recommend: Line | None = None
    """The sentence an office can say to a patient; one is made from the name when missing."""
    refer_when: Annotated[tuple[ReferWhen, ...], Field(strict=False, min_length=1)]
    not_fit: Annotated[tuple[Line, ...], Field(strict=False, min_length=1)]
    """Who is better served elsewhere."""
    not_fit_promise: Line = NOT_FIT_PROMISES["en"]

    approaches: Lines = ()
    ages: Ages
    languages: Annotated[tuple[Language, ...], Field(strict=False, min_length=1)] = ("en",)
    """Languages in which sessions are held."""
    telehealth: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...], ARRAY] = ()
    """States in which you may see people online."""
    in_person: bool = True
    sites: Slugs = ()
    """Where you see people in person, by the slugs of the sites; [address] when left out."""
    plans: Lines = ()
    """Those of the practice's plans that you are in network with; all of them when left out."""
    openings: Openings | None = None

    email: Email | None = None
    phone: PhoneNumber | None = None
    booking_url: WebAddress | None = None
    portrait: Line | None = None
    """A picture file beside this one; initials stand in when there is none."""
    portrait_alt: Line | None = None

    @model_validator(mode="after")
    def _reasons_differ(self) -> Self:
        slugs = [reason.slug for reason in self.refer_when]
        refuse_twins("reasons", slugs)
        if "other" in slugs:
            raise refuse(
                "A reason is called “other”.", "That one always exists; pick another slug."
            )
        return self

    @model_validator(mode="after")
    def _has_a_door(self) -> Self:
        if self.sites and not self.in_person:
            raise refuse(
                "There are sites, and nobody is seen in person.",
                "Delete sites, or write in_person = true.",
            )
        return self
