"""The scorecard's page, its files, and its panel on an office's page."""

from __future__ import annotations

import json

import pytest

from form_server.ledger import SourceFacts
from form_server.tabular import read_csv
from tests.form_server.desk.scorecard.office_year import LAKE, MILL, fill_year
from tests.form_server.desk.stage import Stage
from tests.form_server.ledger.things import accept_one
from tests.outreach_kit.paper.reading import text_of


@pytest.fixture
def year(desk: Stage) -> Stage:
    fill_year(desk)
    return desk


def test_a_desk_that_begins_has_nothing_to_count(desk: Stage) -> None:
    page = desk.get("/desk/scorecard")
    assert page.status_code == 200
    assert "Nothing to count yet" in page.text
    assert '<svg class="chart' not in page.text


def test_the_page_tells_what_came_of_it_all(year: Stage) -> None:
    page = year.get("/desk/scorecard").text
    assert "<dt>Referrals</dt><dd>9</dd>" in page
    assert "62%" in page, "five of eight that were weighed"
    assert "5\u00a0hours" in page, "the first call"
    assert "9\u00a0referrals; most in " in page
    assert "Mill Road &amp; Sons Clinic" in page
    assert "Under no code" in page
    assert "Referred on" in page
    assert "Still open" in page
    assert "5\u00a0referrals in twelve months, last contact 3 months ago." in page
    assert "2 of 3 did not fit: gratitude, and the niche again." in page
    assert year.ledger.audit.recent(1)[0].action == "scorecard.read"


def test_nothing_on_the_page_asks_for_a_style_that_the_policy_forbids(year: Stage) -> None:
    for path in ("/desk/scorecard", f"/desk/offices/{MILL}"):
        page = year.get(path).text
        assert " style=" not in page
        assert "<style" not in page


@pytest.mark.parametrize(
    ("asked", "count", "months"),
    [("period=24", 9, 24), ("period=2026&stack=tier", 9, 11), ("period=2025", 0, 12),
     ("period=evil&by=evil&page=-1&stack=evil", 9, 12), ("period=12&page=99999", 9, 12)],
)  # fmt: skip
def test_another_period_is_another_chart(year: Stage, asked: str, count: int, months: int) -> None:
    page = year.get(f"/desk/scorecard?{asked}").text
    assert f"<dt>Referrals</dt><dd>{count}</dd>" in page
    _, table = page.split("The same as a table")
    assert table.split("</table>")[0].count('<th scope="row">') == months


def test_columns_can_be_made_of_where_they_came_from(year: Stage) -> None:
    page = year.get("/desk/scorecard?stack=tier").text
    assert "From A sources" in page
    assert "From B sources" in page, "set by hand"
    assert '<rect class="tier-none"' in page


@pytest.mark.parametrize(("by", "first"), [("name", LAKE), ("sent", MILL), ("seen", LAKE)])
def test_sources_stand_in_the_order_that_was_asked_for(year: Stage, by: str, first: str) -> None:
    table = year.get(f"/desk/scorecard?by={by}").text.split('<table class="ranks"')[1]
    assert table.split('href="')[1].startswith(f"/desk/offices/{first}")


def test_files_hold_what_the_page_shows_and_nothing_of_a_patient(year: Stage) -> None:
    taken = year.get("/desk/scorecard/sources.csv")
    assert "attachment" in taken.headers["Content-Disposition"]
    head, *rows = read_csv(taken.data)
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert (told[MILL]["referrals"], told[MILL]["fit_rate"], told[MILL]["tier"]) == (
        "5",
        "0.8",
        "A",
    )
    assert (told[LAKE]["is_tier_set"], told[LAKE]["mismatches"]) == ("yes", "2")
    head, *months = read_csv(year.get("/desk/scorecard/months.csv?period=2026").data)
    assert [row[0] for row in months] == [f"2026-{month:02}" for month in range(1, 12)]
    document = json.loads(year.get("/desk/scorecard/scorecard.json").text)
    assert document["whole"]["referrals"] == 9
    assert year.ledger.audit.recent(1)[0].detail == "scorecard.json"
    assert year.get("/desk/scorecard/everything.csv").status_code == 404


def test_an_office_shows_its_own_months(year: Stage) -> None:
    page = year.get(f"/desk/offices/{MILL}").text
    assert "office-months-title" in page
    assert "5\u00a0referrals; most in " in page
    assert "<dt>Tier</dt><dd>A</dd>" in page
    assert "80%" in page


def test_the_year_comes_to_paper_from_the_desk(year: Stage) -> None:
    sheet = year.get("/desk/scorecard/year-review.pdf?year=2026&paper=a4")
    assert sheet.mimetype == "application/pdf"
    assert sheet.headers["Content-Disposition"] == 'inline; filename="year-review-2026.pdf"'
    text = text_of(sheet.data)
    for words in ("2026 so far", "9 0 by this day in 2025", "Mill Road & Sons Clinic",
                  "1 came under no code", "Keep seeing Mill Road & Sons Clinic",
                  "Explain whom you help at Lakeside Pediatrics", "1 visit, 1 office seen"):  # fmt: skip
        assert words in text, words
    assert year.ledger.audit.recent(1)[0].action == "scorecard.printed"
    empty = text_of(year.get("/desk/scorecard/year-review.pdf?year=2025").data)
    assert "Nobody sent anybody." in empty
    assert "2026 so far" in text_of(year.get("/desk/scorecard/year-review.pdf?year=x").data)


def test_a_dozen_sources_have_bars_and_all_others_a_number(year: Stage) -> None:
    at = year.clock()
    for number in range(14):
        year.ledger.address_book.add(f"s{number}", SourceFacts(f"Source {number}"), actor="test")
        for _ in range(1 + number % 2):
            accept_one(
                year.ledger,
                source=f"s{number}",
                received_at=at,
                promised_by=at,
                inbox_id=year.founding.inbox_id,
            )
    bars = year.get("/desk/scorecard").text.split('<ol class="bars">')[1].split("</ol>")[0]
    assert bars.count('<svg class="lying"') == 13, "a dozen and those without a code"
    assert "4 others" in bars
    counts = [int(one.split("<")[0]) for one in bars.split("<b>")[1:]]
    assert counts[:2] == [5, 3]
    assert sum(counts) == 9 + 21


def test_inboxes_that_somebody_may_not_open_are_in_none_of_their_figures(
    year: Stage, other_inbox: str
) -> None:
    at = year.clock()
    for _ in range(3):
        accept_one(year.ledger, source=MILL, received_at=at, promised_by=at, inbox_id=other_inbox)
    assert "<dt>Referrals</dt><dd>9</dd>" in year.get("/desk/scorecard").text
    document = json.loads(year.get("/desk/scorecard/scorecard.json").text)
    assert document["whole"]["referrals"] == 9
    assert "5\u00a0referrals; most in " in year.get(f"/desk/offices/{MILL}").text
    assert "9 0 by this day" in text_of(year.get("/desk/scorecard/year-review.pdf").data)
