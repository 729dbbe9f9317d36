"""What the files of a second language may say: `practice.es.toml` and its siblings hold words only.

Each model has the texts of the one that it translates, under the same keys, all of them optional. A
fact (a price, a number, a day) has one home and is refused here; so nothing can differ by language
that must not. Tables in a list are found again by their slugs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from outreach_kit.practice.audiences import AudiencesFile, OneSentence, Saying
from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.facts import Facts, Lines, PracticeFile
from outreach_kit.practice.resources import ResourcesFile
from outreach_kit.practice.trainings import About, TrainingsFile
from outreach_kit.practice.values import Line, Niche, Slug


class IdentityWords(Facts):
    niche: Niche | None = None


class AddressWords(Facts):
    parking: Line | None = None
    access: Line | None = None


class SiteWords(AddressWords):
    slug: Slug
    """Which of the sites, by its slug in practice.toml."""


class BookingWords(Facts):
    note: Line | None = None


class FeeWords(Facts):
    slug: Slug
    """Which fee: its slug, or its kind (“intake”) when it has none."""
    name: Line | None = None
    note: Line | None = None


class InsuranceWords(Facts):
    note: Line | None = None


class PaymentWords(Facts):
    methods: Lines = ()
    due: Line | None = None
    cancellation: Line | None = None


class PracticeWords(Facts):
    """The whole of `practice.<language>.toml`."""

    practice: IdentityWords | None = None
    address: AddressWords | None = None
    sites: tuple[SiteWords, ...] = ()
    mailing_address: AddressWords | None = None
    booking: BookingWords | None = None
    fees: tuple[FeeWords, ...] = ()
    insurance: InsuranceWords | None = None
    payment: PaymentWords | None = None


class ReasonWords(Facts):
    slug: Slug
    """Which reason, by its slug in clinician.toml."""
    text: Line | None = None
    short: Line | None = None


class LicenseWords(Facts):
    type: Line | None = None


class ClinicianWords(Facts):
    """The whole of `clinician.<language>.toml`."""

    pronouns: Line | None = None
    title: Line | None = None
    license: LicenseWords | None = None
    niche: Niche | None = None
    recommend: Line | None = None
    refer_when: tuple[ReasonWords, ...] = ()
    not_fit: Lines = ()
    not_fit_promise: Line | None = None
    approaches: Lines = ()
    portrait_alt: Line | None = None


class AudienceWords(Facts):
    slug: Slug
    """Which audience, by its slug in audiences.toml."""
    name: Line | None = None
    person: Line | None = None
    people: Line | None = None
    who: Line | None = None
    place: Line | None = None
    opening: OneSentence | None = None
    refer_when: Lines = ()
    say: Saying | None = None
    how: Lines = ()


class AudiencesWords(Facts):
    """The whole of `audiences.<language>.toml`."""

    audience: tuple[AudienceWords, ...] = ()


class TrainingWords(Facts):
    slug: Slug
    """Which talk, by its slug in trainings.toml."""
    title: Line | None = None
    about: About | None = None
    points: Lines = ()
    needs: Line | None = None


class TrainingsWords(Facts):
    """The whole of `trainings.<language>.toml`."""

    training: tuple[TrainingWords, ...] = ()


class HelpLineWords(Facts):
    slug: Slug
    """Which line, by its slug in resources.toml."""
    name: Line | None = None
    text_word: Line | None = None
    hours: Line | None = None
    about: Line | None = None


class ResourcesWords(Facts):
    """The whole of `resources.<language>.toml`."""

    line: tuple[HelpLineWords, ...] = ()


FACTS_OF: Final[Mapping[type[Facts], type[Facts]]] = {
    PracticeWords: PracticeFile,
    ClinicianWords: ClinicianFile,
    AudiencesWords: AudiencesFile,
    TrainingsWords: TrainingsFile,
    ResourcesWords: ResourcesFile,
}
"""The file of facts over which each file of words lies."""
