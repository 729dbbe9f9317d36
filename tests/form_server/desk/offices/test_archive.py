"""The archive: handed on piece by piece, and honest about what is missing from it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from form_server.desk.offices.archive import MISSING, pack_sheets
from outreach_kit.errors import HandoffError, UsageError
from outreach_kit.paper import Paper, SheetJob, Source, find_sheet

JOBS = [
    SheetJob(find_sheet("poster"), None, Paper.LETTER, Source(code, f"Office/{code}: “x”"))
    for code in ("a1", "b2", "c3")
]


def test_each_sheet_is_on_its_way_before_the_next_is_made() -> None:
    made: list[str] = []

    def make() -> Iterator[tuple[SheetJob, bytes | HandoffError]]:
        for job in JOBS:
            made.append(job.filename)
            yield job, b"%PDF " + job.filename.encode() * 500

    sent = pack_sheets(make())
    first = next(sent)
    assert made == ["poster-a1-letter.pdf"]
    assert first
    whole = first + b"".join(sent)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "Office a1 x a1/poster-a1-letter.pdf",
            "Office b2 x b2/poster-b2-letter.pdf",
            "Office c3 x c3/poster-c3-letter.pdf",
        ]
        assert archive.read(archive.namelist()[2]).endswith(b"poster-c3-letter.pdf")


def test_what_did_not_print_is_named_and_takes_nothing_along() -> None:
    made: list[tuple[SheetJob, bytes | HandoffError]]
    made = [(JOBS[0], b"%PDF"), (JOBS[1], UsageError("The name is too long."))]
    with zipfile.ZipFile(io.BytesIO(b"".join(pack_sheets(made)))) as archive:
        assert archive.namelist() == ["Office a1 x a1/poster-a1-letter.pdf", MISSING]
        said = archive.read(MISSING).decode()
    assert "poster-b2-letter.pdf" in said
    assert "The name is too long." in said
