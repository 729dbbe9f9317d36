from __future__ import annotations

import re

from form_server.ledger import NewUser, Role
from tests.form_server.desk.referral.test_referral import token
from tests.form_server.desk.stage import Stage


def test_every_session_of_ones_own_is_listed_and_this_one_is_named(desk: Stage) -> None:
    desk.let_in()
    page = desk.get("/desk/devices").text

    assert page.count('class="device"') == 2
    assert page.count("This device") == 1
    assert len(re.findall(r'action="/desk/devices/[0-9a-f]+/end"', page)) == 1


def test_a_session_that_is_ended_is_out_at_once(desk: Stage) -> None:
    other = desk.let_in()
    (path,) = re.findall(r'action="(/desk/devices/[0-9a-f]+/end)"', desk.get("/desk/devices").text)

    answer = desk.post(path, {"csrf_token": token(desk)})

    assert answer.status_code == 303
    assert "That device is signed out" in desk.get(answer.location).text
    assert desk.get("/desk/", other).status_code == 303
    assert desk.get("/desk/").status_code == 200
    assert "session.ended" in desk.actions()


def test_all_others_end_with_one_tap(desk: Stage) -> None:
    others = [desk.let_in(), desk.let_in()]

    desk.post("/desk/devices/others/end", {"csrf_token": token(desk)})

    assert [desk.get("/desk/", one).status_code for one in others] == [303, 303]
    assert desk.get("/desk/devices").text.count('class="device"') == 1


def test_nobody_ends_a_session_of_somebody_else(desk: Stage) -> None:
    user = desk.ledger.people.user(desk.founding.user_id)
    stranger = NewUser(
        desk.ledger.new_id(), "Sam Rivera", "sam@harborstreet.example", Role.CLINICIAN,
        user.public_key, user.locked_private_key,
    )  # fmt: skip
    desk.ledger.people.add_user(stranger, [], actor="test")
    theirs = desk.let_in(stranger.id)
    mine = re.findall(r'action="(/desk/devices/[0-9a-f]+/end)"', desk.get("/desk/devices").text)
    assert mine == []
    (session,) = desk.ledger.sessions.of_user(stranger.id, desk.clock())
    path = f"/desk/devices/{session.token_hash.hex()[:16]}/end"

    assert desk.post(path, {"csrf_token": token(desk)}).status_code == 404

    assert desk.get("/desk/", theirs).status_code == 200
