from __future__ import annotations

import re

from tests.form_server.desk.stage import Stage


def renew(desk: Stage, words: str) -> str:
    answer = desk.post("/desk/words", {"csrf_token": desk.csrf_token, "passphrase": words})
    return answer.text


def shown(page: str) -> str:
    found = re.search(r'class="words"[^>]*>([a-z ]+)<', page)
    assert found
    return found[1]


def test_new_words_open_the_desk_and_the_old_ones_do_not(desk: Stage) -> None:
    elsewhere, referral = desk.let_in(), desk.receive()
    new = shown(renew(desk, desk.founding.passphrase))
    assert len(new.split()) == 6
    assert desk.get("/desk/").status_code == 200
    assert desk.get("/desk/", elsewhere).status_code == 303
    assert desk.actions()[-1] == "list.opened"
    assert "user.relocked" in desk.actions()
    desk.client = desk.app.test_client()
    assert desk.try_to_sign_in(desk.founding.passphrase).status_code == 422
    assert desk.try_to_sign_in(new).status_code == 303
    assert "Maria Delgado" in desk.get(f"/desk/referrals/{referral.id}").text


def test_wrong_present_words_change_nothing_and_are_counted(desk: Stage) -> None:
    locked = desk.ledger.people.user(desk.founding.user_id).locked_private_key
    for _ in range(5):
        assert "not your six words" in renew(desk, "six words that are wrong here")
    assert "one try too many" in renew(desk, desk.founding.passphrase)
    assert desk.ledger.people.user(desk.founding.user_id).locked_private_key == locked


def test_words_change_only_soon_after_signing_in(desk: Stage) -> None:
    token = desk.csrf_token
    desk.clock.advance(minutes=11)
    assert desk.get("/desk/words").status_code == 403
    form = {"csrf_token": token, "passphrase": desk.founding.passphrase}
    assert desk.post("/desk/words", form).status_code == 403
