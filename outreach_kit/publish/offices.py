"""Sheets for one office, or for hundreds: a file for the printer of each sheet, and an archive of all.

Each office's sheets are written to the disk as they are made, so that memory holds a few of them
however many offices there are.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from outreach_kit.errors import ContentError, MachineError
from outreach_kit.frozen import frozen
from outreach_kit.paper import (
    Paper,
    SheetJob,
    Source,
    find_sheet,
    gather_problems,
)
from outreach_kit.paper.for_office import folder_of, merge_for_printer, plan_office
from outreach_kit.publish.order import Order
from outreach_kit.publish.parallel import make_all
from outreach_kit.publish.print_page import render_office_page
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.write import Staging

FOLDER: Final = "offices"
ARCHIVE: Final = "offices.zip"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first day that an archive can name


@frozen
class _Made:
    """One office's sheet on the disk."""

    job: SheetJob
    path: Path


def plan_offices(order: Order, request: BuildRequest) -> tuple[SheetJob, ...]:
    """Every sheet of every office. Raises UsageError for an unknown sheet or audience, or none at all."""
    only = None if request.only in {"", "paper", "site"} else request.only
    if only:
        find_sheet(only)
    papers = [Paper(name) for name in request.papers]
    return tuple(
        job
        for office in request.sources
        for job in plan_office(
            order.practice, Source(office.code, office.name), office.audience, papers, only
        )
    )


def print_for_offices(
    order: Order,
    request: BuildRequest,
    jobs: tuple[SheetJob, ...],
    staging: Staging,
    step: Callable[[], None],
) -> None:
    """Stage the files; `step` is called after each sheet. Raises ContentError with all problems at once."""
    with TemporaryDirectory(prefix="handoff-offices-") as folder:
        made = _make_all(order, request, jobs, Path(folder), step)
        if len(request.sources) == 1:
            for one in made:
                staging.put(f"{FOLDER}/{one.path.name}", one.path.read_bytes())
            return
        merged = []
        for alike in _by_sheet(made).values():
            everybody = replace(alike[0].job, source=None)
            staging.put(
                f"{FOLDER}/{everybody.filename}", merge_for_printer(one.path for one in alike)
            )
            merged.append(
                (everybody.sheet, order.title(everybody), everybody.paper, everybody.filename)
            )
        archive = Path(folder) / ARCHIVE
        _pack(made, archive)
        staging.put_file(f"{FOLDER}/{ARCHIVE}", archive)
        page = render_office_page(order.practice, len(request.sources), merged, ARCHIVE)
        staging.put(f"{FOLDER}/index.html", page)


def _make_all(
    order: Order,
    request: BuildRequest,
    jobs: tuple[SheetJob, ...],
    folder: Path,
    step: Callable[[], None],
) -> list[_Made]:
    refused: list[ContentError] = []

    def make(job: SheetJob) -> _Made:
        path = folder / job.filename
        try:
            path.write_bytes(order.cache(order.key(job, "office"), lambda: _pdf(order, job)))
        except ContentError as error:
            refused.append(error)
        step()
        return _Made(job, path)

    made = make_all(jobs, make, weigh=lambda _job: 0, workers=request.workers)
    if refused:
        raise ContentError(gather_problems(refused))
    return made


def _pdf(order: Order, job: SheetJob) -> bytes:
    return order.press.print(order.commission(job), timestamp=order.timestamp).bytes


def _by_sheet(made: list[_Made]) -> dict[str, list[_Made]]:
    """In the order of the list of offices, by the file that they are merged into."""
    found: dict[str, list[_Made]] = {}
    for one in made:
        found.setdefault(replace(one.job, source=None, edition="").filename, []).append(one)
    return found


def _pack(made: list[_Made], archive: Path) -> None:
    """A folder for each office; the same sheets give the same bytes."""
    try:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for name, path in _names(made):
                about = zipfile.ZipInfo(name, _LONG_AGO)
                about.external_attr = 0o644 << 16
                about.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as source, packed.open(about, "w") as target:
                    shutil.copyfileobj(source, target)
    except OSError as error:
        raise MachineError(f"{archive} cannot be written: {error.strerror or error}.") from error


def _names(made: list[_Made]) -> Iterator[tuple[str, Path]]:
    for one in made:
        if one.job.source is not None:
            yield f"{folder_of(one.job.source)}/{one.path.name}", one.path
