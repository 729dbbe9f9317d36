"""The privacy pack at the desk: agreements and the lock, who looked, what was done, and leaflets."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from form_server.desk import Handling
from form_server.desk.console import place_desk
from form_server.ledger import Role
from tests.form_server.desk.referral.test_referral import token
from tests.form_server.desk.stage import Stage

SERVER = "smtp.example.org"
MARKERS = ("Maria", "Delgado", "0188", "Afraid")
PAGES = ("", "/agreements", "/access", "/training", "/map", "/kept", "/breach", "/downtime")


@pytest.fixture
def asking(desk: Stage) -> Stage:
    """A desk whose settings ask for whole referrals by mail."""
    place_desk(desk.app, replace(desk.desk, handling=Handling(SERVER, forwards_whole=True)))
    return desk


def record(desk: Stage, **changes: str) -> TestResponse:
    data = {
        "csrf_token": token(desk), "vendor": "Example Mail, Inc.", "purpose": "mail",
        "signed_on": "2026-11-01", "renews_on": "2027-11-01", "signed_by": "Nora Ellison",
        **changes,
    }  # fmt: skip
    return desk.post("/desk/privacy/agreements", data)


def test_the_lock_opens_with_the_agreement_and_shuts_with_its_end(asking: Stage) -> None:
    assert "Whole referrals by mail are locked" in asking.get("/desk/privacy").text
    assert record(asking).status_code == 303

    page = asking.get("/desk/privacy/agreements").text
    assert "an agreement covers it" in page
    assert "locked" not in asking.get("/desk/privacy").text
    (end,) = set(re.findall(r'action="(/desk/privacy/agreements/[0-9a-z]+/end)"', page))
    for _ in range(2):
        assert asking.post(end, {"csrf_token": token(asking)}).status_code == 303
    assert "locked" in asking.get("/desk/privacy").text
    assert "Ended Mon, Nov\u00a016, 2026" in asking.get("/desk/privacy/agreements").text


def test_an_agreement_about_backups_leaves_it_locked(asking: Stage) -> None:
    record(asking, purpose="backup")
    assert "Whole referrals by mail are locked" in asking.get("/desk/privacy").text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"vendor": " "}, "Write with whom it is."),
        ({"purpose": "fun"}, "Pick what they do for you."),
        ({"signed_on": "2026-11-17"}, "not in the future"),
        ({"signed_on": "soon"}, "Write the day"),
        ({"renews_on": "2026-10-01"}, "comes after"),
        ({"renews_on": "never"}, "as a date"),
        ({"signed_by": ""}, "who signed it"),
    ],
)
def test_half_an_agreement_is_refused_and_kept_as_typed(
    asking: Stage, changes: dict[str, str], says: str
) -> None:
    answer = record(asking, **changes)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Nora Ellison"' in answer.text or "signed_by" in changes
    assert asking.ledger.agreements.all() == []


def test_renewal_is_told_on_the_first_page(desk: Stage) -> None:
    record(desk, renews_on="2026-12-01")
    assert "The agreement with Example Mail, Inc. ends on Tue, Dec\u00a01, 2026" in (
        desk.get("/desk/privacy").text
    )


def test_who_looked_is_told_by_person_and_day_with_receipts_alone(desk: Stage) -> None:
    first = desk.receive()
    desk.get(f"/desk/referrals/{first.id}")
    desk.clock.advance(days=3)
    desk.client = desk.let_in()
    second = desk.receive()
    desk.get(f"/desk/referrals/{second.id}")

    everything = desk.get("/desk/privacy/access").text
    assert first.receipt in everything
    assert second.receipt in everything
    day = desk.get("/desk/privacy/access?since=2026-11-16&until=2026-11-16").text
    assert first.receipt in day
    assert second.receipt not in day
    mine = desk.get(f"/desk/privacy/access?who={desk.founding.user_id}").text
    assert second.receipt in mine
    assert not [marker for marker in MARKERS if marker in everything + day + mine]
    assert "Signed in" not in everything
    assert "signed in" in desk.get("/desk/privacy/access?every=1").text
    assert "access.read" in desk.actions()


def test_the_report_as_csv_holds_the_whole_span(desk: Stage) -> None:
    referral = desk.receive()
    for _ in range(3):
        desk.get(f"/desk/referrals/{referral.id}")
    answer = desk.post("/desk/privacy/access/copy", {"csrf_token": token(desk)})
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    opened = [line for line in lines if line["action"] == "referral.opened"]
    assert len(opened) == 3
    assert {line["receipt"] for line in opened} == {referral.receipt}
    assert opened[0]["who"] == "Nora Ellison, LICSW"
    assert not [marker for marker in MARKERS if marker in str(lines)]


@pytest.mark.parametrize("query", ["before=x", "before=-1", "since=x&until=9", "who=nobody"])
def test_a_report_asked_for_in_nonsense_is_the_usual_one(desk: Stage, query: str) -> None:
    assert desk.get(f"/desk/privacy/access?{query}").status_code == 200


def test_training_is_listed_once_recorded(desk: Stage) -> None:
    data = {
        "csrf_token": token(desk), "kind": "training", "done_on": "2026-11-02",
        "words": "All staff, 20 minutes",
    }  # fmt: skip
    assert desk.post("/desk/privacy/training", data).status_code == 303
    assert "All staff, 20 minutes" in desk.get("/desk/privacy/training").text
    for wrong in ({"kind": "fun"}, {"done_on": "2026-12-24"}, {"words": ""}):
        assert desk.post("/desk/privacy/training", {**data, **wrong}).status_code == 422
    assert len(desk.ledger.diligence.all()) == 1


def test_leaflets_say_what_holds_here(asking: Stage) -> None:
    kept = asking.get("/desk/privacy/kept").text
    assert "(360) 555-0142" in kept
    assert "comes to us by e-mail, through a company that has signed" in kept
    assert "no name and no reason" not in kept
    breach = asking.get("/desk/privacy/breach").text
    assert "164.404" in breach
    assert "first hour" in breach
    down = asking.get("/desk/privacy/downtime").text
    assert "(360) 555-0143" in down
    assert "Patient’s name" in down


def test_the_pack_is_an_owners_and_its_leaflets_are_everybodys(desk: Stage) -> None:
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql(f"UPDATE desk_user SET role = '{Role.FRONT_DESK.value}'")
    desk.client = desk.let_in()
    status = {page: desk.get(f"/desk/privacy{page}").status_code for page in PAGES}
    assert {page for page, code in status.items() if code == 200} == {
        "/kept", "/breach", "/downtime",
    }  # fmt: skip
    assert record(desk).status_code == 403
