"""This week: who is due, in which mornings, with what to say; and nobody who would be nagged."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.form_server.desk.rounds.outreach import add_office, add_person, plain, seen_ago
from tests.form_server.desk.stage import Stage

WEEK = "/desk/outreach"


def test_who_is_due_stands_there_and_who_would_be_nagged_does_not(desk: Stage) -> None:
    for code, days in (("fresh", 59), ("ripe", 90), ("waiting", 89), ("lost", 180)):
        add_office(desk, code, f"Office {code}")
        seen_ago(desk, code, days)
    page = plain(desk.get(WEEK).text)
    assert "2 offices are due, 1 of them not seen for six months." in page
    assert "Not seen for 180 days" in page
    assert "Due today" in page
    assert "Office fresh" not in page
    assert "Office waiting" not in page


def test_what_is_forgotten_is_red(desk: Stage) -> None:
    add_office(desk, "lost")
    seen_ago(desk, "lost", 180)
    assert 'class="row visit overdue"' in desk.get(WEEK).text
    desk.ledger.visits.remove(desk.ledger.visits.of("lost")[0].id, actor="test")
    seen_ago(desk, "lost", 179)
    assert 'class="row visit"' in desk.get(WEEK).text


def test_each_has_a_draft_of_gratitude_and_the_niche_to_the_front_desk(desk: Stage) -> None:
    add_office(desk, "lake")
    add_person(desk, "lake", "Dana Whitfield")
    seen_ago(desk, "lake", 100)
    page = plain(desk.get(WEEK).text)
    assert "Gratitude, and the niche" in page
    assert "Dear Dana Whitfield," in page
    assert desk.practice.clinicians[0].facts.niche in page
    assert "may I count on you to send them to me?" in page


def test_a_morning_lies_on_one_way_and_leads_to_its_plan(desk: Stage) -> None:
    add_office(desk, "near", "Near", town="Alder Falls")
    add_office(desk, "next", "Next", town="Alder Falls")
    add_office(desk, "far", "Far", town="Mill Road")
    page = desk.get(WEEK).text
    assert "/desk/outreach/day?office=near&amp;office=next" in page
    assert "/desk/outreach/day?office=far" in page
    assert "2 offices · 20 to 30 minutes there · about 2 miles" in plain(page)


def test_more_than_fifty_go_on_another_page(desk: Stage) -> None:
    for number in range(52):
        add_office(desk, f"o{number:02}", f"Office {number:02}")
    first, second = desk.get(WEEK).text, desk.get(f"{WEEK}?page=2").text
    assert first.count('name="office"') == 50
    assert second.count('name="office"') == 2
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    for far in ("99999999999", "9" * 5000):
        assert desk.get(f"{WEEK}?page={far}").status_code == 200


def test_in_december_cookies_are_named_to_say_no(desk: Stage) -> None:
    add_office(desk, "lake")
    assert "No cookies" not in desk.get(WEEK).text
    desk.clock.now = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
    desk.client = desk.let_in()
    page = desk.get(WEEK).text
    assert "No cookies in December" in page
    assert 'href="/desk/gifts">Gifts</a>' in page


def test_a_quiet_week_says_when_the_next_is_due(desk: Stage) -> None:
    assert "Nobody is on the list yet" in desk.get(WEEK).text
    add_office(desk, "lake")
    seen_ago(desk, "lake", 80)
    page = plain(desk.get(WEEK).text)
    assert "Nobody is due" in page
    assert "The next office is due Thu, Nov 26" in page
