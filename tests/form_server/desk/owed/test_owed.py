from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from form_server.desk.owed import providers
from form_server.desk.owed.item import OwedItem, Sight
from form_server.ledger import NewVisit, Outcome, SourceKind, VisitWay
from form_server.ledger.bookings import Booked
from tests.form_server.desk.stage import NOW, Stage


@pytest.fixture(autouse=True)
def source(desk: Stage) -> None:
    """An office that was seen today, and has no visit due for months."""
    desk.ledger.sources.add("alder-family", "Alder Family", SourceKind.OFFICE, actor="test")
    seen = NewVisit(desk.ledger.new_id(), "alder-family", VisitWay.VISIT, NOW.date())
    desk.ledger.visits.log(seen, actor="test")


def owed_on_today(desk: Stage) -> list[str]:
    page = desk.get("/desk/").text
    if 'class="owed"' not in page:
        return []
    part = page[page.index('class="owed"') : page.index("</ul>", page.index('class="owed"'))]
    return re.findall(r"<span>([^<]*)</span>", part)


def test_nothing_is_owed_on_an_empty_desk(desk: Stage) -> None:
    assert owed_on_today(desk) == []
    assert "Nothing is owed to anybody today" in desk.get("/desk/owed").text


def test_the_next_try_is_due_two_days_after_the_first(desk: Stage) -> None:
    tried = desk.receive()
    desk.tap(tried, "no-answer")
    desk.come_back_after(hours=24)
    assert not any("another try" in text for text in owed_on_today(desk))
    desk.come_back_after(hours=24)

    assert "1 person is due another try" in owed_on_today(desk)
    page = desk.get("/desk/owed").text
    assert f'href="/desk/referrals/{tried.id}"' in page
    assert "Next try by tomorrow" in page
    assert 'class="late"' not in desk.get("/desk/").text
    desk.come_back_after(hours=96)
    assert "The next try was due by" in desk.get("/desk/owed").text
    assert 'class="late"' in desk.get("/desk/").text


@pytest.mark.parametrize("tap", ["reached", "closed"])
def test_nobody_who_was_reached_or_let_go_is_tried_again(desk: Stage, tap: str) -> None:
    referral = desk.receive()
    desk.tap(referral, "no-answer")
    if tap == "closed":
        desk.ledger.steps.close(referral.id, Outcome.UNREACHABLE, desk.founding.user_id)
    else:
        desk.tap(referral, "reached")
    desk.come_back_after(hours=72)

    assert not any("another try" in text for text in owed_on_today(desk))


def test_an_estimate_is_owed_by_the_next_business_day(desk: Stage) -> None:
    referral = desk.receive()
    booked = Booked(NOW, datetime(2026, 11, 20, 18, 0, tzinfo=UTC))
    desk.ledger.bookings.book(referral.id, booked, self_pay=True, user_id=desk.founding.user_id)

    assert "1 cost estimate is owed, due tomorrow" in owed_on_today(desk)
    page = desk.get("/desk/owed").text
    assert "Estimate due tomorrow" in page
    assert f'href="/desk/referrals/{referral.id}"' in page
    desk.come_back_after(hours=48)
    assert "1 cost estimate is owed, due yesterday" in owed_on_today(desk)
    assert "Estimate was due yesterday" in desk.get("/desk/owed").text


def test_what_another_room_owes_stands_on_the_first_page_and_late_things_first(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restock(sight: Sight) -> OwedItem | None:
        return OwedItem("3 offices run out of cards", "/desk/sources", is_late=True)

    monkeypatch.setattr(providers, "OWED", (*providers.OWED, lambda _: None, restock))
    desk.receive()
    desk.come_back_after(days=11)

    assert owed_on_today(desk) == [
        "3 offices run out of cards",
        "1 thank-you card to make by Tue, Dec\u00a01",
    ]


def test_a_promise_about_to_break_is_called_out(desk: Stage) -> None:
    desk.receive(promised_in=timedelta(minutes=50))
    desk.receive(promised_in=timedelta(hours=8))
    page = desk.get("/desk/").text
    assert "One is due within the hour." in page
    assert 'class="row soon"' in page

    desk.receive(promised_in=timedelta(minutes=-5))
    assert "One call is overdue. One more is due within the hour." in desk.get("/desk/").text


def test_the_figures_count_working_time_and_days_to_the_first_appointment(desk: Stage) -> None:
    referral = desk.receive()
    desk.come_back_after(
        hours=20
    )  # half past twelve, overnight, to half past eight: closed since six
    desk.come_back_after(hours=1)
    desk.tap(referral, "reached")
    booked = Booked(desk.clock(), NOW + timedelta(days=6))
    desk.ledger.bookings.book(referral.id, booked, self_pay=False, user_id=desk.founding.user_id)

    page = html.unescape(desk.get("/desk/").text)

    assert "6\u00a0hours of working time" in page
    assert "21\u00a0hours on the clock" in page
    assert "<dt>First appointment</dt><dd>6\u00a0days" in page


def test_what_is_owed_in_another_inbox_is_not_shown(desk: Stage, other_inbox: str) -> None:
    there = desk.receive(inbox_id=other_inbox)
    booked = Booked(NOW, NOW + timedelta(days=4))
    desk.ledger.bookings.book(there.id, booked, self_pay=True, user_id=desk.founding.user_id)

    assert owed_on_today(desk) == []
    assert there.id not in desk.get("/desk/owed").text
