"""The ledger of gifts at the desk: written down, summed up against a line, and never a reward."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from form_server.desk.gifts.finding import find_named
from form_server.desk.gifts.money import read_cents, say_cents
from form_server.ledger import NewGift, PersonFacts, SourceFacts, SourceKind
from form_server.rounds import Taker
from tests.form_server.desk.stage import Stage, hidden
from tests.outreach_kit.paper import reading

PAGE = "/desk/gifts"
CODE = "alder-family"
OF = f"{PAGE}/of/{CODE}"
COOKIES = {"what": "Cookies", "cost": "$18.50", "on": "2026-11-16", "shared_by": "5", "person": ""}


@pytest.fixture(autouse=True)
def office(desk: Stage) -> str:
    desk.ledger.address_book.add(CODE, SourceFacts("Alder Family Medicine"), actor="test")
    return desk.ledger.address_book.add_person(CODE, PersonFacts("Dr. Wu"), actor="test").id


def give(desk: Stage, **form: str) -> TestResponse:
    token = hidden(desk.get(OF).text, "csrf_token")
    return desk.post(OF, {"csrf_token": token, **COOKIES, **form})


def shown(desk: Stage, path: str) -> str:
    return html.unescape(desk.get(path).text)


def given(desk: Stage) -> list[NewGift]:
    return [one.gift for one in desk.ledger.gifts.in_year(2026)]


def test_a_gift_is_written_down_and_each_person_has_a_share(desk: Stage) -> None:
    assert give(desk).status_code == 303
    (gift,) = given(desk)
    assert (gift.what, gift.cents, gift.shared_by, gift.person_id) == ("Cookies", 1850, 5, "")
    for path in (PAGE, OF):
        page = shown(desk, path)
        assert "$3.70 of $535" in page
        assert "the whole desk, shared by 5" in page
        assert "line of caution is $535" in page or path == OF


def test_near_the_line_is_marked_and_over_it_is_asked_about_once(desk: Stage, office: str) -> None:
    answer = give(desk, what="Lunch", cost="430", person=office)
    assert answer.headers["Location"].endswith("done=near")
    assert "Close to the line of caution" in shown(desk, PAGE)

    answer = give(desk, what="Another lunch", cost="106", person=office)
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert "would come to $536 in 2026, over the line of caution of $535" in page
    assert 'value="Another lunch"' in page
    assert len(given(desk)) == 1
    assert (
        give(desk, what="Another lunch", cost="106", person=office, sure="yes").status_code == 303
    )
    assert "Over the line of caution" in shown(desk, PAGE)
    assert give(desk, cost="1").status_code == 422, "a share of the desk's counts for everybody"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"what": "Starbucks gift card"}, "money or as good as money"),
        ({"what": "Cash for lunch"}, "money or as good as money"),
        ({"what": "  "}, "Say what it was"),
        ({"cost": "twelve"}, "in dollars"),
        ({"on": "2026-11-17"}, "today, or earlier"),
        ({"on": "soon"}, "today, or earlier"),
        ({"shared_by": "0"}, "how many people"),
        ({"person": "somebody"}, "somebody who is there"),
    ],
)
def test_what_is_no_gift_is_refused_with_why(desk: Stage, form: dict[str, str], why: str) -> None:
    answer = give(desk, **form)
    assert answer.status_code == 422
    assert why in html.unescape(answer.text)
    assert given(desk) == []


def test_friends_and_offices_that_take_none_get_none(desk: Stage) -> None:
    book = desk.ledger.address_book
    book.change(CODE, SourceFacts("Alder Family Medicine", takes_gifts=False), actor="test")
    book.add("anne", SourceFacts("Anne", kind=SourceKind.FRIEND), actor="test")
    assert "takes no gifts" in shown(desk, OF)
    assert "get no gift from a practice" in shown(desk, f"{PAGE}/of/anne")
    token = desk.csrf_token
    for path in (OF, f"{PAGE}/of/anne"):
        assert desk.post(path, {"csrf_token": token, **COOKIES}).status_code == 422
    assert given(desk) == []
    assert desk.get(f"{PAGE}/of/nobody").status_code == 404


def test_one_entered_by_mistake_is_taken_out_by_its_own_office_alone(desk: Stage) -> None:
    give(desk)
    desk.ledger.address_book.add("other", SourceFacts("Oak Street"), actor="test")
    (gift,) = desk.ledger.gifts.in_year(2026)
    form = {"csrf_token": desk.csrf_token, "gift": gift.id}
    assert desk.post(f"{PAGE}/of/other/remove", form).status_code == 404
    assert desk.post(f"{OF}/remove", form).status_code == 303
    assert given(desk) == []
    assert {"gift.given", "gift.removed"} <= set(desk.actions())


def test_how_much_a_source_sends_stands_nowhere(desk: Stage) -> None:
    give(desk)
    before = [shown(desk, path) for path in (PAGE, OF)]
    for _ in range(7):
        desk.receive()
    after = [shown(desk, path) for path in (PAGE, OF)]
    assert [_still(page) for page in after] == [_still(page) for page in before]


def _still(page: str) -> str:
    """Without what is drawn anew for each page."""
    return re.sub(r'data-now="[^"]*"|name="csrf_token" value="[^"]*"', "", page)


def test_the_year_ahead_has_july_december_and_each_offices_turn(desk: Stage) -> None:
    desk.ledger.gifts.add(NewGift(CODE, "Cookies", 1200, desk.practice.today(desk.clock())
                                  - timedelta(days=260)), actor="test")  # fmt: skip
    page = shown(desk, PAGE)
    turns = page[page.index('class="turns"') :]
    assert turns.index("December") < turns.index("March 2027") < turns.index("July 4, 2027")
    assert "No gifts: everybody brings some then" in turns
    assert "Alder Family Medicine" in turns
    desk.come_back_after(days=20)
    assert "In December everybody brings something" in shown(desk, OF)
    pdf = desk.get(f"{PAGE}/calendar.pdf")
    assert "A year of visits" in reading.text_of(pdf.data)


def test_before_july_4_the_offices_that_had_nothing_lately_are_named(desk: Stage) -> None:
    desk.ledger.address_book.add("oak", SourceFacts("Oak Street"), actor="test")
    desk.come_back_after(days=220)  # June 24
    page = shown(desk, PAGE)
    turns = page[page.index('class="turns"') : page.index("</ol>")]
    assert turns.index("July 4") < turns.index("Oak Street") < turns.index("December")
    assert turns.count("July 4") == 2, "one line: the day, and what to bring"
    gift = NewGift("oak", "Cookies", 1200, desk.practice.today(desk.clock()))
    desk.ledger.gifts.add(gift, actor="test")
    page = shown(desk, PAGE)
    turns = page[page.index('class="turns"') : page.index("</ol>")]
    assert "Alder Family Medicine" in turns
    assert "Oak Street" not in turns[: turns.index("December")]


def test_an_office_is_found_by_parts_of_its_name(desk: Stage) -> None:
    assert f'href="{OF}"' in shown(desk, f"{PAGE}?office=fam+ald")
    assert "No office is called that" in shown(desk, f"{PAGE}?office=zebra")
    offices = [Taker(code, name, takes_gifts=True, last_gift_on=None) for code, name in
               (("a1", "Lake House"), ("b2", "Lake"), ("c3", "Café Lakeside"))]  # fmt: skip
    assert [one.code for one in find_named("lake", offices)] == ["b2", "a1", "c3"]
    assert [one.code for one in find_named("cafe", offices)] == ["c3"]
    assert [one.code for one in find_named("B2", offices)] == ["b2"]
    own = Taker("oak-street", "Pediatrics", takes_gifts=True, last_gift_on=None)
    assert find_named(" Oak-Street", [*offices, own]) == [own]
    assert find_named("  ", offices) == []


def test_gifts_of_a_year_come_page_by_page(desk: Stage) -> None:
    for number in range(52):
        gift = NewGift(CODE, f"Cookies {number}", 100, desk.practice.today(desk.clock()))
        desk.ledger.gifts.add(gift, actor="test")
    page = desk.get(PAGE).text
    assert page.count("<strong><bdi>Cookies ") == 50
    older = html.unescape(re.findall(r'href="([^"#]*)#gifts">Older', page)[0])
    assert desk.get(older).text.count("<strong><bdi>Cookies ") == 2
    assert "None is written down" in desk.get(f"{PAGE}?year=2025").text


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("12", 1200), ("12.5", 1250), ("$1,012.05", 101205), ("0", 0), ("1.234", None), ("-4", None),
     ("", None), ("12 dollars", None), ("12,50", None), ("1,20,0", None)],
)  # fmt: skip
def test_money_is_read_as_people_write_it(typed: str, cents: int | None) -> None:
    assert read_cents(typed) == cents
    if cents is not None:
        assert read_cents(say_cents(cents)) == cents
