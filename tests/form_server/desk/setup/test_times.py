"""Held first-call times at the desk: many at once, taken back, given up, and whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from form_server.desk.setup.times_typed import read_moments, read_times
from form_server.ledger import Role
from outreach_kit.errors import UsageError
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import NOW, Stage, hidden

PAGE = "/desk/times"
NORA = "nora-ellison"
ZONE = ZoneInfo("America/Los_Angeles")
WEEK = {"first": "2026-11-17", "last": "2026-11-23", "times": "9:00, 2:30 PM"}


def post(desk: Stage, path: str = "", client: FlaskClient | None = None, **typed: Any) -> Any:
    token = hidden(desk.get("/desk/more", client).text, "csrf_token")
    return desk.post(f"{PAGE}{path}", {"csrf_token": token, **typed}, client)


def hold(desk: Stage, **typed: Any) -> Any:
    return post(desk, "", **{"clinician": NORA, "weekday": ["Tue", "Wed"], **WEEK, **typed})


def walls(desk: Stage) -> list[str]:
    coming = desk.ledger.first_calls.coming()
    return [f"{one.starts_at.astimezone(ZONE):%a %H:%M}" for one in coming]


def test_days_by_times_are_held_at_once_and_taken_back_at_once(desk: Stage) -> None:
    desk.ledger.first_calls.add(NORA, datetime(2026, 11, 17, 17, tzinfo=UTC), actor="test")
    desk.clock.advance(seconds=1)

    answer = hold(desk)

    assert answer.status_code == 303
    assert walls(desk) == ["Tue 09:00", "Tue 14:30", "Wed 09:00", "Wed 14:30"]
    page = desk.get(answer.location).text
    assert "4 free, 0 taken" in page
    assert desk.actions().count("first_call.held") == 4

    desk.clock.advance(seconds=5)
    assert post(desk, "/back", added=hidden(page, "added")).status_code == 303
    assert walls(desk) == ["Tue 09:00"]
    assert desk.actions().count("first_call.removed") == 3


def test_one_is_given_up_and_held_again(desk: Stage) -> None:
    hold(desk, last="", times="9:00")
    (held,) = desk.ledger.first_calls.coming()

    answer = post(desk, f"/{held.id}/remove")
    assert walls(desk) == []
    again = hidden(desk.get(answer.location).text, "again")

    assert post(desk, "", again=again).status_code == 303
    assert walls(desk) == ["Tue 09:00"]


def test_a_taken_one_stays_and_leads_to_its_referral_without_a_name(desk: Stage) -> None:
    hold(desk, last="", times="9:00")
    (held,) = desk.ledger.first_calls.coming()
    referral = desk.receive(held_time=held.id)

    page = desk.get(PAGE).text

    assert "Taken today, 12:30" in page
    assert f'href="/desk/referrals/{referral.id}"' in page
    assert "Maria" not in page
    assert "Give up" not in page
    assert post(desk, f"/{held.id}/remove").status_code == 422
    assert walls(desk) == ["Tue 09:00"]


def test_who_cannot_open_the_referral_gets_no_link_to_it(desk: Stage) -> None:
    hold(desk, last="", times="9:00")
    referral = desk.receive(held_time=desk.ledger.first_calls.coming()[0].id)
    user_id, pair = add_user(desk, Role.FRONT_DESK)

    page = desk.get(PAGE, desk.let_in(user_id, pair.private)).text

    assert "Taken today" in page
    assert referral.id not in page


def test_a_clinician_holds_their_own_and_nobody_elses(desk: Stage) -> None:
    hold(desk, last="", times="9:00")
    (noras,) = desk.ledger.first_calls.coming()
    others = [one for one in desk.practice.clinicians if one.slug != NORA]
    user_id, pair = add_user(desk, Role.CLINICIAN)
    client = desk.let_in(user_id, pair.private)

    assert "Give up" not in desk.get(PAGE, client).text
    assert post(desk, f"/{noras.id}/remove", client).status_code == 404
    refused = post(desk, "", client, clinician=NORA, **WEEK)
    assert refused.status_code == 404
    added = post(desk, "/back", client, added=str(int(NOW.timestamp()) * 1_000_000))
    assert added.status_code == 303
    assert walls(desk) == ["Tue 09:00"]
    assert all(one.slug not in desk.get(PAGE, client).text for one in others)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"times": "late"}, "is no time"),
        ({"times": "2"}, "morning or afternoon"),
        ({"times": " , "}, "Say at which times"),
        ({"first": "2026-11-15"}, "has passed"),
        ({"last": "2026-11-01"}, "comes before"),
        ({"last": "2027-11-01"}, "three months"),
        ({"first": "2026-11-16", "last": "", "times": "9:00"}, "have passed"),
        ({"first": "soon"}, "The first day is missing"),
    ],
)
def test_what_cannot_be_held_is_refused_and_kept_in_the_form(
    desk: Stage, typed: dict[str, str], said: str
) -> None:
    answer = hold(desk, **typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert walls(desk) == []


def test_times_are_read_as_people_write_them() -> None:
    assert read_times("9, 9:00; 2:30 pm, 12 AM, 12pm, 02:00, 16.15") == [
        time(9), time(14, 30), time(0), time(12), time(2), time(16, 15)
    ]  # fmt: skip


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    form = MultiDict({"first": "2027-03-14", "times": "2:30 AM"})

    with pytest.raises(UsageError, match="never comes"):
        read_moments(form, ZONE, NOW)
