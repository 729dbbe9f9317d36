"""Copies of one referral and of all: what is in them, who may take them, and what they leave behind."""

from __future__ import annotations

import csv
import io
import json
import logging
import re

import pytest
from fhir.resources.R4B.bundle import Bundle
from werkzeug.test import TestResponse

from form_server.ledger import (
    Attempt,
    AttemptMeans,
    AttemptResult,
    Outcome,
    Referral,
    Role,
)
from tests.form_server.desk.questions.asking import ask, ask_for_a_talk
from tests.form_server.desk.referral.test_referral import token
from tests.form_server.desk.stage import SAID, Stage, hidden

BOM = "\ufeff"
MARKERS = ("Maria", "Delgado", "0188", "sleep", "Panic", "Regence")


def copy(desk: Stage, referral: Referral, form: str) -> TestResponse:
    path = f"/desk/referrals/{referral.id}/copy"
    return desk.post(path, {"csrf_token": token(desk), "form": form})


def take_all(desk: Stage, what: str, form: str, passphrase: str | None = None) -> TestResponse:
    words = desk.founding.passphrase if passphrase is None else passphrase
    data = {"csrf_token": token(desk), "what": what, "form": form, "passphrase": words}
    return desk.post("/desk/copies", data)


def tried(desk: Stage, referral: Referral) -> None:
    result = AttemptResult.NO_ANSWER
    desk.ledger.steps.record_attempt(
        Attempt(
            desk.ledger.new_id(), referral.id, desk.founding.user_id, desk.clock(),
            AttemptMeans.CALL, result,
        )
    )  # fmt: skip


def test_json_of_one_referral_is_whole_named_by_the_day_and_never_kept(desk: Stage) -> None:
    referral = desk.receive()
    tried(desk, referral)

    answer = copy(desk, referral, "json")

    (one,) = json.loads(answer.text)["referrals"]
    assert one["said"]["patient"]["name"] == "Maria Delgado"
    assert one["said"]["note"] == SAID["note"]
    assert one["tries"][0]["by"] == "Nora Ellison, LICSW"
    assert one["disclosures"][0]["what"] == "Copy of this referral (json)"
    assert answer.headers["Cache-Control"] == "no-store"
    name = re.search(r'filename="([^"]+)"', answer.headers["Content-Disposition"])
    assert name is not None
    assert name[1] == f"referral-2026-11-16-{referral.id[-6:]}.json"
    (entry,) = [e for e in desk.ledger.audit.of_referral(referral.id) if "copy" in e.action]
    assert (entry.action, entry.actor, entry.detail) == (
        "copy.referral", f"user:{desk.founding.user_id}", "json",
    )  # fmt: skip


def test_fhir_of_one_referral_is_read_by_the_models_of_r4b(desk: Stage) -> None:
    referral = desk.receive(guardian_name="Rosa", patient_email="maria@home.example")
    tried(desk, referral)
    desk.ledger.steps.close(referral.id, Outcome.ATTENDED, desk.founding.user_id)

    answer = copy(desk, referral, "fhir")

    assert answer.mimetype == "application/fhir+json"
    Bundle.model_validate_json(answer.text)
    task = json.loads(answer.text)["entry"][1]["resource"]
    assert task["businessStatus"]["coding"][0]["code"] == "7.0"


def test_the_print_view_is_marked_and_says_all(desk: Stage) -> None:
    page = copy(desk, desk.receive(), "print").text
    assert "Confidential health information" in page
    for marker in MARKERS:
        assert marker in page
    title = re.search("<title>(.*)</title>", page)
    assert title is not None
    assert "Maria" not in title[1]


def test_a_copy_is_taken_by_a_form_alone_and_in_a_form_that_exists(desk: Stage) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}/copy").text
    assert "Maria" not in page
    assert copy(desk, referral, "exe").status_code == 422
    path = f"/desk/referrals/{referral.id}/copy"
    assert desk.post(path, {"form": "json"}).status_code == 403
    assert "copy.referral" not in desk.actions(referral)


def test_copies_of_another_inbox_are_as_missing_as_none(desk: Stage, other_inbox: str) -> None:
    theirs = desk.receive(inbox_id=other_inbox)
    for form in ("print", "json", "fhir"):
        assert copy(desk, theirs, form).status_code == 404
    assert desk.get(f"/desk/referrals/{theirs.id}/copy").status_code == 404
    assert "copy.referral" not in desk.actions(theirs)


def test_the_referrals_page_leads_to_its_copy(desk: Stage) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert f"/desk/referrals/{referral.id}/copy" in page
    assert f"/desk/patients/{referral.id}" in page


def test_all_that_is_open_to_the_user_and_no_more_is_in_the_table(
    desk: Stage, other_inbox: str
) -> None:
    first = desk.receive()
    desk.clock.advance(minutes=1)
    second = desk.receive(patient_name="=1+1", note='@cmd|"x"')
    desk.receive(inbox_id=other_inbox, patient_name="Not Mine")
    tried(desk, first)

    answer = take_all(desk, "referrals", "csv")

    text = answer.data.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [line["receipt"] for line in lines] == [second.receipt, first.receipt]
    assert lines[0]["patient"] == "'=1+1"
    assert lines[0]["note"].startswith("'@")
    assert lines[1]["tries"].endswith("Call, no answer")
    assert "Not Mine" not in text
    assert answer.headers["Content-Disposition"].endswith('"referrals-2026-11-16.csv"')
    assert answer.headers["Cache-Control"] == "no-store"
    ended = [e for e in desk.ledger.audit.recent(9) if e.action.startswith("copy.")]
    assert [(e.action, e.detail) for e in ended] == [
        ("copy.ended", "csv taken=2 shut=0"),
        ("copy.all", "csv"),
    ]


def test_all_as_json_says_which_stay_shut(desk: Stage) -> None:
    desk.receive()
    desk.clock.advance(minutes=1)
    desk.receive_plain(
        b"", promised_in=desk.clock() - desk.clock(), flags="", inbox_id=desk.founding.inbox_id
    )
    told = json.loads(take_all(desk, "referrals", "json").data)
    assert [one["said"] is None for one in told["referrals"]] == [True, False]


@pytest.mark.parametrize("passphrase", ["", "wrong words that open nothing here at all"])
def test_without_the_six_words_nothing_leaves(desk: Stage, passphrase: str) -> None:
    desk.receive()
    answer = take_all(desk, "referrals", "csv", passphrase)
    assert answer.status_code == 422
    assert "Maria" not in answer.text
    assert not [e for e in desk.ledger.audit.recent(50) if e.action == "copy.all"]


def test_guessing_the_words_here_waits_as_at_the_door(desk: Stage) -> None:
    for _ in range(5):
        take_all(desk, "referrals", "csv", "guess guess guess guess guess guess")
    assert "one try too many" in take_all(desk, "referrals", "csv").text


def test_the_first_page_leaves_before_the_second_is_opened(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    pages = type(desk.ledger.walking).page

    def watched(self: object, *arguments: object, **more: object) -> list[Referral]:
        page: list[Referral] = pages(self, *arguments, **{**more, "limit": 2})  # type: ignore[arg-type]
        asked.append(len(page))
        return page

    monkeypatch.setattr(type(desk.ledger.walking), "page", watched)
    for number in range(5):
        desk.receive(patient_name=f"Person {number}")
    answer = desk.client.post(
        "/desk/copies",
        data={
            "csrf_token": token(desk), "what": "referrals", "form": "csv",
            "passphrase": desk.founding.passphrase,
        },
        base_url=desk.origin,
        headers={"Origin": desk.origin},
        buffered=False,
    )  # fmt: skip
    parts = answer.iter_encoded()
    while b"Person" not in next(parts):
        pass
    assert asked == [2]
    assert b"".join(parts).count(b"Person") == 3
    answer.close()


def test_figures_need_no_words_and_say_nothing_of_anybody(desk: Stage) -> None:
    referral = desk.receive()
    tried(desk, referral)
    desk.ledger.steps.close(referral.id, Outcome.ATTENDED, desk.founding.user_id)
    desk.clock.advance(days=40)
    desk.client = desk.let_in()
    desk.receive()

    for form in ("csv", "json"):
        text = take_all(desk, "figures", form, "").data.decode("utf-8-sig")
        for marker in (*MARKERS, "Whitfield", "calm-river"):
            assert marker not in text
        if form == "csv":
            lines = list(csv.DictReader(io.StringIO(text, newline="")))
            whole = [line for line in lines if line["source"] == "all"]
            assert [line["month"] for line in whole] == ["2026-11", "2026-12"]
            assert (whole[0]["received"], whole[0]["attended"]) == ("1", "1")
        else:
            assert json.loads(text)["months"][0][0]["attended"] == 1
    assert desk.actions().count("copy.figures") == 2


def test_all_questions_leave_with_their_answers_and_only_for_the_six_words(desk: Stage) -> None:
    talk, asked = ask_for_a_talk(desk), ask(desk, question="=HYPERLINK(1)")
    said = {"csrf_token": token(desk), "do": "phone", "words": "Told them."}
    assert desk.post(f"/desk/questions/{asked.id}/answer", said).status_code == 303
    assert take_all(desk, "questions", "csv", "wrong words").status_code == 422
    assert "All questions and talks that you may open (2)" in desk.get("/desk/copies").text

    table = list(csv.DictReader(io.StringIO(take_all(desk, "questions", "csv").text.lstrip(BOM))))
    whole = json.loads(take_all(desk, "questions", "json").text)["questions"]

    rows = {one["receipt"]: one for one in table}
    assert rows[asked.receipt]["question"] == "'=HYPERLINK(1)"
    assert rows[asked.receipt]["answer"] == "Told them."
    assert rows[talk.receipt]["talk_when"] == "Tuesdays in January, at noon"
    assert {one["receipt"] for one in whole} == set(rows)
    assert {one["answer"] for one in whole} == {"Told them.", None}
    assert desk.actions().count("copy.questions") == 2


def test_who_is_no_owner_takes_one_copy_and_not_all(desk: Stage) -> None:
    referral = desk.receive()
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql(f"UPDATE desk_user SET role = '{Role.CLINICIAN.value}'")
    desk.client = desk.let_in()
    assert copy(desk, referral, "json").status_code == 200
    assert desk.get("/desk/copies").status_code == 403
    assert take_all(desk, "referrals", "csv").status_code == 403


def test_nothing_of_a_patient_is_in_log_audit_or_address(
    desk: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    referral = desk.receive()
    places = [copy(desk, referral, form) for form in ("print", "json", "fhir")]
    places.append(take_all(desk, "referrals", "csv"))
    for answer in places:
        head = f"{answer.headers}{answer.request.path}{answer.request.query_string!r}"
        assert not [marker for marker in MARKERS if marker in head]
    entries = "".join(f"{e.action} {e.detail} {e.actor}" for e in desk.ledger.audit.recent(500))
    assert "copy.all" in entries
    assert not [marker for marker in MARKERS if marker in entries + caplog.text]
    assert hidden(desk.get("/desk/copies").text, "csrf_token")
