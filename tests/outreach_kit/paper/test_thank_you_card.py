"""The thank-you card: half a sheet, folded once; inside behind outside, and nothing of a patient."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper, SheetTooLong, Source, plan_sheets
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import Print

INCH = 25.4
SHEETS = {Paper.LETTER: (8.5 * INCH, 11 * INCH), Paper.A4: (210.0, 297.0)}
CLEAR_MM = 9.5
"""No words stand nearer to a cut or a fold."""


@pytest.fixture(scope="module", params=SHEETS)
def paper(request: pytest.FixtureRequest) -> Paper:
    chosen: Paper = request.param
    return chosen


@pytest.fixture(scope="module")
def pdf(paper: Paper, sample: Practice, prints: Print) -> bytes:
    return prints(sample, "thank-you-card", paper).bytes


def words_in(pdf: bytes, page: int, corner: tuple[float, float], size: tuple[float, float]) -> str:
    """What stands in that part of a page, clear of its edges; the corner is its lower left one."""
    (x, y), (width, height) = corner, size
    return "".join(
        one.char
        for one in reading.characters(pdf, page)
        if x + CLEAR_MM <= one.left
        and one.right <= x + width - CLEAR_MM
        and y + CLEAR_MM <= one.bottom
        and one.top <= y + height - CLEAR_MM
    )


def test_one_cut_makes_an_a2_card_of_letter_and_an_a6_card_of_a4(pdf: bytes, paper: Paper) -> None:
    width, height = SHEETS[paper]
    folded = {Paper.LETTER: (4.25 * INCH, 5.5 * INCH), Paper.A4: (105.0, 148.5)}[paper]
    level = [one for one in reading.shapes(pdf) if one.right < 11 or one.left > width - 11]
    assert len(level) == 2
    for cut in level:
        assert (cut.bottom + cut.top) / 2 == pytest.approx(height - folded[1], abs=0.05)
    (fold,) = [
        one
        for one in reading.shapes(pdf)
        if one.right - one.left < 0.5 and abs(one.left - width / 2) < 2
    ]
    assert (fold.left + fold.right) / 2 == pytest.approx(folded[0], abs=0.05)
    assert fold.top < height / 2, "the mark is cut off with the half that is kept"


def test_every_panel_holds_its_words_and_the_inside_lies_behind_the_back(
    pdf: bytes, paper: Paper
) -> None:
    width, height = SHEETS[paper]
    half, panel = height / 2, (width / 2, height / 2)
    back = words_in(pdf, 0, (0, half), panel)
    cover = words_in(pdf, 0, (width / 2, half), panel)
    kept = words_in(pdf, 0, (0, 0), (width, half))
    assert cover == "Thankyou.NoraEllison"
    assert "214HarborSt,Suite3" in back
    assert kept.startswith("KEEPTHISHALF")
    assert len(back + cover + kept) == len(reading.characters(pdf))
    # Seen through the paper, the right half of the second page is the left half of the first.
    inside = words_in(pdf, 1, (width / 2, half), panel)
    assert inside.startswith("Dear")
    assert len(inside) == len(reading.characters(pdf, 1)), "the other panels are left for the hand"


def test_it_thanks_says_the_niche_asks_and_leaves_room_to_sign(
    pdf: bytes, sample: Practice
) -> None:
    text = reading.text_of(pdf)
    for words in ("Thank you for thinking of me", sample.clinicians[0].facts.niche,
                  "may I count on you to send them to me?", "I usually see people within 10 days.",
                  "Refer anyone you worry about.", "A few cards are enclosed"):  # fmt: skip
        assert words in text, words
    letter = reading.characters(pdf, 1)
    close = min(one.bottom for one in letter if one.char == "W" and one.left < letter[0].left + 1)
    (line,) = [one for one in reading.shapes(pdf, 1) if one.top < close]
    assert close - line.top >= 12, "room for a signature"
    assert min(reading.font_sizes(pdf, 1).values()) >= 10


def test_the_list_keeps_what_must_not_be_in_the_envelope_out_of_it(pdf: bytes) -> None:
    text = reading.text_of(pdf)
    for words in ("No patient’s name", "nothing that tells whether anybody came", "No gift card",
                  "Clients and friends get no card", "Three or four business cards",
                  "Mailed together with the others"):  # fmt: skip
        assert words in text, words
    assert text.count("☐") == 7


def test_the_cover_is_read_first(pdf: bytes) -> None:
    assert [tag for tag in reading.tags(pdf) if tag in {"Title", "H1", "H2"}] == [
        "Title", "H1", "H1",
    ]  # fmt: skip
    text = reading.text_of(pdf)
    places = [text.index(words) for words in ("Thank you.", "214 Harbor", "Before you", "Dear")]
    assert places == sorted(places)


def test_it_opens_no_door_and_is_made_for_no_office(pdf: bytes, sample: Practice) -> None:
    assert reading.links(pdf) == []
    assert reading.codes(pdf, 150) == []
    with pytest.raises(UsageError):
        plan_sheets(
            sample, papers=[Paper.A4], only="thank-you-card", source=Source("k7m2xq", "Lakeside")
        )


def test_without_a_promise_of_a_first_visit_none_is_made(tmp_path: Path, prints: Print) -> None:
    practice = folders.sample_with(tmp_path, ("practice.toml", "seen_within_days = 10", ""))
    text = reading.text_of(prints(practice, "thank-you-card").bytes)
    assert "send them to me? Refer anyone" in text
    assert "usually see people" not in text


def test_what_does_not_hold_inside_is_named(tmp_path: Path, prints: Print) -> None:
    many = json.dumps([f"Certified in something else {number}" for number in range(25)])
    practice = folders.sample_with(
        tmp_path, ("clinicians/nora-ellison/clinician.toml", '["LICSW"]', many)
    )
    with pytest.raises(SheetTooLong) as refused:
        prints(practice, "thank-you-card")
    assert refused.value.problems[0].key == "credentials"
