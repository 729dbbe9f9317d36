"""Every sheet of a build, several at once, each from the cache when nothing that decides it has changed."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from typing import Final

from outreach_kit.errors import ContentError, UsageError
from outreach_kit.paper import (
    CATALOGUE,
    Paper,
    SheetJob,
    find_sheet,
    gather_problems,
    plan_sheets,
)
from outreach_kit.practice import Practice
from outreach_kit.promise import recall_holidays
from outreach_kit.publish.order import Order
from outreach_kit.publish.parallel import make_all
from outreach_kit.publish.printed import Printed, PrintedSheets, leaves_out_people
from outreach_kit.publish.progress import Progress
from outreach_kit.publish.request import BuildRequest

PREVIEW_PPI: Final = 72
CALENDAR: Final = "year-calendar"
MANY: Final = 300
"""From so many sheets on one wants to see how far they are."""
_HEADER: Final = struct.Struct(">4I")  # pages, width and height of the picture in pixels, PDF bytes


def print_sheets(
    order: Order,
    request: BuildRequest,
    take: Callable[[Printed], None] | None = None,
    *,
    quiet: bool = True,
) -> PrintedSheets:
    """Raises ContentError with the problems of all sheets at once, UsageError for an unknown sheet.

    `take` gets each sheet as soon as it is made, from any thread; the bytes are then let go.
    """
    jobs = plan(order.practice, request)
    _recall_days_off(order, jobs)
    pictured = _pictured(jobs)
    refused: list[ContentError] = []
    progress = Progress(len(jobs), "sheets", quiet=quiet or len(jobs) < MANY)

    def make(job: SheetJob) -> Printed | None:
        try:
            printed = _print(order, job, pictured=job.filename in pictured)
        except ContentError as error:
            refused.append(error)
            return None
        finally:
            progress.step()
        if take is None:
            return printed
        take(printed)
        return printed.without_bytes()

    def weigh(job: SheetJob) -> int:
        # Who has more to say takes longer to set; among thousands the last one is soon done anyway.
        return len(order.key(job, "")) if len(jobs) < MANY else 0

    printed = make_all(jobs, make, weigh=weigh, workers=request.workers)
    if refused:
        raise ContentError(gather_problems(refused))
    return PrintedSheets(tuple(one for one in printed if one is not None))


def _recall_days_off(order: Order, jobs: Iterable[SheetJob]) -> None:
    """A calendar names them, and working them out takes longer than all other sheets of a build."""
    if any(job.sheet.name == CALENDAR for job in jobs):
        years = (order.today.year, order.today.year + 1)
        recall_holidays(order.practice.hours.holidays, years, order.cache)


def plan(practice: Practice, request: BuildRequest) -> tuple[SheetJob, ...]:
    """What is to be printed for everybody. Raises UsageError when that is nothing."""
    only = None if request.only in {"", "paper", "site"} else request.only
    if only:
        find_sheet(only)
    if unknown := [slug for slug in request.clinicians if practice.clinician(slug) is None]:
        known = ", ".join(one.slug for one in practice.clinicians[:12])
        raise UsageError(f"Nobody here is called “{unknown[0]}”. There are: {known}.")
    papers = [Paper(name) for name in request.papers]
    jobs = plan_sheets(practice, papers=papers, only=only, whose=_whose(practice, request))
    if not jobs:
        raise UsageError(
            f"Nothing is to be printed. The sheets are: {', '.join(s.name for s in CATALOGUE)}."
        )
    return jobs


def _whose(practice: Practice, request: BuildRequest) -> tuple[str | None, ...] | None:
    if request.clinicians:
        return request.clinicians
    return (None,) if leaves_out_people(practice, request) else None


def _pictured(jobs: Iterable[SheetJob]) -> frozenset[str]:
    """The file of each sheet that has a picture: on another paper it looks the same that small."""
    first: dict[object, str] = {}
    for job in jobs:
        whose = job.clinician.slug if job.clinician else ""
        first.setdefault((job.sheet.name, whose, job.edition, job.language), job.filename)
    return frozenset(first.values())


def _print(order: Order, job: SheetJob, *, pictured: bool) -> Printed:
    how = f"{PREVIEW_PPI}" if pictured else "unpictured"
    raw = order.cache(order.key(job, how), lambda: _make(order, job, pictured=pictured))
    pages, width, height, length = _HEADER.unpack_from(raw)
    cut = _HEADER.size + length
    return Printed(job, order.title(job), pages, width, height, raw[_HEADER.size : cut], raw[cut:])


def _make(order: Order, job: SheetJob, *, pictured: bool) -> bytes:
    commission = order.commission(job)
    if not pictured:
        sheet = order.press.print(commission, timestamp=order.timestamp)
        return _HEADER.pack(sheet.pages, 0, 0, len(sheet.bytes)) + sheet.bytes
    sheet, pictures = order.press.pdf_and_pictures(
        commission, timestamp=order.timestamp, ppi=PREVIEW_PPI
    )
    width, height = struct.unpack(">2I", pictures[0][16:24])  # the IHDR chunk of a PNG
    return _HEADER.pack(sheet.pages, width, height, len(sheet.bytes)) + sheet.bytes + pictures[0]
