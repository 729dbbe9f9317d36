"""Every kind of sheet of a practice that speaks Spanish too is Spanish from its title to its foot."""

from __future__ import annotations

import re
import shutil
from typing import Final

import pytest

from outreach_kit.paper import Paper, Press, SheetJob, plan_sheets
from outreach_kit.paper.catalogue import CATALOGUE
from outreach_kit.paper.sheet import Scope
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper.conftest import FORM_URL, SITE_URL, TIMESTAMP, TODAY
from tests.outreach_kit.paper.reading import text_of
from tests.samples import GROUP_PRACTICE
from tests.translations.catalogues import Home
from tests.translations.visitors import find_english

LONG: Final = 4
"""A part of a sentence of so many words is looked for; less may be a name."""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """The group of the samples; one of them has a résumé."""
    folder = tmp_path_factory.mktemp("group")
    shutil.copytree(GROUP_PRACTICE, folder, dirs_exist_ok=True)
    ana = folder / "clinicians" / "ana-ruiz"
    (ana / "resume.md").write_text("## Training\n\n- Tidewater Hospital, two years\n")
    (ana / "resume.es.md").write_text("## Formación\n\n- Hospital Tidewater, dos años\n")
    return load_practice(folder)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(tmp_path_factory.mktemp("press"), system_fonts=False)


@pytest.fixture(scope="module")
def jobs(practice: Practice) -> tuple[SheetJob, ...]:
    return tuple(one for one in plan_sheets(practice, papers=[Paper.LETTER]) if one.language)


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """What is said in English, in parts between its placeholders."""
    said = []
    for message in Home("es").read():
        ids = message.id if isinstance(message.id, list | tuple) else [message.id]
        for text in ids:
            parts = re.split(r"\{\w+\}|%\(\w+\)[sd]|<[^>]*>", str(text))
            said += [part.strip() for part in parts if len(part.split()) >= LONG]
    return said


def test_every_kind_of_sheet_is_made_in_spanish(jobs: tuple[SheetJob, ...]) -> None:
    built = {sheet.name for sheet in CATALOGUE if sheet.scope not in (Scope.DESK, Scope.SOURCE)}
    assert {job.sheet.name for job in jobs} == built
    assert {job.language for job in jobs} == {"es"}


def test_what_stands_on_a_printed_sheet_is_spanish(
    practice: Practice, jobs: tuple[SheetJob, ...], sentences: list[str], press: Press
) -> None:
    """One of each kind, as it can be read from the PDF."""
    assert len(sentences) > 400
    for job in {one.sheet.name: one for one in reversed(jobs)}.values():
        printed = press.pdf(
            job, practice, today=TODAY, timestamp=TIMESTAMP, form_url=FORM_URL, site_url=SITE_URL
        )
        text = " ".join(text_of(printed.bytes).split())
        assert len(text.split()) > 20, f"{job.filename} could not be read"
        assert [one for one in sentences if one in text] == [], job.filename
        assert find_english(text) == [], job.filename


@pytest.mark.parametrize(
    "filename",
    [
        "margarethe-hohenstein-guide-congregations-es-letter.pdf",
        "tomas-delgado-guide-congregations-es-letter.pdf",
        "ana-ruiz-desk-tent-es-letter.pdf",
    ],
)
def test_longer_words_hold_where_a_sheet_is_fullest(
    practice: Practice, jobs: tuple[SheetJob, ...], press: Press, filename: str
) -> None:
    (job,) = (one for one in jobs if one.filename == filename)
    printed = press.pdf(
        job, practice, today=TODAY, timestamp=TIMESTAMP, form_url=FORM_URL, site_url=SITE_URL
    )
    assert printed.pages == 1


def test_what_every_other_sheet_says_is_spanish(
    practice: Practice, jobs: tuple[SheetJob, ...], sentences: list[str]
) -> None:
    """For each clinician and audience, as it is handed to the template."""
    for job in jobs:
        commission = Commission.of(job, practice, TODAY, form_url=FORM_URL, site_url=SITE_URL)
        text = " ".join(str(view_sheet(commission).data).split())
        assert [one for one in sentences if one in text] == [], job.filename
