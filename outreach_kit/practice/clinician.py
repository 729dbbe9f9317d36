"""What `clinicians/<slug>/clinician.toml` may say: one clinician, and whom to send to them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from outreach_kit.practice.built_in import NOT_FIT_PROMISES
from outreach_kit.practice.facts import Facts, Language, Lines, Slugs
from outreach_kit.practice.shapes import Limits, asked_last
from outreach_kit.practice.values import (
    Day,
    Email,
    Line,
    Link,
    Niche,
    Npi,
    PhoneNumber,
    Slug,
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
    youngest: Annotated[int, Limits(0, 120)]
    oldest: Annotated[int, Limits(0, 120)] | None = None

    @asked_last
    def _in_order(self) -> None:
        if self.oldest is not None and self.oldest < self.youngest:
            raise refuse("The oldest age is below the youngest.", "Swap them.")


class License(Facts):
    type: Line
    number: Line
    state: Annotated[str, Limits(like=r"^[A-Z]{2}$")]


class Openings(Facts):
    """How many new people can start, as counted on a day; the count goes stale."""

    count: Annotated[int, Limits(0, 99)]
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
    taxonomy: Annotated[str, Limits(like=r"^[0-9A-Z]{9}X$")] | None = None
    """Health-care provider taxonomy code, like 1041C0700X."""
    license: License | None = None

    niche: Niche
    """One or two sentences, used word for word on every page, card, letter and script."""
    recommend: Line | None = None
    """The sentence an office can say to a patient; one is made from the name when missing."""
    refer_when: Annotated[tuple[ReferWhen, ...], Limits(1)]
    not_fit: Annotated[tuple[Line, ...], Limits(1)]
    """Who is better served elsewhere."""
    not_fit_promise: Line = NOT_FIT_PROMISES["en"]

    approaches: Lines = ()
    ages: Ages
    languages: Annotated[tuple[Language, ...], Limits(1)] = ("en",)
    """Languages in which sessions are held."""
    telehealth: tuple[Annotated[str, Limits(like=r"^[A-Z]{2}$")], ...] = ()
    """States in which you may see people online."""
    in_person: bool = True
    sites: Slugs = ()
    """Where you see people in person, by the slugs of the sites; [address] when left out."""
    plans: Lines = ()
    """Those of the practice's plans that you are in network with; all of them when left out."""
    openings: Openings | None = None

    email: Email | None = None
    phone: PhoneNumber | None = None
    booking_url: Link | None = None
    portrait: Line | None = None
    """A picture file beside this one; initials stand in when there is none."""
    portrait_alt: Line | None = None

    @asked_last
    def _reasons_differ(self) -> None:
        slugs = [reason.slug for reason in self.refer_when]
        refuse_twins("reasons", slugs)
        if "other" in slugs:
            raise refuse(
                "A reason is called “other”.", "That one always exists; pick another slug."
            )

    @asked_last
    def _has_a_door(self) -> None:
        if self.sites and not self.in_person:
            raise refuse(
                "There are sites, and nobody is seen in person.",
                "Delete sites, or write in_person = true.",
            )
