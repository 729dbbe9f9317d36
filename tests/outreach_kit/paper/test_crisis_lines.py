"""Whom to call, on paper: in the words of the sheet, and for those who read another language."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest

from outreach_kit.paper import Paper, Press, plan_sheets
from outreach_kit.paper.views import view_sheet
from outreach_kit.paper.views.frame import Commission
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import FORM_URL, TIMESTAMP, TODAY
from tests.outreach_kit.web.things import change_facts

IN_SPANISH = "Español: llame al 988 y oprima 2, o envíe AYUDA al\N{NO-BREAK SPACE}988."
FOR_THE_PERSON = ("brochure", "poster", "patient-slip")
FOR_OFFICES = ("guide", "fax-form", "niche-profile")


def told(sample: Practice, sheet: str, language: str, country: str = "US") -> dict[str, Any]:
    """What the sheet of a practice in that language and country says of danger."""
    practice = change_facts(
        sample, practice={"languages": (language,)}, address={"country": country}
    )
    (job, *_) = plan_sheets(practice, papers=[Paper.LETTER], only=sheet)
    data = view_sheet(Commission.of(job, practice, TODAY, form_url=FORM_URL, site_url=None)).data
    said: dict[str, Any] = data.get("not_safe") or data["crisis"]
    return said


@pytest.mark.parametrize("sheet", FOR_THE_PERSON)
def test_who_reads_spanish_reads_it_in_spanish(sample: Practice, sheet: str) -> None:
    english, spanish = told(sample, sheet, "en"), told(sample, sheet, "es")
    assert english["others"] == [{"language": "es", "text": IN_SPANISH}]
    assert not spanish["others"], "the sheet says it itself"
    assert "988 y oprima 2, o envíe AYUDA al 988" in " ".join(spanish["lines"])


@pytest.mark.parametrize("sheet", ["poster", "guide", "referral-pad"])
def test_a_language_that_has_no_other_words_has_these(sample: Practice, sheet: str) -> None:
    french = told(sample, sheet, "fr")
    assert french["lines"][0].startswith("Appelez le 911. Ou appelez à toute heure le 988")
    assert "“French”" in french["lines"][0]
    if sheet in FOR_THE_PERSON:
        assert [one["language"] for one in french["others"]] == ["en", "es"]
    assert "{" not in french["lines"][0]


def test_nothing_is_said_that_is_true_of_another_country_alone(sample: Practice) -> None:
    for sheet in (*FOR_THE_PERSON, *FOR_OFFICES):
        canada, france = told(sample, sheet, "fr", "CA"), told(sample, sheet, "fr", "FR")
        assert not canada.get("others")
        assert not france.get("others")
        assert "988" in " ".join(canada["lines"])
        assert "911" not in " ".join(france["lines"])


def test_a_screen_reader_is_told_which_words_are_spanish(press: Press, sample: Practice) -> None:
    (job,) = plan_sheets(sample, papers=[Paper.LETTER], only="poster")
    made = press.pdf(
        job, sample, today=TODAY, timestamp=TIMESTAMP, form_url=FORM_URL, site_url=None
    ).bytes
    assert " ".join(IN_SPANISH.split()) in reading.text_of(made)
    with pikepdf.open(io.BytesIO(made)) as document:
        written = document.pages[0].Contents.read_bytes()
    assert re.findall(rb"/Span<<[^>]*/Lang\(es\)", written), "the lines are marked as in Spanish"
