"""Which sheets are to be printed: the catalogue met with a practice, papers and perhaps one office."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from outreach_kit.errors import UsageError
from outreach_kit.frozen import frozen
from outreach_kit.paper.catalogue import CATALOGUE, find_sheet
from outreach_kit.paper.sheet import Each, Need, Paper, Scope, Sheet
from outreach_kit.paper.wording import speaks
from outreach_kit.practice import Clinician, Practice

_CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,30}[A-Za-z0-9])?")
MAX_SOURCE_NAME: Final = 80


class SourceRefused(UsageError):
    """An office's code or name cannot be printed."""

    def __init__(self, field: str, value: str, what: str, todo: str) -> None:
        self.field, self.value = field, value
        super().__init__(f"The {field} “{value[:60]}” {what}. {todo}")


@frozen
class Source:
    """The office that a sheet is made for; its code goes into the QR code, its name into small type.

    `greet` are the names of its front desk, for the sheet of a visit there.
    """

    code: str
    name: str
    greet: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise SourceRefused(
                "code", self.code, "cannot stand in a web address",
                "Use 1 to 32 letters, digits and inner hyphens, like “k7m2xq”.",
            )  # fmt: skip
        if not self.name.strip() or not self.name.isprintable():
            raise SourceRefused(
                "name", self.name, "is empty or holds a control character",
                "Write the office's name on one line.",
            )  # fmt: skip
        if len(self.name) > MAX_SOURCE_NAME:
            raise SourceRefused(
                "name", self.name, f"has {len(self.name)} characters",
                f"Shorten it to {MAX_SOURCE_NAME}.",
            )  # fmt: skip


@frozen
class TalkDay:
    """When and where a talk is, as far as that was agreed on; empty is left to the pen."""

    on: dt.date | None = None
    time: str = ""
    place: str = ""


@frozen
class SheetJob:
    """One sheet on one paper; `clinician` is None where the sheet speaks for the practice.

    `edition` is the slug of the audience or training that it is for, where the sheet exists once for
    each; it is empty for the first audience. `language` is empty for the practice's first. `talk` is
    for the flyer and the list of one talk.
    """

    sheet: Sheet
    clinician: Clinician | None
    paper: Paper
    source: Source | None = None
    edition: str = ""
    language: str = ""
    talk: TalkDay = TalkDay()

    @property
    def filename(self) -> str:
        """Like `guide-letter.pdf` or `nora-ellison-elevator-card-a4.pdf`; unique within a plan."""
        whose = self.clinician.slug if self.clinician else None
        code = self.source.code if self.source else None
        paper = self.paper.value if self.paper is not Paper.OWN else None
        parts = (whose, self.sheet.name, self.edition, code, self.language, paper)
        return "-".join(filter(None, parts)) + ".pdf"


def plan_sheets(
    practice: Practice,
    *,
    papers: Iterable[Paper],
    only: str | None = None,
    source: Source | None = None,
    whose: Collection[str | None] | None = None,
) -> tuple[SheetJob, ...]:
    """The jobs in the catalogue's order, then by language, clinician, edition and paper.

    `whose` are the slugs of the clinicians to print for, and None for what speaks for the practice;
    without it all are printed for. With a source come only the sheets that can be made for one office.
    Raises UnknownSheet when `only` names no sheet, and UsageError when the two leave nothing to print.
    """
    wanted = (*dict.fromkeys(papers), Paper.OWN)
    rows = (find_sheet(only),) if only else CATALOGUE
    jobs = tuple(
        SheetJob(sheet, clinician, paper, source, edition, language)
        for sheet in rows
        if _fits_source(sheet, source) and sheet.scope is not Scope.DESK
        for language in _languages(practice)
        for clinician in _whose(sheet, practice, whose)
        if _holds(practice, clinician, sheet.needs)
        for edition in _editions(sheet, practice, clinician)
        for paper in wanted
        if paper in sheet.papers
    )
    if only and not jobs:
        raise UsageError(_nothing(rows[0], practice, source))
    return jobs


def _fits_source(sheet: Sheet, source: Source | None) -> bool:
    return sheet.for_one_office if source else sheet.scope is not Scope.SOURCE


def _languages(practice: Practice) -> tuple[str, ...]:
    """The practice's first language, and each other one that the sheets can speak."""
    return ("", *(tag for tag in practice.identity.languages[1:] if speaks(tag)))


def _whose(
    sheet: Sheet, practice: Practice, whose: Collection[str | None] | None
) -> Iterator[Clinician | None]:
    if sheet.scope is not Scope.CLINICIAN and (whose is None or None in whose):
        yield None
    if sheet.scope is Scope.CLINICIAN or (sheet.scope is Scope.PRACTICE and practice.is_group):
        yield from (one for one in practice.clinicians if whose is None or one.slug in whose)


def _editions(sheet: Sheet, practice: Practice, clinician: Clinician | None) -> Iterator[str]:
    """Slugs of what the sheet exists once for; the first audience is the one of a sheet without any."""
    match sheet.each:
        case None:
            yield ""
        case Each.TRAINING:
            yield from (training.slug for training in practice.trainings)
        case Each.AUDIENCE:
            for audience in practice.audiences:
                if clinician is None or clinician in practice.clinicians_for(audience):
                    yield "" if audience is practice.audiences[0] else audience.slug


def _holds(practice: Practice, clinician: Clinician | None, need: Need | None) -> bool:
    """Whether the folder has what the sheet is made from; a résumé is the clinician's own."""
    match need:
        case None:
            return True
        case Need.FAX:
            own = practice.as_of(clinician) if clinician else practice
            return own.contact.fax is not None
        case Need.TRAININGS:
            return bool(practice.trainings)
        case Need.NOTES:
            return bool(practice.notes)
        case Need.RESUME:
            return clinician is not None and bool(clinician.resume)


def _nothing(sheet: Sheet, practice: Practice, source: Source | None) -> str:
    if sheet.scope is Scope.DESK:
        return f"The sheet “{sheet.name}” is no part of a build: {sheet.about}"
    if source and not sheet.for_one_office:
        return f"The sheet “{sheet.name}” is not made for one office. Leave out --source."
    if sheet.scope is Scope.SOURCE and not source:
        return f"The sheet “{sheet.name}” is made for one office. Add --source and --source-name."
    if sheet.needs and not any(_holds(practice, one, sheet.needs) for one in practice.clinicians):
        return f"There is no sheet “{sheet.name}” yet. {sheet.needs.todo}"
    papers = ", ".join(sheet.papers)
    return f"The sheet “{sheet.name}” is printed on {papers}. Choose one of these papers."
