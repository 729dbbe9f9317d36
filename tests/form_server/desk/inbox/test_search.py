from __future__ import annotations

import logging

import pytest
from werkzeug.test import TestResponse

from form_server.desk.inbox import search
from form_server.ledger import SourceKind
from tests.form_server.desk.inbox.test_show import names, statements
from tests.form_server.desk.stage import Stage, hidden


def seek(desk: Stage, sought: str, **more: str) -> TestResponse:
    token = hidden(desk.get("/desk/inbox").text, "csrf_token")
    return desk.post("/desk/inbox", {"csrf_token": token, "sought": sought, **more})


@pytest.mark.parametrize(
    "sought",
    ["maria", "DELGADO mar", "delgädo", "555-0188", "3605550188", "(360) 555 0177", "alder family med",
     "whitfield", "dana@alder"],
)  # fmt: skip
def test_people_and_numbers_are_found_in_what_was_sealed(desk: Stage, sought: str) -> None:
    desk.receive()
    desk.receive(
        patient_name="Somebody Else", patient_phone="(360) 555-0199", patient_phone_uri=None,
        referrer_phone=None, referrer_phone_uri=None,
        referrer_office="Other Clinic", referrer_name="Ann", referrer_email="ann@other.example",
    )  # fmt: skip

    assert names(seek(desk, sought).text) == ["Maria Delgado"]


@pytest.mark.parametrize("sought", ["nobody", "555-0000", "maria nobody"])
def test_what_is_not_there_is_not_found(desk: Stage, sought: str) -> None:
    desk.receive()

    page = seek(desk, sought).text

    assert names(page) == []
    assert "Nothing found. Names and numbers were looked for in all of them." in page


def test_what_is_looked_for_stands_in_no_address_no_log_and_no_record(
    desk: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    desk.receive()
    with caplog.at_level(logging.DEBUG), statements() as asked:
        answer = seek(desk, "Delgado")

    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "elgado" not in caplog.text
    assert not any("elgado" in statement for statement in asked)
    (entry,) = [one for one in desk.ledger.audit.recent(9) if one.action == "inbox.searched"]
    assert entry.detail == "opened=1 found=1"


def test_it_says_how_far_it_looked_and_goes_on(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WINDOW", 3)
    desk.receive(patient_name="Maria Oldest")
    desk.come_back_after(hours=48)
    for number in range(3):
        desk.clock.advance(seconds=1)
        desk.receive(patient_name=f"New {number}")

    first = seek(desk, "maria").text
    second = seek(desk, "maria", further=hidden(first, "further")).text

    assert names(first) == []
    assert "in the newest 3, back to Wed, Nov\u00a018, 2026." in first
    assert names(second) == ["Maria Oldest"]
    assert "in the rest of them" in second
    assert "Look further back" not in second


def test_what_stands_in_clear_is_found_however_far_back(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WINDOW", 1)
    desk.ledger.sources.add("alder-family", "Alder Family Medicine", SourceKind.OFFICE, actor="t")
    closed = desk.receive(patient_name="Oldest One")
    desk.tap(closed, "reached")
    desk.close(closed, "scheduled")
    desk.come_back_after(hours=30)
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE referral SET receipt = 'amber-falcon-42'")
    desk.receive(patient_name="Newest One", referrer_office="")

    for sought in ("amber falcon 42", "Falcon", "First appointment made", "closed", "11/16"):
        assert names(seek(desk, sought).text) == ["Oldest One"], sought
    assert names(seek(desk, "alder fam").text) == ["Newest One", "Oldest One"]
    assert names(seek(desk, "yesterday").text) == ["Oldest One"]


def test_a_search_stays_within_what_is_sifted(desk: Stage) -> None:
    desk.receive(patient_name="Maria Plain")
    desk.receive(patient_name="Maria Marked", flags="read_first")

    page = seek(desk, "maria", mark="read_first").text

    assert names(page) == ["Maria Marked"]
    assert hidden(page, "mark") == "read_first"


def test_a_search_reaches_no_other_inbox(desk: Stage, other_inbox: str) -> None:
    desk.receive(patient_name="Maria Elsewhere", inbox_id=other_inbox)

    assert names(seek(desk, "maria").text) == []
    assert names(seek(desk, "calm river", inbox=other_inbox).text) == []


@pytest.mark.parametrize("sought", ["a", " x ", "7"])
def test_a_word_too_short_to_mean_anybody_is_asked_for_again(desk: Stage, sought: str) -> None:
    desk.receive()

    answer = seek(desk, sought)

    assert answer.status_code == 422
    assert "at least two letters" in answer.text


def test_an_empty_search_shows_the_inbox(desk: Stage) -> None:
    answer = seek(desk, "  ", state="open")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/inbox?state=open")


def test_what_was_looked_for_comes_back_harmless(desk: Stage) -> None:
    page = seek(desk, '"><script>alert(1)</script>').text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_search_without_the_pages_token_is_refused(desk: Stage) -> None:
    assert desk.post("/desk/inbox", {"sought": "maria"}).status_code == 403
