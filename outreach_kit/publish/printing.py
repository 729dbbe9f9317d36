"""Every sheet of a build, several at once, each from the cache when nothing that decides it has changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import struct
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from outreach_kit.errors import ContentError, Problem, UsageError
from outreach_kit.paper import CATALOGUE, Paper, Press, SheetJob, Source, find_sheet, plan_sheets
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.places import PAPER
from outreach_kit.practice import Practice
from outreach_kit.publish.cache import Cache
from outreach_kit.publish.request import BuildRequest
from outreach_kit.web import PrintLink

PREVIEW_PPI: Final = 72
OFFICES: Final = "offices"
"""Folder of the sheets made for one office each; no page links there."""
_HEADER: Final = struct.Struct(">4I")  # pages, width and height of the picture in pixels, PDF bytes


@dataclass(frozen=True)
class PrintedSheets:
    """`files` by name below the print folder: each PDF and its picture. `links` are for the public page."""

    files: Mapping[str, bytes]
    links: tuple[PrintLink, ...]
    count: int


@dataclass(frozen=True)
class _Order:
    """What every sheet of one build has in common."""

    practice: Practice
    today: dt.date
    form_url: str | None
    site_url: str | None
    timestamp: int
    is_dated: bool
    """Whether the date inside the PDF was asked for, and so decides the bytes."""


@dataclass(frozen=True)
class _Printed:
    pages: int
    width: int
    height: int
    pdf: bytes
    picture: bytes

    def pack(self) -> bytes:
        return (
            _HEADER.pack(self.pages, self.width, self.height, len(self.pdf))
            + self.pdf
            + self.picture
        )

    @classmethod
    def unpack(cls, raw: bytes) -> _Printed:
        pages, width, height, length = _HEADER.unpack_from(raw)
        cut = _HEADER.size + length
        return cls(pages, width, height, raw[_HEADER.size : cut], raw[cut:])


def print_sheets(
    practice: Practice,
    request: BuildRequest,
    *,
    today: dt.date,
    form_url: str | None,
    site_url: str | None,
    cache: Cache,
) -> PrintedSheets:
    """Raises ContentError with the problems of all sheets at once, UsageError for an unknown sheet."""
    order = _Order(
        practice,
        today,
        form_url,
        site_url,
        timestamp=_timestamp(request, practice, today),
        is_dated=request.timestamp is not None,
    )
    jobs = _plan(practice, request)
    press = Press(request.cache)
    moulds = _hash_moulds(practice)
    problems: list[Problem] = []

    def make(job: SheetJob) -> _Printed | None:
        try:
            return _Printed.unpack(
                cache(_key(job, order, moulds), lambda: _print(press, job, order).pack())
            )
        except ContentError as error:
            problems.extend(error.problems)
            return None

    with ThreadPoolExecutor(max_workers=request.jobs or os.cpu_count() or 1) as pool:
        printed = list(pool.map(make, jobs))
    if problems:
        raise ContentError(problems)
    done = [(job, one) for job, one in zip(jobs, printed, strict=True) if one is not None]
    return PrintedSheets(
        files={name: data for job, one in done for name, data in _files(job, one)},
        links=tuple(_link(job, one, practice) for job, one in done if job.source is None),
        count=len(done),
    )


def _plan(practice: Practice, request: BuildRequest) -> tuple[SheetJob, ...]:
    only = None if request.only in {"", "paper", "site"} else request.only
    if only:
        find_sheet(only)
    papers = [Paper(name) for name in request.papers]
    sources: Iterable[Source | None] = [Source(s.code, s.name) for s in request.sources] or [None]
    jobs = tuple(
        job
        for source in sources
        for job in plan_sheets(practice, papers=papers, only=only, source=source)
    )
    if not jobs:
        raise UsageError(
            f"Nothing is to be printed. The sheets are: {', '.join(s.name for s in CATALOGUE)}."
        )
    return jobs


def _print(press: Press, job: SheetJob, order: _Order) -> _Printed:
    sheet, pictures = press.pdf_and_pictures(
        _commission(job, order), timestamp=order.timestamp, ppi=PREVIEW_PPI
    )
    width, height = struct.unpack(">2I", pictures[0][16:24])  # the IHDR chunk of a PNG
    return _Printed(sheet.pages, width, height, sheet.bytes, pictures[0])


def _commission(job: SheetJob, order: _Order) -> Commission:
    practice = order.practice
    language = job.language or practice.language
    return Commission(job, practice, order.today, language, order.form_url, order.site_url)


def _key(job: SheetJob, order: _Order, moulds: str) -> str:
    """All that decides a sheet's bytes: its words and numbers, the moulds, the typesetter, the date."""
    view = view_sheet(_commission(job, order))
    date = order.timestamp if order.is_dated else ""
    data = json.dumps([view.template, view.data], ensure_ascii=False, sort_keys=True)
    return f"sheet {moulds} {PREVIEW_PPI} {date} {data}"


def _hash_moulds(practice: Practice) -> str:
    digest = hashlib.sha256(version("typst").encode())
    own_fonts = practice.folder / "fonts"
    for path in sorted(
        (*PAPER.rglob("*.typ"), *(own_fonts.glob("*") if own_fonts.is_dir() else ()))
    ):
        digest.update(path.name.encode() + b"\0" + _content(path) + b"\0")
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _timestamp(request: BuildRequest, practice: Practice, today: dt.date) -> int:
    """The date inside the PDFs: as asked for, or the day's beginning, so that a day's builds agree."""
    if request.timestamp is not None:
        return request.timestamp
    midnight = dt.datetime.combine(today, dt.time(), practice.time_zone)
    return int(midnight.timestamp())


def _files(job: SheetJob, printed: _Printed) -> Iterable[tuple[str, bytes]]:
    if job.source is not None:
        return [(f"{OFFICES}/{job.filename}", printed.pdf)]
    return [(job.filename, printed.pdf), (_preview(job), printed.picture)]


def _preview(job: SheetJob) -> str:
    return f"{Path(job.filename).stem}.png"


def _link(job: SheetJob, printed: _Printed, practice: Practice) -> PrintLink:
    whose = f": {job.clinician.name}" if job.clinician and practice.is_group else ""
    return PrintLink(
        title=f"{job.sheet.title}{whose}",
        use=job.sheet.use.value,
        filename=job.filename,
        preview=_preview(job),
        pages=printed.pages,
        paper=job.paper.value,
        about=job.sheet.about,
        preview_width=printed.width,
        preview_height=printed.height,
    )
