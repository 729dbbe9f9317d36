"""Thank-yous and gifts on the page of an office."""

from __future__ import annotations

import html
from datetime import date

import pytest

from form_server.ledger import NewGift, SourceFacts, SourceKind
from tests.form_server.desk.stage import Stage

CODE = "alder-family"


@pytest.fixture(autouse=True)
def office(desk: Stage) -> None:
    desk.ledger.address_book.add(CODE, SourceFacts("Alder Family Medicine"), actor="test")


def panel(desk: Stage, name: str, code: str = CODE) -> str:
    page = html.unescape(desk.get(f"/desk/offices/{code}").text).replace("\u00a0", " ")
    if f'aria-labelledby="{name}"' not in page:
        return ""
    start = page.index(f'aria-labelledby="{name}"')
    return page[start : page.index("</section>", start)]


def make(desk: Stage) -> None:
    ledger, inbox_ids = desk.ledger, [desk.founding.inbox_id]
    owed = ledger.thank_yous.to_print(inbox_ids, desk.clock())
    ledger.thank_yous.print(owed, inbox_ids, actor="test")


def test_a_card_is_followed_from_owed_to_mailed(desk: Stage) -> None:
    assert panel(desk, "thanks") == ""
    desk.receive()
    assert "A card for 1 referral goes out Tue, Dec 1." in panel(desk, "thanks")
    desk.come_back_after(days=16)
    assert "A card for 1 referral was due yesterday." in panel(desk, "thanks")
    make(desk)
    assert "A card lies here: mail it now." in panel(desk, "thanks")
    lying = [one.id for one in desk.ledger.thank_yous.lying()]
    desk.ledger.thank_yous.mail(lying, actor="test")
    said = panel(desk, "thanks")
    assert "Nothing is owed." in said
    assert "Mailed today." in said


def test_the_last_gifts_stand_there_and_a_sum_near_the_line(desk: Stage) -> None:
    assert "None this year or last." in panel(desk, "gifts")
    gifts = desk.ledger.gifts
    for day in (3, 5, 7, 9):
        gifts.add(NewGift(CODE, f"Cookies {day}", 900, date(2026, 7, day), "", 5), actor="test")
    said = panel(desk, "gifts")
    assert "Cookies 9" in said
    assert "Cookies 3" not in said
    assert "of $535" not in said
    gifts.add(NewGift(CODE, "Lunch", 450_00, date(2026, 8, 1)), actor="test")
    assert "Close to the line of caution" in panel(desk, "gifts")


def test_friends_and_who_takes_none_have_no_such_panel(desk: Stage) -> None:
    book = desk.ledger.address_book
    book.add("anne", SourceFacts("Anne", kind=SourceKind.FRIEND), actor="test")
    book.add("oak", SourceFacts("Oak Street", takes_gifts=False), actor="test")
    desk.receive(code="anne")
    assert panel(desk, "thanks", "anne") == panel(desk, "gifts", "anne") == ""
    assert panel(desk, "gifts", "oak") == ""
