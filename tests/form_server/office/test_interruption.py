"""Words of risk stop a person once, and a program never; nothing typed is lost on the way."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.form_server.office.house import ENOUGH, House
from tests.form_server.office.test_hello import MINE

NOTE = "She says she wants to die.\nPlease hurry."


class Inputs(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden":
            self.pairs.append((said.get("name") or "", said.get("value") or ""))


def test_a_form_is_stopped_once_and_one_tap_sends_all_of_it(house: House) -> None:
    stopped = house.client.post(
        "/referrals",
        data={**ENOUGH, "reasons": ["panic", "other"], "note": NOTE, "voicemail_ok": "true"},
    )
    assert stopped.status_code == 200
    for said in ('href="tel:911"', 'href="tel:988"', 'href="tel:+13605550142"', "not sent yet"):
        assert said in stopped.text
    assert house.referrals() == []
    pairs = Inputs(stopped.text).pairs
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    sent = house.client.post("/referrals", data=data)
    assert sent.status_code == 303
    (referral,) = house.referrals()
    assert "read_first" in referral.flags
    words = house.open(referral)
    assert words["note"] == NOTE
    assert words["reasons"] == ["panic", "other"]
    assert words["voicemail_ok"] is True


def test_a_program_is_never_stopped_and_the_referral_is_marked_all_the_same(house: House) -> None:
    answer = house.client.post("/referrals", json={**ENOUGH, "note": NOTE})
    assert answer.status_code == 201
    (referral,) = house.referrals()
    assert "read_first" in referral.flags


def test_a_script_that_can_show_the_lines_is_asked_to(house: House) -> None:
    data = {**ENOUGH, "note": NOTE}
    asked = house.client.post("/referrals", json={**data, "risk_notice": "ask"})
    assert (asked.status_code, asked.json) == (200, {"interrupt": "risk"})
    assert house.referrals() == []
    sent = house.client.post("/referrals", json={**data, "risk_notice": "seen"})
    assert sent.status_code == 201


def test_the_patients_own_words_count_too(house: House) -> None:
    stopped = house.client.post("/referrals", data={**MINE, "reasons": "Ya no quiero vivir"})
    assert "Are you safe right now?" in stopped.text
    assert house.referrals() == []


def test_what_must_be_mended_comes_first_and_the_warning_is_not_repeated(house: House) -> None:
    wrong = {**ENOUGH, "note": NOTE, "patient_phone": "12"}
    assert house.client.post("/referrals", data=wrong).status_code == 422
    again = house.client.post("/referrals", data={**wrong, "risk_notice": "seen"})
    assert ("risk_notice", "seen") in Inputs(again.text).pairs


def test_an_ordinary_note_goes_straight_through(house: House) -> None:
    answer = house.client.post("/referrals", data={**ENOUGH, "note": "Please call after four."})
    assert answer.status_code == 303
    (referral,) = house.referrals()
    assert "read_first" not in referral.flags
