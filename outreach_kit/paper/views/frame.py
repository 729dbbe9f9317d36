"""What every sheet has: whom it is for, its colours, its properties, and where its words came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote, urlencode

from outreach_kit.brand import palette
from outreach_kit.errors import Problem
from outreach_kit.frozen import frozen
from outreach_kit.paper.fields import FormField
from outreach_kit.paper.jobs import SheetJob
from outreach_kit.paper.qr import Correction, make_qr
from outreach_kit.paper.sheet import Door
from outreach_kit.paper.wording import Wording, breakable_address, wording_in
from outreach_kit.practice import Audience, Clinician, Practice, Prose, Training
from outreach_kit.practice.facts import Branch
from outreach_kit.practice.homes import find_home
from outreach_kit.practice.lines import Key, find_key_lines, line_of

QR_ON_A_PAGE_MM: Final = 30.0
PRACTICE_FILE: Final = "practice.toml"
AUDIENCES_FILE: Final = "audiences.toml"
TRAININGS_FILE: Final = "trainings.toml"


@frozen
class Commission:
    """One job and all that it may be printed from; two equal commissions give the same bytes."""

    job: SheetJob
    practice: Practice
    today: dt.date
    language: str
    form_url: str | None
    site_url: str | None

    @classmethod
    def of(
        cls,
        job: SheetJob,
        practice: Practice,
        today: dt.date,
        *,
        form_url: str | None,
        site_url: str | None,
        language: str | None = None,
    ) -> Self:
        """The job in its language: the practice and the clinician with their texts in it."""
        language = language or job.language or practice.language
        told = practice.in_language(language)
        if job.clinician is not None and told is not practice:
            job = replace(job, clinician=told.clinician(job.clinician.slug))
        if job.clinician is not None:
            told = told.as_of(job.clinician)
        return cls(job, told, today, language, form_url, site_url)

    @property
    def wording(self) -> Wording:
        return wording_in(self.language)

    @property
    def clinician(self) -> Clinician | None:
        """Who the sheet is about: a practice of one is its clinician."""
        if self.job.clinician is not None or self.practice.is_group:
            return self.job.clinician
        return self.practice.clinicians[0]

    @property
    def audience(self) -> Audience:
        """Whom the sheet speaks to; the practice's first audience, unless it is made for another."""
        return self.practice.audience(self.job.edition) or self.practice.audiences[0]

    @property
    def training(self) -> Training:
        """The talk that the sheet is about; raises ValueError when it is about none."""
        training = self.practice.training(self.job.edition)
        if training is None:
            raise ValueError(f"{self.job.filename} is about no talk")
        return training


@frozen
class Place:
    """Where something stands in the practice folder."""

    file: str
    path: Key

    @property
    def key(self) -> str:
        return ".".join(map(str, self.path))

    def home(self, practice: Practice) -> Place:
        """Where it was written in the language in which the practice is told."""
        return Place(*find_home(practice, self.file, self.path))

    def problem(self, folder: Path, what: str, todo: str) -> Problem:
        """A problem on the line where it stands, or on the whole file when the key is not there."""
        line = 0
        if self.path:
            text = (folder / self.file).read_text(encoding="utf-8-sig")
            line = line_of(find_key_lines(text), self.path)
        return Problem(self.file, line, self.key, what, todo)


@frozen
class Passage:
    """A text of the practice's own that takes room on the sheet."""

    place: Place
    text: str


@frozen
class SheetView:
    """What one sheet says, ready to be placed: `data` is plain JSON.

    `lists` names each list that may be cut when the page is full, by the keys under which the
    template knows them; `passages` are the texts that may be shortened; `fields` are the places to type
    in, by the names that the template links to.
    """

    template: str
    data: Mapping[str, Any]
    lists: Mapping[str, Place] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    fields: Mapping[str, FormField] = field(default_factory=dict)


Views = Mapping[str, Callable[[Commission], SheetView]]
"""The views of one kind of sheets, by the sheet's name in the catalogue."""


def frame(
    commission: Commission, *, title: str, description: str, keywords: list[str]
) -> dict[str, Any]:
    """The part of the data that the theme reads: document properties, page, language, colours."""
    wording = commission.wording
    return {
        "title": title,
        "author": commission.practice.name,
        "description": description,
        "keywords": keywords,
        "language": commission.language.split("-")[0],
        "region": commission.language.partition("-")[2] or None,
        "direction": wording.direction,
        "paper": commission.job.paper.typst_name,
        "palette": asdict(palette(commission.practice.brand)),
    }


def in_language(texts: Mapping[str, Prose], language: str) -> Prose:
    """The text in that language, else in the language that comes first."""
    return texts.get(language) or next(iter(texts.values()))


def clinician_file(clinician: Clinician) -> str:
    return f"clinicians/{clinician.slug}/clinician.toml"


def passages_of(commission: Commission, clinician: Clinician | None) -> tuple[Passage, ...]:
    """Every single text that may be long: the clinician's own, then the practice's."""
    practice = commission.practice
    address, insurance = practice.address, practice.insurance
    sites = practice.facts.sites
    door: Key = ("sites", sites.index(address)) if isinstance(address, Branch) else ("address",)
    found: list[tuple[str, Key, str | None]] = []
    if clinician is not None:
        file, facts = clinician_file(clinician), clinician.facts
        found += [
            (file, ("name",), facts.name),
            (file, ("credentials",), ", ".join(facts.credentials)),
            (file, ("niche",), facts.niche),
            (file, ("recommend",), facts.recommend),
            (file, ("not_fit_promise",), facts.not_fit_promise),
        ]
    found += [
        (PRACTICE_FILE, ("practice", "name"), practice.name),
        (PRACTICE_FILE, ("practice", "niche"), practice.identity.niche),
        (PRACTICE_FILE, ("insurance", "note"), insurance.note),
        (PRACTICE_FILE, (*door, "street"), address.street),
        (PRACTICE_FILE, (*door, "parking"), address.parking),
        (PRACTICE_FILE, (*door, "access"), address.access),
    ]
    return tuple(Passage(Place(file, path), text) for file, path, text in found if text)


def door_url(commission: Commission) -> str | None:
    """Where the sheet's QR code leads: the form in the language of the sheet, the office's code in it.

    None without a form server.
    """
    base, sheet, source = commission.form_url, commission.job.sheet, commission.job.source
    if not base or sheet.door is None:
        return None
    path = "hello" if sheet.door is Door.PATIENT else "refer"
    whose = commission.job.clinician
    if whose and commission.practice.is_group:
        path += "/" + quote(whose.slug)
    query = "?" + urlencode({"source": source.code}) if source else ""
    folder = commission.practice.folder_of(commission.language)
    return f"{base.rstrip('/')}{folder}/{path}{query}"


def door_code(
    commission: Commission,
    *,
    symbol_mm: float = QR_ON_A_PAGE_MM,
    correction: Correction = Correction.M,
) -> dict[str, Any] | None:
    """The QR code with its address for the eye and its words for the ear."""
    url = door_url(commission)
    if url is None:
        return None
    _ = commission.wording.gettext
    alt = (
        _("QR code that opens the form to ask for a call at {url}")
        if commission.job.sheet.door is Door.PATIENT
        else _("QR code that opens the referral form at {url}")
    )
    return draw_code(url, alt.format(url=url), symbol_mm, correction)


def draw_code(
    url: str, alt: str, symbol_mm: float, correction: Correction = Correction.M
) -> dict[str, Any]:
    """A QR code as the templates place it: the drawing, its measures, its address and its words."""
    code = make_qr(url, correction)
    return {
        "svg": code.svg,
        "side_mm": round(code.side_mm(symbol_mm), 3),
        "quiet_mm": round(code.quiet_mm(symbol_mm), 3),
        "url": url,
        "text": breakable_address(url),
        "alt": alt,
    }


def foot(commission: Commission) -> dict[str, Any]:
    """The last line: where the practice is, for whom and when the sheet was made."""
    wording, practice = commission.wording, commission.practice
    _ = wording.gettext
    source = commission.job.source
    facts = [practice.name, *practice.address.lines]
    if commission.site_url:
        facts.append(breakable_address(commission.site_url))
    return {
        "facts": facts,
        "date": wording.month(commission.today),
        "source": _("Prepared for {office}").format(office=source.name) if source else None,
    }
