"""Envelopes: of the size of the card, with both addresses where the post looks for them."""

from __future__ import annotations

import pytest

from outreach_kit.paper import Paper
from outreach_kit.paper.envelopes import SIZES_MM, render_envelopes
from outreach_kit.paper.labels import LabelsTooLong, NoLabels
from outreach_kit.practice import Practice
from tests.outreach_kit.paper import reading
from tests.outreach_kit.paper.conftest import TIMESTAMP

MILL = ("Dana Whitfield", "Mill Road Clinic", "12 Mill Road", "Alder Falls, WA 98999")
OAK = ("Oak Street Pediatrics", "9 Oak Street", "Alder Falls, WA 98999")


@pytest.mark.parametrize("paper", SIZES_MM)
def test_each_office_has_an_envelope_with_the_practice_in_its_corner(
    sample: Practice, paper: Paper
) -> None:
    pdf = render_envelopes(sample, [MILL, OAK], timestamp=TIMESTAMP, paper=paper)
    width, height = {Paper.LETTER: (146.05, 111.125), Paper.A4: (162.0, 114.0)}[paper]
    assert reading.page_count(pdf) == 2
    assert reading.page_size_mm(pdf) == pytest.approx((width, height), abs=0.1)
    letters = reading.characters(pdf, 1)
    corner = "".join(one.char for one in letters if one.right < width * 0.39)
    middle = "".join(one.char for one in letters if one.left > width * 0.39)
    assert corner.startswith("HarborStreetCounseling")
    assert middle.startswith("OakStreetPediatrics9OakStreet")
    lowest = min(one.bottom for one in letters if one.left > width * 0.39)
    assert lowest > 16, "the post prints its bars below"
    assert reading.tags(pdf).count("H1") == 2


def test_what_has_no_room_or_no_address_is_refused(sample: Practice) -> None:
    with pytest.raises(NoLabels):
        render_envelopes(sample, [], timestamp=TIMESTAMP)
    with pytest.raises(LabelsTooLong, match="Oak Street"):
        render_envelopes(sample, [MILL, (*OAK, "Way " * 250)], timestamp=TIMESTAMP)
