"""One press for the whole run, and the sample to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from outreach_kit.paper import Paper, Press, PrintedSheet, SheetJob, Source, plan_sheets
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders

TODAY = dt.date(2026, 11, 21)
TIMESTAMP = 1_795_219_200
FORM_URL = "https://refer.harborstreet.example"
SITE_URL = "https://harborstreet.example"

Print = Callable[..., PrintedSheet]


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """Without the system's fonts, so that every machine prints the same."""
    return Press(tmp_path_factory.mktemp("press"), system_fonts=False)


@pytest.fixture(scope="session")
def sample() -> Practice:
    return folders.sample()


@pytest.fixture(scope="session")
def prints(press: Press) -> Print:
    """Print one sheet: `prints(practice, "guide", Paper.A4)`."""

    def run(
        practice: Practice,
        name: str,
        paper: Paper = Paper.LETTER,
        *,
        form_url: str | None = FORM_URL,
        source: Source | None = None,
        timestamp: int = TIMESTAMP,
    ) -> PrintedSheet:
        return press.pdf(
            job_for(practice, name, paper, source),
            practice,
            today=TODAY,
            timestamp=timestamp,
            form_url=form_url,
            site_url=SITE_URL,
        )

    return run


def job_for(
    practice: Practice, name: str, paper: Paper = Paper.LETTER, source: Source | None = None
) -> SheetJob:
    """The plan's first job for that sheet."""
    return plan_sheets(practice, papers=[paper], only=name, source=source)[0]
