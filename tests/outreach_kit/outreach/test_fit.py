from __future__ import annotations

import pytest

from outreach_kit.outreach import weigh_fit
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice

NORA = load_practice(SAMPLE_PRACTICE).clinicians[0]


@pytest.mark.parametrize("sent", ["panic", "Panic attacks (heart checked)"])
def test_reasons_of_the_list_are_marked_by_name_or_label(sent: str) -> None:
    lists = weigh_fit(NORA, reasons=[sent, "Something else"], age_band="adult")

    assert [one.text for one in lists.refer_when if one.was_said] == [
        "Panic attacks (heart checked)"
    ]
    assert "Anyone under 18" in lists.not_fit
    assert lists.cautions == ()


@pytest.mark.parametrize("band", ["child", "teen"])
def test_an_age_that_is_not_seen_is_a_caution(band: str) -> None:
    (caution,) = weigh_fit(NORA, reasons=[], age_band=band).cautions
    assert "below 18" in caution


@pytest.mark.parametrize("band", ["older", "", "unknown"])
def test_an_age_that_may_be_seen_or_is_not_known_is_none(band: str) -> None:
    assert weigh_fit(NORA, reasons=[], age_band=band).cautions == ()
