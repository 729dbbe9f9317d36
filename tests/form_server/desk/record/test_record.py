"""The record as its owner reads, checks and exports it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from form_server.desk.record import words
from form_server.desk.record.words import ACTIONS, say_action, say_actor
from form_server.ledger import Role
from form_server.ledger.tables import desk_user
from tests.form_server.desk.stage import Stage


def verify(desk: Stage, told: str = "") -> TestResponse:
    return desk.post("/desk/record/verify", {"csrf_token": desk.csrf_token, "told": told})


def tamper(desk: Stage, *statements: str) -> None:
    with desk.ledger._store.write() as connection:
        for one in statements:
            connection.execute(sa.text(one))


def notes(desk: Stage, count: int) -> None:
    for number in range(count):
        desk.ledger.audit.note("test.noted", actor="command", detail=f"n={number}")
    desk.ledger.audit.chain()


def words_of(answer: TestResponse) -> str:
    return " ".join(answer.text.split())


def test_entries_say_who_what_and_when_and_nothing_of_a_patient(desk: Stage) -> None:
    referral = desk.receive()
    desk.get(f"/desk/referrals/{referral.id}")
    page = desk.get("/desk/record")
    said = words_of(page)
    assert "Referral opened" in said
    assert "Nora Ellison, LICSW" in said
    assert referral.receipt in said
    assert "Mon, Nov 16, 2026, 12:30" in said, "on the practice's clock"
    for secret in ("Maria", "Delgado", "555-0188", "panic"):
        assert secret not in page.text
    assert desk.actions()[-1] == "record.opened"


def test_entries_are_found_by_day_person_and_receipt(desk: Stage) -> None:
    first, second = desk.receive(), desk.receive()
    desk.get(f"/desk/referrals/{first.id}")
    by_receipt = desk.get(f"/desk/record?receipt={first.receipt.upper()}").text
    assert first.receipt in by_receipt
    assert second.receipt not in by_receipt
    mine = desk.get(f"/desk/record?who=user:{desk.founding.user_id}").text
    assert "Referral opened" in mine
    assert "Referral came in" not in mine
    assert "Nothing in these days" in desk.get("/desk/record?from=2026-10-01&to=2026-10-02").text
    assert "Nothing in these days" in desk.get("/desk/record?receipt=no+such+9").text
    for odd in ("from=9999-99-99&to=x", "before=٣", "from=2030-01-01&to=2026-11-16", "who=%01"):
        assert desk.get(f"/desk/record?{odd}").status_code == 200


def test_earlier_entries_are_a_page_further(desk: Stage) -> None:
    notes(desk, 130)
    page = desk.get("/desk/record").text
    assert page.count("<li>") == 100
    more = page.split('href="')
    link = next(one.split('"')[0] for one in more if "before=" in one).replace("&amp;", "&")
    rest = desk.get(link).text
    assert 30 <= rest.count("<li>") < 60
    assert "Show earlier" not in rest


def test_a_chain_that_holds_says_so(desk: Stage) -> None:
    notes(desk, 3)
    answer = verify(desk)
    assert answer.status_code == 200
    assert "The record holds" in answer.text
    assert desk.actions()[-1] == "record.verified"


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE audit SET actor = 'user:x' WHERE link = 4"], "Entry 4 is not what was written"),
        (["DELETE FROM audit WHERE link IN (4, 5)"], "Entries 4 to 5: missing."),
        (
            [
                "UPDATE audit SET link = 99 WHERE link = 3",
                "UPDATE audit SET link = 3 WHERE link = 5",
                "UPDATE audit SET link = 5 WHERE link = 99",
            ],
            "Entry 3 is not what was written",
        ),
    ],
    ids=["altered", "deleted", "swapped"],
)
def test_the_verifier_names_the_place(desk: Stage, statements: list[str], said: str) -> None:
    notes(desk, 6)
    tamper(desk, *statements)
    found = words_of(verify(desk))
    assert "The record was changed" in found
    assert said in found
    assert "holds. Somebody wrote to the database" in found
    assert desk.ledger.audit.recent(1)[0].detail.startswith("broken=")


def test_the_verifier_names_an_end_that_was_cut_off(desk: Stage) -> None:
    token = desk.csrf_token
    notes(desk, 6)
    head = desk.ledger.audit.head()
    assert head is not None
    tamper(desk, f"DELETE FROM audit WHERE link > {head.link - 2}")
    answer = desk.post("/desk/record/verify", {"csrf_token": token, "told": ""})
    assert f"Entries {head.link - 1} to {head.link}: missing, at the end." in words_of(answer)


def test_a_head_from_a_mail_finds_a_record_written_anew(desk: Stage) -> None:
    notes(desk, 3)
    kept = str(desk.ledger.audit.head())
    assert "agrees with entry" in verify(desk, kept).text
    tamper(
        desk,
        "UPDATE audit SET detail = 'forged' WHERE link = 2",
        "UPDATE audit SET link = NULL, previous_hash = NULL, entry_hash = NULL",
        "DELETE FROM meta WHERE key = 'audit_head'",
    )
    assert "The record holds" in verify(desk).text
    assert "the past was written anew" in words_of(verify(desk, kept))
    assert "not what a summary says" in verify(desk, "12 xyz").text


def test_the_export_is_a_table_in_which_no_cell_is_a_formula(desk: Stage) -> None:
    tamper(desk, "UPDATE desk_user SET name = '=HYPERLINK(1)'")
    desk.get("/desk/")
    answer = desk.get("/desk/record/export")
    assert answer.mimetype == "text/csv"
    assert 'filename="record-2026-11-09-2026-11-16.csv"' in answer.headers["Content-Disposition"]
    heading, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert heading == ["When", "Who", "What", "Receipt", "Code", "Detail"]
    assert {row[1] for row in rows if row[4] == "list.opened"} == {"'=HYPERLINK(1)"}
    assert rows[0][4] == "record.exported"


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_the_record_is_for_owners(desk: Stage, role: Role) -> None:
    token = desk.csrf_token
    tamper(desk, f"UPDATE {desk_user.name} SET role = '{role.value}'")
    for path in ("/desk/record", "/desk/record/export"):
        answer = desk.get(path)
        assert answer.status_code == 403
        assert "Only an owner" in answer.text
    assert desk.post("/desk/record/verify", {"csrf_token": token}).status_code == 403


def test_codes_without_words_of_their_own_can_be_read() -> None:
    assert say_action("colleague.merged_twice") == "Colleague merged twice"
    assert say_actor("user:gone", {}) == "A user"
    assert say_actor("user:u1", {"u1": "Nora"}) == "Nora"
    assert say_actor("recovery:r1", {}) == "The recovery sheet"
    assert say_actor("something", {}) == "something"


def test_the_steps_of_a_day_have_words_of_their_own() -> None:
    assert say_action("referral.claimed") == "Referral taken"
    assert say_action("referral.ring_interrupted") == (
        "Call, text or e-mail held back: a colleague was on it"
    )
    assert say_action("copy.all") == "Copy of everything taken"


def test_words_are_for_what_is_written_somewhere() -> None:
    here = Path(words.__file__)
    server = here.parents[2]
    code = "".join(one.read_text() for one in server.rglob("*.py") if one != here)
    assert len(ACTIONS) > 60
    assert [action for action in ACTIONS if f'"{action}"' not in code] == []
