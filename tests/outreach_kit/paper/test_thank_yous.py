"""Cards for a whole batch in one file, and the labels that go on their envelopes."""

from __future__ import annotations

import pytest

from outreach_kit.paper.labels import LabelsTooLong, NoLabels
from outreach_kit.paper.thank_yous import PAGES_A_CARD, Card, CardsTooLong, Run, render_thank_yous
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import TIMESTAMP

WORDS = "Thank you for the people you send.\n\nYour new office is lovely."
MILL = Card("Mill Road Clinic", "Dana", WORDS)
OAK = Card("Oak Street Pediatrics", "", "Thank you.")
ADDRESS = ("Mill Road Clinic", "12 Mill Road", "Alder Falls, WA 98999")


def printed(practice: Practice, run: Run) -> bytes:
    (nora,) = practice.clinicians
    return render_thank_yous(practice, run, timestamp=TIMESTAMP, clinician=nora)


def letters(pdf: bytes, page: int) -> str:
    return "".join(one.char for one in reading.characters(pdf, page)).replace(" ", "")


def test_each_card_greets_its_own_and_the_labels_come_last(sample: Practice) -> None:
    niche = sample.clinicians[0].facts.niche
    told = Card(MILL.office, MILL.to, f"{WORDS}\n\n{niche}")
    run = Run(
        (told, OAK), "December 1, 2026", ("Tri-fold brochure",), says_cards=True,
        addresses=(ADDRESS,), skip=4,
    )  # fmt: skip
    pdf = printed(sample, run)
    pages = [letters(pdf, page) for page in range(2 * PAGES_A_CARD + 1)]

    assert pages[1].startswith("DearDana,")
    for words in ("Your new office is lovely.", niche, "A few cards are enclosed", "Nora Ellison"):
        assert words.replace(" ", "") in pages[1], words
    assert "Dear" in pages[3]
    assert "Dana" not in pages[3]
    for office, half in ((MILL.office, pages[0]), (OAK.office, pages[2])):
        for words in (office, "December 1, 2026", "Tri-fold brochure", "No patient’s name"):
            assert words.replace(" ", "") in half, words
    assert "12MillRoad" in pages[4]
    assert "12MillRoad" not in "".join(pages[:4])
    tags = [tag for tag in reading.tags(pdf) if tag in {"Title", "H1"}]
    assert (tags[0], tags.count("Title")) == ("Title", 1)


def test_labels_alone_begin_where_the_sheet_was_left(sample: Practice) -> None:
    pdf = printed(sample, Run((), addresses=(ADDRESS,), skip=3))
    assert "12 Mill Road" in reading.text_of(pdf)
    top = max(one.top for one in reading.characters(pdf) if one.char == "R")
    assert top < 11 * 25.4 - 0.5 * 25.4 - 25.4, "the first row is used up"


def test_what_cannot_be_printed_is_named(sample: Practice) -> None:
    with pytest.raises(NoLabels):
        printed(sample, Run(()))
    with pytest.raises(NoLabels, match="30 labels"):
        printed(sample, Run((), addresses=(ADDRESS,), skip=30))
    long = Card("Oak Street", "Sam", "So many words. " * 120)
    with pytest.raises(CardsTooLong, match="Oak Street") as refused:
        printed(sample, Run((MILL, long)))
    assert refused.value.places == (1,)
    with pytest.raises(LabelsTooLong, match="Mill Road"):
        printed(sample, Run((), addresses=((*ADDRESS, "Way " * 60),), skip=2))
