"""The menu and the page behind it: what is there, for whom, and where one is."""

from __future__ import annotations

import re

import pytest

from form_server.desk.menu import MENU, MORE
from form_server.ledger import NewUser, Role
from form_server.vault import KeyPair
from tests.form_server.desk.stage import Stage


def current(page: str) -> list[tuple[str, str]]:
    """The marked places of the menu: the mark, and the label."""
    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    return re.findall(r'aria-current="(\w+)".*?<span>(\w+)</span>', menu)


def add_user(stage: Stage, role: Role) -> tuple[str, KeyPair]:
    pair, user_id = KeyPair.generate(), stage.ledger.new_id()
    new = NewUser(
        user_id, f"Sam {role}", f"{role}@example.org", role, pair.public.to_bytes(), b"locked"
    )
    stage.ledger.people.add_user(new, [], actor="test")
    return user_id, pair


def test_a_page_of_the_menu_is_marked_as_the_current_one(desk: Stage) -> None:
    assert current(desk.get("/desk/").text) == [("page", "Today")]
    assert current(desk.get("/desk/more").text) == [("page", "More")]


def test_a_further_page_of_a_room_marks_the_room_and_not_the_page(desk: Stage) -> None:
    referral = desk.receive()

    assert current(desk.get(f"/desk/referrals/{referral.id}").text) == [("true", "Today")]


def test_what_no_room_claims_is_behind_more(desk: Stage) -> None:
    assert current(desk.get("/desk/devices").text) == [("true", "More")]


def test_one_person_has_no_team(desk: Stage) -> None:
    assert "<span>Team</span>" not in desk.get("/desk/").text

    add_user(desk, Role.CLINICIAN)

    assert "<span>Team</span>" in desk.get("/desk/").text


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_more_shows_owners_pages_to_owners_only(desk: Stage, role: Role) -> None:
    user_id, pair = add_user(desk, role)
    theirs = desk.get("/desk/more", desk.let_in(user_id, pair.private)).text
    ours = desk.get("/desk/more").text

    assert 'href="/desk/devices"' in theirs
    for owners in ("/desk/record", "/desk/privacy", "/desk/settings"):
        assert f'href="{owners}"' in ours
        assert f'href="{owners}"' not in theirs


def test_who_one_is_stands_on_more_with_the_way_out(desk: Stage) -> None:
    page = desk.get("/desk/more").text

    assert "Nora Ellison, LICSW" in page
    assert "owner" in page
    assert "Sign out of this device" in page


def test_settings_lead_to_each_page_and_each_page_answers(desk: Stage) -> None:
    page = desk.get("/desk/settings").text
    pages = re.findall(r'<a class="place" href="([^"]+)"', page)

    assert len(pages) == 7
    assert [desk.get(one).status_code for one in pages] == [200] * 7
    assert "A first call within 4 working hours" in page


def test_every_place_of_the_menu_exists_and_is_there_once(desk: Stage) -> None:
    endpoints = [one.endpoint for one in (*MENU, *MORE)]

    assert len(set(endpoints)) == len(endpoints)
    assert set(endpoints) <= set(desk.app.view_functions)
