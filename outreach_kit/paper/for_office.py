"""What one office gets on paper, what its folder is called, and many offices' sheets in one file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from outreach_kit.errors import UsageError
from outreach_kit.paper.jobs import SheetJob, Source, plan_sheets
from outreach_kit.paper.sheet import Each, Paper
from outreach_kit.practice import Practice


def plan_office(
    practice: Practice,
    source: Source,
    audience: str,
    papers: Iterable[Paper],
    only: str | None = None,
) -> tuple[SheetJob, ...]:
    """The sheets of one office, each in the words of its audience alone; empty for the first one's.

    Raises UsageError for an unknown sheet or audience, or when there is nothing to print.
    """
    edition = _edition(practice, source, audience)
    jobs = plan_sheets(practice, papers=papers, only=only, source=source)
    return tuple(
        job for job in jobs if job.sheet.each is not Each.AUDIENCE or job.edition == edition
    )


def folder_of(source: Source) -> str:
    """Where an office's own sheets lie in an archive, as any system can name a folder."""
    office = re.sub(r"[^\w()&’'-]+", " ", source.name).strip() or "office"
    return f"{office} {source.code}"


def merge_for_printer(sheets: Iterable[Path | BinaryIO]) -> bytes:
    """One file without tags, links and fields: a reader is given each office's own.

    In the order given; the same sheets give the same bytes.
    """
    import pikepdf  # late: only for many offices

    everything = io.BytesIO()
    with pikepdf.new() as merged:
        for sheet in sheets:
            with pikepdf.open(sheet) as one:
                for holder, key in [
                    (one.Root, "/AcroForm"),
                    *((page.obj, "/Annots") for page in one.pages),
                ]:
                    if key in holder:
                        del holder[key]
                merged.pages.extend(one.pages)
        merged.save(everything, deterministic_id=True)
    return everything.getvalue()


def _edition(practice: Practice, source: Source, audience: str) -> str:
    """The words that an office gets, as jobs name them: empty for the first audience's."""
    audiences = practice.audiences
    slug = audience or audiences[0].slug
    if slug not in {one.slug for one in audiences}:
        known = ", ".join(one.slug for one in audiences)
        raise UsageError(
            f"The office {source.name} is of the audience “{slug}”, which audiences.toml does not "
            f"have. The audiences are: {known}."
        )
    return "" if slug == audiences[0].slug else slug
