from __future__ import annotations

import sqlite3

import pytest
from flask import request
from jinja2 import UndefinedError

from tests.form_server.office.house import ENOUGH, House

PHONE = "(360) 555-0142"


def fail_with_what_was_sent() -> str:
    raise RuntimeError(f"could not read {request.form['patient_name']}")


def test_a_bug_is_answered_with_the_number_and_logged_without_what_was_sent(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.app.add_url_rule("/broken", view_func=fail_with_what_was_sent, methods=["POST"])

    page = house.client.post("/broken", data=ENOUGH)
    answer = house.client.post("/broken", data=ENOUGH, headers={"Accept": "application/json"})

    assert page.status_code == answer.status_code == 500
    assert PHONE in page.text
    assert answer.json is not None
    assert answer.json["phone"] == PHONE
    assert "RuntimeError" in caplog.text
    assert "fail_with_what_was_sent" in caplog.text
    assert "Quill" not in caplog.text


def test_a_template_that_breaks_leaves_the_number(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> str:
        raise UndefinedError(ENOUGH["patient_name"])

    monkeypatch.setattr("form_server.office.answers.render_problem", fail)

    pages = [house.client.get("/not/there"), house.client.put("/referrals", data=ENOUGH)]

    assert [page.status_code for page in pages] == [500, 405]
    assert all(PHONE in page.text and page.mimetype == "text/plain" for page in pages)
    assert "UndefinedError" in caplog.text
    assert "Quill" not in caplog.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_method_that_is_none_is_answered_with_those_that_are(house: House, method: str) -> None:
    answer = house.client.open("/referrals", method=method)

    assert answer.status_code == 405
    assert {"POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))
    assert PHONE in answer.text


def test_a_ledger_that_cannot_be_read_is_a_503_with_the_number(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    link = house.client.post("/referrals", data=ENOUGH).location
    with sqlite3.connect(house.settings.var / "handoff.db") as other:
        other.execute("DROP TABLE referral")
    other.close()

    answer = house.client.get(link)

    assert answer.status_code == 503
    assert PHONE in answer.text
    assert "cannot be used" in caplog.text
    assert link.rpartition("/")[2] not in caplog.text


def test_a_body_that_is_too_large_is_refused_before_it_is_read(house: House) -> None:
    page = house.client.post("/referrals", data={**ENOUGH, "note": "x" * 70_000})
    answer = house.client.post("/referrals", json={"note": "x" * 70_000})

    assert page.status_code == answer.status_code == 413
    assert PHONE in page.text
    assert answer.json is not None
    assert "64 kB" in answer.json["title"]
