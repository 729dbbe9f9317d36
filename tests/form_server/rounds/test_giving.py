from __future__ import annotations

from datetime import date

import pytest

from form_server.ledger import Ledger, NewGift, PersonFacts, SourceFacts, SourceKind
from form_server.rounds import gift_sums, list_takers, sums_with
from outreach_kit.outreach.gifts import GiftRefused

BY = "user:user-1"
DAY = date(2026, 7, 4)


def test_the_line_is_seen_before_it_is_crossed(ledger: Ledger) -> None:
    ledger.address_book.add("k7", SourceFacts("Mill Road"), actor=BY)
    ledger.address_book.add("q4", SourceFacts("Lakeside"), actor=BY)
    wu = ledger.address_book.add_person("k7", PersonFacts("Dr. Wu"), actor=BY).id
    ledger.gifts.add(NewGift("k7", "Lunch", 500_00, DAY, wu), actor=BY)
    ledger.gifts.add(NewGift("q4", "Cookies", 12_00, DAY, shared_by=6), actor=BY)
    cookies = NewGift("k7", "Cookies", 216_00, DAY, shared_by=6)
    (after,) = sums_with(ledger, cookies)
    assert (after.person, after.cents, after.is_over) == (wu, 536_00, True)
    (before,) = gift_sums(ledger, 2026, "k7")
    assert (before.cents, before.is_over, before.is_near) == (500_00, False, True)
    assert [(one.source, one.cents) for one in gift_sums(ledger, 2026)] == [
        ("k7", 500_00),
        ("q4", 2_00),
    ]
    assert gift_sums(ledger, 2025) == ()


def test_money_is_refused_before_it_is_summed(ledger: Ledger) -> None:
    with pytest.raises(GiftRefused, match="money"):
        sums_with(ledger, NewGift("k7", "Gift card", 10_00, DAY))


def test_who_takes_gifts_is_told_with_the_last_one(ledger: Ledger) -> None:
    for code, facts in (
        ("k7", SourceFacts("Mill Road")),
        ("q4", SourceFacts("Lakeside", takes_gifts=False)),
        ("anne", SourceFacts("Anne", kind=SourceKind.FRIEND)),
    ):
        ledger.address_book.add(code, facts, actor=BY)
    ledger.gifts.add(NewGift("k7", "Cookies", 12_00, DAY, shared_by=6), actor=BY)
    found = {one.code: (one.takes_gifts, one.last_gift_on) for one in list_takers(ledger)}
    assert found == {"k7": (True, DAY), "q4": (False, None), "anne": (False, None)}
