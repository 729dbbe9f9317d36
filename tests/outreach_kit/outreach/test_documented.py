"""The numbers that docs/outreach.md tells are those that the rules go by."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from outreach_kit.outreach import follow_up, gifts, newsletter, thanks, week
from outreach_kit.outreach.stock import WEAR, Item
from outreach_kit.places import CHECKOUT

TEXT = (CHECKOUT / "docs/outreach.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("item", Item)
def test_wear_is_told_as_it_is(item: Item) -> None:
    (row,) = re.findall(rf"^\| {item.value}s \| (.+) \|$", TEXT, re.MULTILINE)
    by_referral, by_month, full, low = (Fraction(cell.split(" a ")[0]) for cell in row.split(" | "))
    wear = WEAR[item]
    assert by_referral * 1000 == wear.by_referral
    assert abs(by_month * 1000 / 30 - wear.by_day) < 1
    assert full == wear.full
    assert low * 1000 == wear.low


@pytest.mark.parametrize(
    "said",
    [
        f"| under {follow_up.NUISANCE_DAYS} |",
        f"| {follow_up.USUAL_DAYS} | due",
        f"| {follow_up.FORGOTTEN_DAYS} | forgotten",
        f"within about {week.NEAR_MILES:.0f} miles",
        f"on the {thanks.BATCH_DAYS[0]}st\nand the {thanks.BATCH_DAYS[1]}th",
        f"${gifts.CAUTION_CENTS[2026] // 100} a physician for 2026",
        f"from {gifts.NEAR_LINE:.0%} of it",
        f"({newsletter.QUARTER_DAYS} days)",
    ],
)
def test_a_number_of_a_rule_is_told_as_it_is(said: str) -> None:
    assert said in TEXT
