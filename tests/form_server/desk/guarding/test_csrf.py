"""No other site, and no older page, can make a signed-in browser change anything."""

from __future__ import annotations

import pytest

from tests.form_server.desk.guarding.ways import Address, addresses
from tests.form_server.desk.stage import HTTPS, Stage

# Whoever comes through these has no session yet, so there is no token: they ask for words, a sheet,
# a device, or the link of an invitation, and for the desk's own origin like all others.
DOORS = {
    "desk.sign_in",
    "desk.sign_in_by_touch",
    "desk.take_digits",
    "desk.take_touch",
    "desk.recover",
    "desk.accept_invitation",
    "desk.draw_words",
    "desk.ask_words_back",
    "desk.show_sheet",
    "desk.print_sheet",
    "desk.finish_beginning",
}


def posts(stage: Stage) -> list[Address]:
    found = [one for one in addresses(stage) if one.method != "GET"]
    assert all(one.method == "POST" for one in found)
    return found


def fingerprint_of_all(stage: Stage) -> dict[str, int]:
    """Rows by table; a change that a form made would show in the audit."""
    return dict(stage.ledger.upkeep.row_counts())


def test_only_the_doors_take_a_form_without_a_token(desk: Stage) -> None:
    assert {one.endpoint for one in posts(desk) if one.is_open} == DOORS


def test_every_form_of_the_desk_asks_for_the_token(desk: Stage) -> None:
    referral = desk.receive()
    guarded = [one for one in posts(desk) if not one.is_open]
    assert len(guarded) > 15
    before = fingerprint_of_all(desk)
    for one in guarded:
        path = one.path(referral_id=referral.id)
        for form in ({}, {"csrf_token": ""}, {"csrf_token": "a" * 43}):
            answer = desk.post(path, form)
            assert answer.status_code == 403, str(one)
            assert "That page was out of date" in answer.text, str(one)
    assert fingerprint_of_all(desk) == before


@pytest.mark.parametrize("origin", ["https://evil.example", "null", HTTPS + ".evil.example", None])
def test_every_form_of_the_desk_is_refused_from_elsewhere(desk: Stage, origin: str | None) -> None:
    """Doors too: nobody is signed in as somebody else by another site."""
    token = desk.csrf_token
    before = fingerprint_of_all(desk)
    for one in posts(desk):
        answer = desk.post(one.path(), {"csrf_token": token}, origin=origin)
        assert answer.status_code == 403, str(one)
        assert "That did not come from the desk" in answer.text, str(one)
    assert fingerprint_of_all(desk) == before


def test_the_token_of_another_session_is_no_use(desk: Stage) -> None:
    token = desk.csrf_token
    desk.client = desk.let_in()
    assert desk.csrf_token != token
    answer = desk.post("/desk/devices/others/end", {"csrf_token": token})
    assert answer.status_code == 403
