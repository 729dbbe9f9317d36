"""Time off at the desk: added with cover or without, refused with a reason, taken out again."""

from __future__ import annotations

from typing import Any

import pytest

from form_server.ledger import Role
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import Stage, hidden

PAGE = "/desk/settings/time-off"


def add(desk: Stage, **typed: str) -> Any:
    token = hidden(desk.get(PAGE).text, "csrf_token")
    whole = {"inbox": desk.founding.inbox_id, "first": "2026-12-21", "last": "2026-12-23"}
    return desk.post(PAGE, {**whole, "csrf_token": token, **typed})


def test_days_away_stand_in_the_list_and_can_be_taken_out(desk: Stage) -> None:
    assert add(desk).status_code == 303
    (leave,) = desk.ledger.inboxes.leaves(desk.founding.inbox_id)
    page = desk.get(PAGE).text
    assert "Mon, Dec\u00a021, 2026 to Wed, Dec\u00a023, 2026" in page
    assert "these days count as closed" in page

    token = {"csrf_token": hidden(page, "csrf_token")}
    assert desk.post(f"{PAGE}/{leave.id}/remove", token).status_code == 303

    assert desk.ledger.inboxes.leaves(desk.founding.inbox_id) == ()
    assert desk.actions()[-2:] == ["absence.added", "absence.removed"]


def test_who_can_open_the_inbox_may_cover(desk: Stage) -> None:
    assert add(desk, cover=f"user:{desk.founding.user_id}").status_code == 303

    (leave,) = desk.ledger.inboxes.leaves(desk.founding.inbox_id)
    assert leave.cover_user_id == desk.founding.user_id
    assert "Nora Ellison, LICSW answers." in desk.get(PAGE).text


def test_who_cannot_open_the_inbox_is_refused_as_cover(desk: Stage) -> None:
    user_id, _ = add_user(desk, Role.CLINICIAN)

    answer = add(desk, cover=f"user:{user_id}")

    assert answer.status_code == 422
    assert "cannot open this inbox" in answer.text
    assert desk.ledger.inboxes.leaves(desk.founding.inbox_id) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": ""}, "The first day is missing"),
        ({"first": "2026-12-24"}, "before it begins"),
        ({"first": "2026-01-02", "last": "2026-01-03"}, "over already"),
    ],
)
def test_days_that_cannot_be_are_refused_and_kept_in_the_form(
    desk: Stage, typed: dict[str, str], said: str
) -> None:
    answer = add(desk, **typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed["first"]}"' in answer.text
    assert desk.ledger.inboxes.leaves(desk.founding.inbox_id) == ()


def test_an_inbox_that_does_not_exist_is_not_found(desk: Stage) -> None:
    assert add(desk, inbox="elsewhere").status_code == 404
