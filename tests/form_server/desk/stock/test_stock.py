"""What offices have left: low first, counted by hand, and summed up for the printer."""

from __future__ import annotations

import pytest

from form_server.ledger import Counted
from tests.form_server.desk.rounds.outreach import add_office, plain, seen_ago
from tests.form_server.desk.stage import Stage
from tests.outreach_kit.paper.reading import page_count

STOCK = "/desk/stock"


def note(desk: Stage, code: str, **typed: str) -> str:
    answer = desk.post(f"{STOCK}/{code}", {"csrf_token": desk.csrf_token, **typed})
    assert answer.status_code == 303
    return plain(desk.get(answer.location).text)


@pytest.fixture
def stocked(desk: Stage) -> Stage:
    """One that runs low, one that has plenty, and one that was never brought anything."""
    for code in ("low", "emptier", "full", "never"):
        add_office(desk, code, f"Office {code}")
    seen_ago(desk, "low", 160, Counted("card", 40))
    seen_ago(desk, "emptier", 300, Counted("card", 40))
    seen_ago(desk, "full", 5, Counted("card", 40), Counted("pad", 2))
    return desk


def test_who_runs_low_stands_there_the_emptiest_first(stocked: Stage) -> None:
    page = plain(stocked.get(STOCK).text)
    assert "2 offices run low" in page
    assert page.index("Office emptier") < page.index("Office low")
    assert "Cards about 8 bring more now" in page
    assert "Office full" not in page


def test_all_offices_follow_with_the_day_until_which_it_lasts(stocked: Stage) -> None:
    page = plain(stocked.get(f"{STOCK}?show=all").text)
    assert page.index("Office low") < page.index("Office full")
    assert "Cards about 39 enough until Mon, Apr 5, 2027" in page
    assert "Pads about 1 enough until" in page
    assert "Office never Alder Falls Nothing was left there yet." in page


def test_what_is_lacking_is_summed_up_and_printed_with_each_offices_code(stocked: Stage) -> None:
    page = stocked.get(STOCK).text
    words = plain(page)
    assert "72 cards for 2 offices 8 sheets, ten to a sheet" in words
    assert "40 brochures for 2 offices 40 sheets" in words
    assert "4 pads for 2 offices 50 sheets" in words
    assert 'name="sheet" value="nora-ellison-business-card-letter"' in page
    form = {
        "csrf_token": stocked.csrf_token, "sheet": "nora-ellison-business-card-letter",
        "code": ["low", "emptier"],
    }  # fmt: skip
    printed = stocked.post("/desk/offices/print", form)  # type: ignore[arg-type]
    assert page_count(printed.data) == 4, "both sides, for each"


def test_a_count_by_hand_is_what_is_there_from_then_on(stocked: Stage) -> None:
    page = note(stocked, "low", card="30", pad="", kind="counted")
    assert "The estimate goes on from what you counted." in page
    assert "Office low" not in page
    (move, counted) = stocked.ledger.stock_moves.all(["low"])["low"]
    assert (counted.kind, counted.count) == ("counted", 30)
    assert move.kind == "given"


def test_what_was_sent_is_added(stocked: Stage) -> None:
    assert "They have that much more." in note(stocked, "low", card="20", kind="given")
    assert "Office low" not in plain(stocked.get(STOCK).text)


@pytest.mark.parametrize(
    ("typed", "says"), [({}, "No number was typed"), ({"card": "-3"}, "no number of pieces")]
)
def test_what_is_no_number_notes_nothing(stocked: Stage, typed: dict[str, str], says: str) -> None:
    assert says in note(stocked, "low", kind="counted", **typed)
    assert len(stocked.ledger.stock_moves.all(["low"])["low"]) == 1


def test_an_offices_page_has_its_stock_and_comes_back_to_it(stocked: Stage) -> None:
    assert "Cards about 39" in plain(stocked.get("/desk/offices/full").text)
    form = {"csrf_token": stocked.csrf_token, "card": "7", "kind": "counted", "from": "office"}
    answer = stocked.post(f"{STOCK}/full", form)
    assert answer.location == "/desk/offices/full#stock"
    assert "Cards about 7 bring more now" in plain(stocked.get("/desk/offices/full").text)


def test_fifty_stand_on_a_page(desk: Stage) -> None:
    for number in range(51):
        add_office(desk, f"o{number:02}")
    first = desk.get(f"{STOCK}?show=all").text
    assert first.count('class="note-stock"') == 50
    assert "/desk/stock?show=all&amp;page=2" in first
    assert desk.get(f"{STOCK}?show=all&page=2").text.count('class="note-stock"') == 1


def test_with_nothing_low_the_page_says_so(desk: Stage) -> None:
    add_office(desk, "lake")
    assert "Nobody runs low" in desk.get(STOCK).text
