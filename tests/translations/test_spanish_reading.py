"""What patients read of ours in Spanish is easy: 65 on the INFLESZ scale is “quite easy”."""

from __future__ import annotations

import re
from typing import Final

import pytest

from outreach_kit.places import CHECKOUT
from outreach_kit.practice.advice.syllables import szigriszt, words_of
from tests.translations.catalogues import Home

EASY: Final = 70
PLACEHOLDER: Final = re.compile(r"<[^>]*>|\{\w+\}|%\(\w+\)s")
FOR_PATIENTS: Final = (
    "outreach_kit/paper/views/leave/brochure.py",
    "outreach_kit/paper/views/leave/patient.py",
    "outreach_kit/paper/views/leave/patient_slip.py",
    "outreach_kit/paper/views/leave/poster.py",
    "outreach_kit/web/patient_fields.py",
    "site_src/templates/fees.html",
    "site_src/templates/first-visit.html",
    "site_src/templates/hello.html",
    "site_src/templates/macros/estimate.html",
    "site_src/templates/risk.html",
)


@pytest.fixture(scope="module")
def sentences() -> dict[str, list[str]]:
    """The sentences of each file, with a number where something is filled in."""
    found: dict[str, list[str]] = {file: [] for file in FOR_PATIENTS}
    for message in Home("es").read():
        texts = message.string if isinstance(message.string, list | tuple) else [message.string]
        for file in {file for file, _line in message.locations} & found.keys():
            said = PLACEHOLDER.sub("3", str(texts[-1]))
            found[file] += [one for one in re.split(r"(?<=[.?!:])\s+", said) if words_of(one)]
    return found


@pytest.mark.parametrize("file", FOR_PATIENTS)
def test_it_reads_easily(file: str, sentences: dict[str, list[str]]) -> None:
    assert (CHECKOUT / file).is_file()
    assert len(sentences[file]) > 5
    assert szigriszt(sentences[file]) > EASY


def test_a_hard_sentence_would_be_seen() -> None:
    hard = (
        "La confidencialidad de la información proporcionada se encuentra condicionada por "
        "excepciones establecidas reglamentariamente."
    )
    assert szigriszt([hard]) < EASY
