from __future__ import annotations

from datetime import date

import pytest

from form_server.ledger import Ledger, NewGift, NotFound, PersonFacts, SourceFacts

BY = "user:user-1"


def test_gifts_are_kept_by_year_and_source(ledger: Ledger) -> None:
    for code in ("k7", "q4"):
        ledger.address_book.add(code, SourceFacts(code), actor=BY)
    person = ledger.address_book.add_person("k7", PersonFacts("Dr. Wu"), actor=BY)
    lunch = NewGift("k7", "Lunch", 2500, date(2026, 12, 31), person.id)
    cookies = NewGift("k7", "Cookies", 1200, date(2026, 7, 4), shared_by=6)
    for one in (
        cookies,
        lunch,
        NewGift("q4", "Cookies", 900, date(2026, 1, 1)),
        NewGift("k7", "Cookies", 800, date(2025, 7, 4)),
    ):
        ledger.gifts.add(one, actor=BY)
    assert [one.gift for one in ledger.gifts.in_year(2026, "k7")] == [lunch, cookies]
    assert len(ledger.gifts.in_year(2026)) == 3
    assert ledger.gifts.last_on() == {"k7": date(2026, 12, 31), "q4": date(2026, 1, 1)}


def test_a_gift_entered_by_mistake_is_gone_from_the_sums_and_not_from_the_record(
    ledger: Ledger,
) -> None:
    ledger.address_book.add("k7", SourceFacts("Mill Road"), actor=BY)
    given = ledger.gifts.add(NewGift("k7", "Cookies", 1200, date(2026, 7, 4)), actor=BY)
    ledger.gifts.remove(given.id, actor=BY)
    assert ledger.gifts.in_year(2026) == []
    assert ledger.gifts.last_on() == {}
    actions = [entry.action for entry in ledger.audit.recent(2)]
    assert actions == ["gift.removed", "gift.given"]
    with pytest.raises(NotFound):
        ledger.gifts.remove(given.id, actor=BY)
