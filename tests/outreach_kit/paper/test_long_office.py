"""An office's name may take eighty characters: the sheets hold it, and nothing climbs over anything."""

from __future__ import annotations

import pytest

from outreach_kit.paper import Paper, Press, Source, plan_sheets
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import FORM_URL, TIMESTAMP, TODAY, Print
from tests.samples import GROUP_PRACTICE

OFFICE = Source(
    "k7m2xq", "Alder Falls Family Medicine and Obstetrics of the Lower Skagit Valley, Suite 200"
)
SHEETS = [
    "guide", "niche-profile", "referral-pad", "referral-pad-2up", "patient-slip", "desk-tent", "poster",
    "fax-form", "talk-flyer", "sign-in-sheet",
]  # fmt: skip


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
@pytest.mark.parametrize("name", SHEETS)
def test_a_name_of_eighty_characters_stands_whole_and_over_nothing(
    sample: Practice, prints: Print, name: str, paper: Paper
) -> None:
    assert len(OFFICE.name) == 80
    pdf = prints(sample, name, paper, source=OFFICE).bytes
    assert squeezed(OFFICE.name) in squeezed(reading.text_of(pdf))
    assert clashes(reading.characters(pdf)) == []


def test_the_back_of_a_spanish_press_card_gives_it_the_air_between_its_parts(press: Press) -> None:
    group = load_practice(GROUP_PRACTICE)
    jobs = plan_sheets(group, papers=[], only="business-card-press", source=OFFICE)
    job = next(job for job in jobs if job.language == "es")
    pdf = press.pdf(
        job,
        group,
        today=TODAY,
        timestamp=TIMESTAMP,
        form_url=FORM_URL,
        site_url=None,
        language="es",
    ).bytes
    assert clashes(reading.characters(pdf, 1)) == []


def test_two_words_at_one_place_are_found() -> None:
    word = [reading.Box("x", 10.0 + at, 10, 10.9 + at, 13) for at in range(4)]
    beside, over = reading.Box("b", 14, 10, 15, 13), reading.Box("b", 10.2, 10.5, 11, 13)
    assert clashes([*word, beside]) == []
    assert clashes([*word, over]) == ["xb"]


def test_the_foot_of_a_page_stays_two_lines_high(sample: Practice, prints: Print) -> None:
    boxes = reading.characters(prints(sample, "guide", source=OFFICE).bytes)
    foot = {round(box.bottom) for box in boxes if box.char == "a" and box.bottom < 22}
    assert len(foot) == 2


def clashes(boxes: list[reading.Box]) -> list[str]:
    """Pairs of characters, not of one ligature, of which one covers a third of the other."""
    found = []
    rows = sorted(
        ((at, box) for at, box in enumerate(boxes) if box.char != "\u200b"),
        key=lambda row: row[1].bottom,
    )
    for index, (at, one) in enumerate(rows):
        for there, other in rows[index + 1 :]:
            if other.bottom >= one.top:
                break
            if abs(at - there) > 2 and _covered(one, other) > 1 / 3:
                found.append(one.char + other.char)
    return found


def _covered(one: reading.Box, other: reading.Box) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    smaller = min(_area(one), _area(other))
    return wide * high / smaller if wide > 0 and high > 0 and smaller > 0.05 else 0.0


def _area(box: reading.Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def squeezed(text: str) -> str:
    return "".join(text.split())
