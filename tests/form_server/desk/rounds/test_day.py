"""A morning: its order, names first, what to carry, and its paper."""

from __future__ import annotations

import html
import re

from form_server.ledger import Counted, PersonRole, SourceKind
from tests.form_server.desk.rounds.outreach import add_office, add_person, plain, seen_ago, send
from tests.form_server.desk.stage import Stage
from tests.outreach_kit.paper.reading import page_count, tags, text_of

DAY = "/desk/outreach/day"


def furnish(desk: Stage) -> None:
    add_office(desk, "far", "Far Clinic", town="Mill Road")
    add_office(
        desk, "lake", "Lake Clinic", address=("88 Lake Rd",), hours="Mon–Fri 8–5",
        phone="(360) 555-0122",
    )  # fmt: skip
    add_person(desk, "lake", "Dr. Amara Singh", PersonRole.PHYSICIAN)
    add_person(desk, "lake", "Dana Whitfield", PersonRole.RECEPTIONIST)
    seen_ago(desk, "lake", 120, Counted("card", 40))


def test_the_nearest_comes_first_with_names_address_and_pieces(desk: Stage) -> None:
    furnish(desk)
    page = plain(desk.get(f"{DAY}?office=far&office=lake&office=nobody").text)
    order = (
        "2 offices", "1 · about 1 mile", "Lake Clinic", "88 Lake Rd", "Open Mon–Fri 8–5",
        "Greet Dana Whitfield", "ask for Dr. Amara Singh", "Bring 24 cards, 20 brochures, 2 pads",
        "Far Clinic", "Ask for the names at the desk", "Bring 40 cards", "74 cards", "2 visit sheets",
    )  # fmt: skip
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def stops_of(page: str) -> list[str]:
    return re.findall('<li id="stop-([a-z]+)"', page)


def move(desk: Stage, page: str, words: str) -> str:
    """The page behind the arrow that is called so."""
    found = re.search(f'<a href="([^"#]+)#[^"]*"[^>]*><span[^>]*>.</span><span[^>]*>{words}<', page)
    assert found, words
    return desk.get(html.unescape(found[1])).text


def test_stops_are_put_in_ones_own_order_which_the_morning_keeps(desk: Stage) -> None:
    for code, town in (("a", "Alder Falls"), ("b", "Alder Falls"), ("far", "Mill Road")):
        add_office(desk, code, f"{code} Clinic", town=town)
    first = desk.get(f"{DAY}?office=far&office=a&office=b").text
    assert stops_of(first) == ["a", "b", "far"]
    assert "Earlier: a Clinic" not in first
    assert "Later: far Clinic" not in first

    page = move(desk, move(desk, first, "Earlier: far Clinic"), "Later: a Clinic")

    assert stops_of(page) == ["far", "a", "b"]
    assert "In your own order" in page
    assert "office=far&amp;office=a&amp;office=b&amp;order=own" in page
    paper = html.unescape(re.findall('href="([^"]+day-plan.pdf[^"]+)"', page)[0])
    told = text_of(desk.get(paper).data)
    assert told.index("far Clinic") < told.index("a Clinic") < told.index("b Clinic")
    log = html.unescape(re.findall('href="([^"]+/visits/far/new[^"]+)"', page)[0])
    assert '<input type="hidden" name="order" value="own">' in desk.get(log).text
    logged = send(desk, at=log, order="own", office=["far", "a", "b"])
    after = plain(desk.get(logged.location).text)
    assert after.index("What comes next a Clinic") < after.index("The morning’s plan")
    again = html.unescape(re.findall('href="([^"]+)">Back to the order of the way', page)[0])
    assert stops_of(desk.get(again).text) == ["a", "b", "far"]


def test_who_is_taken_along_comes_last_in_ones_own_order(desk: Stage) -> None:
    furnish(desk)
    add_office(desk, "beside", "Beside Clinic")
    page = desk.get(f"{DAY}?office=far&office=lake&order=own").text
    offered = page[page.index("close by") :]
    assert '<input type="hidden" name="order" value="own">' in offered
    more = desk.get(f"{DAY}?office=far&office=lake&order=own&office=beside").text
    assert stops_of(more) == ["far", "lake", "beside"]


def test_a_stop_that_became_one_with_another_is_still_a_stop(desk: Stage) -> None:
    furnish(desk)
    book = desk.ledger.address_book
    add_office(desk, "shore", "Shore Clinic")
    book.merge("shore", "lake", book.get("shore").facts, actor="test")

    page = desk.get(f"{DAY}?office=far&office=lake&office=shore&order=own").text

    assert stops_of(page) == ["far", "shore"]
    assert "office=far&amp;office=shore&amp;order=own" in page


def test_a_visit_that_would_nag_is_warned_of(desk: Stage) -> None:
    add_office(desk, "lake")
    seen_ago(desk, "lake", 20)
    page = plain(desk.get(f"{DAY}?office=lake").text)
    assert "You were there 20 days ago. Sooner than 60 days nags." in page


def test_what_was_seen_today_is_done_and_the_next_one_stands_out(desk: Stage) -> None:
    add_office(desk, "a")
    add_office(desk, "b")
    seen_ago(desk, "a", 0)
    page = desk.get(f"{DAY}?office=a&office=b").text
    assert "seen today" in page
    assert page.count("up-next") == 1
    assert page.count("Log this visit") == 1


def test_who_is_due_and_close_by_can_be_taken_along(desk: Stage) -> None:
    furnish(desk)
    add_office(desk, "beside", "Beside Clinic")
    page = desk.get(f"{DAY}?office=lake").text
    offered = page[page.index("close by") :]
    assert "Beside Clinic" in offered
    assert "Far Clinic" not in offered


def test_no_more_than_eight_offices_go_into_a_morning(desk: Stage) -> None:
    for number in range(9):
        add_office(desk, f"o{number}")
    asked = "&".join(f"office=o{number}" for number in range(9))
    assert "8 offices" in plain(desk.get(f"{DAY}?{asked}").text)
    assert "Nobody is chosen yet" in desk.get(DAY).text


def test_the_paper_of_a_day_is_its_plan_and_a_sheet_for_each_office(desk: Stage) -> None:
    furnish(desk)
    answer = desk.get(f"{DAY}.pdf?office=far&office=lake")
    assert answer.mimetype == "application/pdf"
    assert 'filename="visit-day-2026-11-16.pdf"' in answer.headers["Content-Disposition"]
    text = text_of(answer.data)
    assert page_count(answer.data) == 3
    assert text.index("A morning of visits") < text.index("Their sheets carry the code lake.")
    assert text.index("code lake.") < text.index("code far.")
    assert text.count("Dana Whitfield") == 2, "on the plan, and on the sheet of her office"


def test_the_plan_alone_is_one_tagged_page(desk: Stage) -> None:
    furnish(desk)
    pdf = desk.get("/desk/outreach/day-plan.pdf?office=lake").data
    assert page_count(pdf) == 1
    assert "H1" in tags(pdf)


def test_what_no_font_has_is_said_and_nothing_is_printed(desk: Stage) -> None:
    add_office(desk, "odd", "Odd \U000104b0 Clinic")
    answer = desk.get("/desk/outreach/day-plan.pdf?office=odd")
    assert answer.status_code == 422
    assert "No font on this server has" in answer.text


def test_a_friend_can_be_seen_without_a_word_drafted_and_with_nothing_counted(desk: Stage) -> None:
    add_office(
        desk, "friend", kind=SourceKind.FRIEND, phone="ask Dana", latitude=48.5, longitude=-122.3
    )
    add_office(desk, "next", latitude=48.505, longitude=-122.3)
    page = desk.get(f"{DAY}?office=friend&office=next").text
    assert "Wants no visits" in page
    assert "tel:" not in page, "what nobody can dial is no link"
    assert "under a mile" in plain(page)
    form = desk.get("/desk/outreach/visits/friend/new").text
    assert 'name="said"' not in form
    assert 'id="stock"' not in desk.get("/desk/offices/friend").text


def test_what_was_typed_about_an_office_is_never_markup(desk: Stage) -> None:
    hostile = '"><script>alert(1)</script>{{ 7*7 }}'
    add_office(desk, "odd", hostile, town=hostile, address=(hostile,), hours=hostile, phone=hostile)
    person = add_person(desk, "odd", hostile)
    visit_id = seen_ago(desk, "odd", 100, words=hostile, met=(person,))
    for path in (
        "/desk/outreach", f"{DAY}?office=odd", "/desk/outreach/visits/odd",
        "/desk/outreach/visits/odd/new", f"/desk/outreach/visits/odd/logged?visit={visit_id}",
        "/desk/stock?show=all", "/desk/offices/odd",
    ):  # fmt: skip
        page = desk.get(path).text
        assert "<script>alert" not in page, path
        assert "alert(1)" in page, path
        assert "{{ 7*7 }}" in page, path
