from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from tests.form_server.office.house import ENOUGH, House

AS_JSON = {**ENOUGH, "reasons": ["panic", "other"], "patient_agreed": True}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PHONE = "(360) 555-0142"


def damage(house: House, table: str) -> None:
    """The store stops taking referrals, in the middle of its transaction."""
    with sqlite3.connect(house.settings.var / "handoff.db") as other:
        other.execute(f"DROP TABLE {table}")
    other.close()


def test_a_form_is_answered_with_the_way_to_its_status_page(house: House) -> None:
    answer = house.client.post("/referrals", data=ENOUGH, headers=BROWSER)

    assert answer.status_code == 303
    assert re.fullmatch(r"/status/[A-Za-z0-9_-]{22}", answer.location)
    assert house.only_words()["patient_name"] == "Jordan Quill"
    page = house.client.get(answer.location)
    assert page.status_code == 200
    assert house.referrals()[0].receipt in page.text
    assert "Quill" not in page.text


def test_json_is_answered_with_receipt_links_and_times(house: House) -> None:
    answer = house.client.post("/referrals", json=AS_JSON)

    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["receipt"] == house.referrals()[0].receipt
    assert answer.json["received_at"] == "2026-11-23T19:20:00Z"
    assert answer.json["promised_by"] == "2026-11-23T23:20:00Z"
    assert answer.json["status_url"].startswith("https://refer.harborstreet.example/status/")
    assert answer.location == answer.json["status_url"]
    assert house.only_words()["reasons"] == ["panic", "other"]


def test_multipart_without_files_is_a_form(house: House) -> None:
    answer = house.client.post("/referrals", data=ENOUGH, content_type="multipart/form-data")

    assert answer.status_code == 303
    assert len(house.referrals()) == 1


def test_a_form_that_asks_for_json_gets_json(house: House) -> None:
    accept = {"Accept": "application/json"}

    good = house.client.post("/referrals", data=ENOUGH, headers=accept)
    bad = house.client.post("/referrals", data={**ENOUGH, "note": "x" * 400}, headers=accept)

    assert good.status_code == 201
    assert bad.content_type == "application/problem+json"


def test_a_form_with_mistakes_comes_back_as_it_was_filled_in(house: House) -> None:
    wrong = {**ENOUGH, "patient_phone": "555-0199", "patient_agreed": "", "note": "a <b>note</b>"}

    answer = house.client.post("/referrals", data=wrong, headers=BROWSER)

    assert answer.status_code == 422
    assert answer.mimetype == "text/html"
    assert "This number cannot be dialled" in answer.text
    assert "Please ask the patient first" in answer.text
    assert 'value="Jordan Quill"' in answer.text
    assert 'value="555-0199"' in answer.text
    assert "a &lt;b&gt;note&lt;/b&gt;" in answer.text
    assert re.search(r'value="panic"[^>]* checked', answer.text)
    assert house.referrals() == []


def test_json_with_mistakes_gets_a_problem_with_a_message_for_each_field(house: House) -> None:
    wrong = {**AS_JSON, "patient_name": "\ud800", "reasons": [], "note": "x" * 301}

    answer = house.client.post("/referrals", json=wrong)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 422
    assert answer.json["phone"] == PHONE
    assert set(answer.json["errors"]) == {"patient_name", "reasons", "note"}
    assert answer.json["errors"]["note"] == "It is 1 character too long. Keep it to 300."
    assert house.referrals() == []


def test_every_flaw_has_a_sentence_that_ends(house: House) -> None:
    wrong: dict[str, Any] = {
        "patient_name": "a\nb",
        "referrer_name": "a\0",
        "referrer_office": 3.5,
        "plan": {},
        "best_time": ["a", "b"],
        "referrer_phone": "1",
        "patient_email": "x",
        "reasons": ["x"] * 99,
        "note": "x" * 302,
    }

    answer = house.client.post("/referrals", json=wrong)

    assert answer.json is not None
    errors = answer.json["errors"]
    assert set(errors) >= set(wrong) - {"referrer_office"}
    assert all(text.endswith(".") for text in errors.values())
    assert errors["note"] == "It is 2 characters too long. Keep it to 300."


def test_sending_the_form_twice_gives_the_same_status_page(house: House) -> None:
    first = house.client.post("/referrals", data=ENOUGH)
    second = house.client.post("/referrals", json={**AS_JSON, "reasons": ["panic"]})

    assert second.json is not None
    assert second.json["status_url"].endswith(first.location)
    assert len(house.referrals()) == 1


@pytest.mark.parametrize("as_header", [True, False])
def test_a_key_that_comes_again_with_other_words_is_refused(house: House, as_header: bool) -> None:
    def send(name: str) -> Any:
        hidden = {} if as_header else {"submission_id": "k1"}
        headers = {"Idempotency-Key": "k1"} if as_header else {}
        content = {**AS_JSON, **hidden, "patient_name": name}
        return house.client.post("/referrals", json=content, headers=headers)

    assert send("Jordan Quill").status_code == 201
    assert send("Jordan Quill").status_code == 201
    refused = send("Al Quill")
    assert refused.status_code == 422
    assert "sent before" in refused.json["title"]
    assert len(house.referrals()) == 1


@pytest.mark.parametrize("table", ["referral", "delivery", "audit"])
def test_a_referral_that_cannot_be_stored_is_never_called_a_success(
    house: House, table: str, caplog: pytest.LogCaptureFixture
) -> None:
    house.ledger.inboxes.all()
    damage(house, table)

    page = house.client.post("/referrals", data=ENOUGH, headers=BROWSER)
    answer = house.client.post("/referrals", json=AS_JSON)

    assert page.status_code == answer.status_code == 503
    assert PHONE in page.text
    assert answer.json is not None
    assert answer.json["phone"] == PHONE
    assert PHONE in answer.json["detail"]
    assert int(page.headers["Retry-After"]) > 0
    assert "was not stored" in caplog.text
    assert "Quill" not in caplog.text
    if table != "referral":
        assert house.referrals() == []


def test_a_thanks_page_is_gone_to_only_when_the_settings_name_it(
    build: Callable[..., House],
) -> None:
    thanks = "https://harborstreet.example/thanks"
    house = build(thanks_pages=(thanks,))

    def go_on_to(wanted: str, name: str) -> str:
        data = {**ENOUGH, "thanks_page": wanted, "patient_name": name}
        return house.client.post("/referrals", data=data).location

    assert go_on_to(thanks, "A") == thanks
    assert go_on_to("https://evil.example/", "B").startswith("/status/")
    assert go_on_to(thanks + "/../evil", "C").startswith("/status/")


def test_a_thanks_page_is_not_forgotten_by_a_form_that_comes_back(
    build: Callable[..., House],
) -> None:
    thanks = "https://harborstreet.example/" + "long/" * 20
    house = build(thanks_pages=(thanks,))

    answer = house.client.post("/referrals", data={"thanks_page": thanks, "patient_name": "A"})

    assert f'name="thanks_page" value="{thanks}"' in answer.text
    other = house.client.post("/referrals", data={"thanks_page": "https://evil.example"})
    assert "evil.example" not in other.text


def test_the_empty_form_is_served_and_sends_to_the_public_address(house: House) -> None:
    page = house.client.get("/refer")

    assert page.status_code == 200
    assert 'action="https://refer.harborstreet.example/referrals"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "link",
    ["/refer/", "/refer/nora-ellison", "/refer/left-in-may/", "/refer?source=%3Cb%3EOLD%00"],
)
def test_every_link_that_was_ever_printed_leads_to_a_form(house: House, link: str) -> None:
    page = house.client.get(link, follow_redirects=True)

    assert page.status_code == 200
    assert 'name="patient_name"' in page.text
    assert "<b>OLD" not in page.text


def test_a_code_stays_in_the_form_that_it_opened(house: House) -> None:
    assert 'name="source" value="K7Q2"' in house.client.get("/refer?source=K7Q2").text
    wrong = house.client.post("/referrals", data={"source": "K7Q2"})
    assert 'name="source" value="K7Q2"' in wrong.text


def test_opening_the_address_that_a_form_is_sent_to_leads_to_the_form(house: House) -> None:
    answer = house.client.get("/referrals")

    assert (answer.status_code, answer.location) == (303, "/refer/")
