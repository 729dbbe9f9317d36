"""A practice folder in memory: every page, sheet, form and script is made from this and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from outreach_kit.practice.clinician import ClinicianFile, ReferWhen
from outreach_kit.practice.facts import (
    Address,
    Booking,
    Brand,
    Contact,
    Fee,
    Hours,
    Identity,
    Insurance,
    Payment,
    PracticeFile,
    Promise,
)

OTHER_REASON = ReferWhen(slug="other", text="Something else", short="Something else")


@dataclass(frozen=True)
class Prose:
    """Markdown as its author wrote it; `line` is the 1-based line of the file on which it begins."""

    text: str
    file: str
    line: int = 1


@dataclass(frozen=True)
class Page:
    """A page of the owner's own words: `pages/<slug>.md`, once per language."""

    slug: str
    title: str
    description: str
    body: Prose
    language: str
    in_menu: bool = True


@dataclass(frozen=True)
class Clinician:
    """One clinician: the facts, and the prose in each language that has it."""

    slug: str
    facts: ClinicianFile
    profile: Mapping[str, Prose]
    elevator_speech: Mapping[str, Prose]
    portrait: Path | None = None

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def name_and_credentials(self) -> str:
        return ", ".join((self.facts.name, *self.facts.credentials))

    @property
    def first_name(self) -> str:
        return self.facts.name.split()[0]

    @property
    def initials(self) -> str:
        words = self.facts.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def recommend(self) -> str:
        """The sentence that an office says; the patient hears a name and not “a therapist”."""
        return self.facts.recommend or (
            f"I recommend {self.name}, by name. I think you will feel in good hands there."
        )


@dataclass(frozen=True)
class Practice:
    """Everything in one practice folder, loaded and checked. `clinicians` is never empty."""

    folder: Path
    facts: PracticeFile
    clinicians: tuple[Clinician, ...]
    pages: tuple[Page, ...] = ()
    files: tuple[Path, ...] = field(default=(), repr=False)
    """Every file that was read; whoever wants to know what is stale asks these."""

    @property
    def identity(self) -> Identity:
        return self.facts.practice

    @property
    def name(self) -> str:
        return self.facts.practice.name

    @property
    def niche(self) -> str:
        return self.facts.practice.niche or self.clinicians[0].facts.niche

    @property
    def contact(self) -> Contact:
        return self.facts.contact

    @property
    def address(self) -> Address:
        return self.facts.address

    @property
    def mailing_address(self) -> Address:
        return self.facts.mailing_address or self.facts.address

    @property
    def hours(self) -> Hours:
        return self.facts.hours

    @property
    def booking(self) -> Booking:
        return self.facts.booking

    @property
    def fees(self) -> tuple[Fee, ...]:
        return self.facts.fees

    @property
    def insurance(self) -> Insurance:
        return self.facts.insurance

    @property
    def payment(self) -> Payment:
        return self.facts.payment

    @property
    def promise(self) -> Promise:
        return self.facts.promise

    @property
    def brand(self) -> Brand:
        return self.facts.brand

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.facts.practice.time_zone)

    @property
    def language(self) -> str:
        return self.facts.practice.languages[0]

    @property
    def is_group(self) -> bool:
        return len(self.clinicians) > 1

    @property
    def reasons(self) -> tuple[ReferWhen, ...]:
        """Every clinician's reasons once, in order, and “something else” last."""
        by_slug = {
            reason.slug: reason for one in self.clinicians for reason in one.facts.refer_when
        }
        return (*by_slug.values(), OTHER_REASON)

    def clinician(self, slug: str) -> Clinician | None:
        return next((one for one in self.clinicians if one.slug == slug), None)

    def today(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self.time_zone).date()
