"""What was printed, and whose sheets are left out. Light: a build of the website alone asks too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice
from outreach_kit.publish.request import BuildRequest
from outreach_kit.web import PrintLink

if TYPE_CHECKING:
    from outreach_kit.paper import SheetJob

MOST_PEOPLE: Final = 40
"""In a larger house the sheets of each clinician are printed when somebody asks for them."""


@frozen
class Printed:
    """One sheet; `picture` is its first page as PNG, empty where another paper's serves as well."""

    job: SheetJob
    title: str
    pages: int
    width: int
    height: int
    pdf: bytes
    picture: bytes

    @property
    def preview(self) -> str:
        """File name of the picture; empty when there is none."""
        return f"{Path(self.job.filename).stem}.png" if self.picture else ""

    def without_bytes(self) -> Printed:
        """What pages tell of it; the sheets of five thousand people are gigabytes."""
        return replace(self, pdf=b"", picture=self.picture[:1])

    @property
    def files(self) -> Mapping[str, bytes]:
        picture = {self.preview: self.picture} if self.picture else {}
        return {self.job.filename: self.pdf, **picture}


@frozen
class PrintedSheets:
    """In the catalogue's order."""

    sheets: tuple[Printed, ...] = ()

    @property
    def links(self) -> tuple[PrintLink, ...]:
        """What the website offers."""
        return tuple(_link(one) for one in self.sheets if one.job.sheet.is_public)


def leaves_out_people(practice: Practice, request: BuildRequest) -> bool:
    """Whether a build that was asked for nothing in particular prints only what speaks for all.

    A clinician's sheets take a core three seconds and fill 4 MB: for thousands that is hours and a disk.
    """
    asked = request.clinicians or request.only not in {"", "site"}
    return not asked and len(practice.clinicians) > MOST_PEOPLE


def _link(printed: Printed) -> PrintLink:
    from outreach_kit.paper import Each  # late: a build of the website alone prints nothing

    job = printed.job
    return PrintLink(
        title=printed.title,
        filename=job.filename,
        preview=printed.preview,
        pages=printed.pages,
        paper=job.paper.value,
        about=job.sheet.about,
        audience="" if job.edition and job.sheet.each is Each.AUDIENCE else job.sheet.audience,
        preview_width=printed.width,
        preview_height=printed.height,
        language=job.language,
    )
