"""From a job to bytes: the view goes in as data, a PDF/UA-1 or its picture comes out."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst

from outreach_kit.frozen import frozen
from outreach_kit.paper.boxes import with_bleed
from outreach_kit.paper.fields import with_fields
from outreach_kit.paper.fonts import gather_fonts, search_fonts
from outreach_kit.paper.glyphs import missing_glyphs, unprintable
from outreach_kit.paper.jobs import SheetJob
from outreach_kit.paper.moulds import OWN_FONTS
from outreach_kit.paper.too_long import read_overflows, too_long
from outreach_kit.paper.views import Commission, SheetView, view_sheet
from outreach_kit.places import PAPER
from outreach_kit.practice import Practice

PREVIEW_PPI: Final = 110


class TypesettingFailed(RuntimeError):
    """The typesetter refused one of our own sheets: a bug of ours, never the practice's text."""


@frozen
class PrintedSheet:
    """A finished PDF. `pages` is counted by the typesetter."""

    bytes: bytes
    pages: int


@frozen
class _Impression:
    """One compiled document: the PDF, what the sheet reported, and how to have it as pictures."""

    pdf: bytes
    reports: tuple[Mapping[str, Any], ...]
    compiler: typst.Compiler
    inputs: Mapping[str, str]


class _Kept(threading.local):
    """A thread's own compilers: one that is shared by threads refuses to work."""

    def __init__(self) -> None:
        self.compilers: dict[object, typst.Compiler] = {}


class Press:
    """Prints sheets; keeps a warm compiler for each thread, so that it can be shared by threads.

    `cache` is a folder for the fonts. Text in a script that the fonts of the sheets lack is set in the
    practice's own fonts, and in the system's when those lack it too.
    """

    def __init__(self, cache: Path, *, sheets: Path = PAPER, system_fonts: bool = True) -> None:
        self._fonts = gather_fonts(cache)
        self._sheets = sheets
        self._system_fonts = system_fonts
        self._kept = _Kept()

    def pdf(
        self,
        job: SheetJob,
        practice: Practice,
        *,
        today: dt.date,
        timestamp: int,
        form_url: str | None,
        site_url: str | None,
        language: str | None = None,
    ) -> PrintedSheet:
        """The sheet as PDF/UA-1; `timestamp` (seconds since the epoch) is its creation date.

        The same arguments give the same bytes. Raises SheetTooLong when a page does not hold at the
        smallest type, MissingGlyphs when no font has a character.
        """
        commission = Commission.of(
            job, practice, today, form_url=form_url, site_url=site_url, language=language
        )
        return self.print(commission, timestamp=timestamp)

    def png(
        self,
        job: SheetJob,
        practice: Practice,
        *,
        today: dt.date,
        timestamp: int,
        form_url: str | None,
        site_url: str | None,
        language: str | None = None,
        ppi: float = PREVIEW_PPI,
    ) -> list[bytes]:
        """A picture of each page. The PDF is made first: it is what finds missing characters."""
        commission = Commission.of(
            job, practice, today, form_url=form_url, site_url=site_url, language=language
        )
        return self.pdf_and_pictures(commission, timestamp=timestamp, ppi=ppi)[1]

    def print(self, commission: Commission, *, timestamp: int) -> PrintedSheet:
        """What has been commissioned, as `pdf` does."""
        return self._print(commission, timestamp)[0]

    def pdf_and_pictures(
        self, commission: Commission, *, timestamp: int, ppi: float = PREVIEW_PPI
    ) -> tuple[PrintedSheet, list[bytes]]:
        """The sheet and a picture of each of its pages, for the price of one typesetting each."""
        sheet, template, impression = self._print(commission, timestamp)
        pictures = impression.compiler.compile(
            input=template,
            format="png",
            ppi=ppi,
            sys_inputs=dict(impression.inputs),
            timestamp=timestamp,
        )
        return sheet, pictures if isinstance(pictures, list) else [pictures or b""]

    def picture(self, template: str, data: Mapping[str, Any], practice: Practice) -> bytes | None:
        """What is no sheet: one page as PNG, each point a pixel; None when no font has all of it."""
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        place = str(self._sheets / template)
        for system in (False, True) if self._system_fonts else (False,):
            compiler = self._compiler(practice.folder / OWN_FONTS, system=system)
            try:
                compile_pdf(compiler, place, inputs, timestamp=0)  # a picture would not complain
            except typst.TypstError as error:
                if not unprintable(error.diagnostic):
                    raise TypesettingFailed(error.diagnostic) from error
                continue
            return draw_png(compiler, place, inputs)
        return None

    def _print(
        self, commission: Commission, timestamp: int
    ) -> tuple[PrintedSheet, str, _Impression]:
        view = view_sheet(commission)
        template = str(self._sheets / view.template)
        impression = self._compile(commission, view, template, timestamp)
        overflows = read_overflows(impression.reports)
        if overflows:
            raise too_long(commission.job.filename, overflows, view, commission.practice)
        pages = next(one["pages"] for one in impression.reports if one["kind"] == "pages")
        bleed_mm = commission.job.sheet.bleed_mm
        pdf = with_bleed(impression.pdf, bleed_mm) if bleed_mm else impression.pdf
        if view.fields:
            pdf = with_fields(pdf, view.fields)
        return PrintedSheet(pdf, pages), template, impression

    def _compile(
        self, commission: Commission, view: SheetView, template: str, timestamp: int
    ) -> _Impression:
        own = commission.practice.folder / OWN_FONTS
        inputs = {"data": json.dumps(view.data, ensure_ascii=False)}
        for system in (False, True) if self._system_fonts else (False,):
            compiler = self._compiler(own, system=system)
            try:
                pdf, reports = compile_pdf(compiler, template, inputs, timestamp)
            except typst.TypstError as error:
                missing = unprintable(error.diagnostic)
                if not missing:
                    raise TypesettingFailed(error.diagnostic) from error
                continue
            return _Impression(pdf, reports, compiler, inputs)
        raise missing_glyphs(missing, commission)

    def _compiler(self, own: Path, *, system: bool) -> typst.Compiler:
        """This thread's compiler for these fonts; a font that is added or changed makes a new one."""
        faces = sorted(own.iterdir()) if own.is_dir() else []
        stamps = tuple((face.name, face.stat().st_mtime_ns) for face in faces)
        compilers = self._kept.compilers
        key = (own if stamps else None, stamps, system)
        if key not in compilers:
            compilers[key] = typst.Compiler(
                root=str(self._sheets),
                font_paths=search_fonts(self._fonts, own, system=system),
                ignore_system_fonts=True,
            )
        return compilers[key]


def draw_png(compiler: typst.Compiler, template: str, inputs: Mapping[str, str]) -> bytes:
    """The first page, each point a pixel."""
    drawn = compiler.compile(input=template, format="png", ppi=72, sys_inputs=dict(inputs))
    first = drawn[0] if isinstance(drawn, list) else drawn
    if first is None:
        raise TypesettingFailed(f"{template} came out as nothing")
    return first


def compile_pdf(
    compiler: typst.Compiler, template: str, inputs: Mapping[str, str], timestamp: int
) -> tuple[bytes, tuple[Mapping[str, Any], ...]]:
    """PDF/UA-1 bytes and what the sheet reported of itself; a warning is as bad as an error."""
    pdf, warnings = compiler.compile_with_warnings(
        input=template,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=timestamp,
        sys_inputs=dict(inputs),
    )
    if warnings:
        raise TypesettingFailed("\n".join(warning.diagnostic for warning in warnings))
    if not isinstance(pdf, bytes):
        raise TypesettingFailed(f"{template} came out as {type(pdf).__name__}")
    return pdf, tuple(json.loads(compiler.query("<report>", field="value")))
