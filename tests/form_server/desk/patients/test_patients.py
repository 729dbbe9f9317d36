"""Finding one patient, reading everything, correcting, copying, and erasing for good."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from form_server.desk.patients import looking
from form_server.desk.patients.erase import REASONS, say_wiped
from form_server.keys import Keyholder, add_inbox, move_referral
from form_server.ledger import HolderKind, Outcome, Referral, Role
from form_server.ledger.purging import Deletion
from form_server.safekeeping import DeletionLog
from tests.form_server.desk.referral.test_referral import token
from tests.form_server.desk.stage import Stage, hidden

MARKERS = ("Maria", "Delgado", "0188", "Afraid")


def find(desk: Stage, **fields: str) -> TestResponse:
    return desk.post("/desk/patients", {"csrf_token": token(desk), **fields})


def correct(desk: Stage, referral: Referral, words: str, **more: str) -> TestResponse:
    path = f"/desk/patients/{referral.id}/corrections/{referral.id}"
    return desk.post(path, {"csrf_token": token(desk), "words": words, **more})


def erase(desk: Stage, marks: str, **changes: str) -> TestResponse:
    data = {
        "csrf_token": token(desk), "reason": "asked", "word": "erase",
        "passphrase": desk.founding.passphrase, **changes,
    }  # fmt: skip
    return desk.post(f"/desk/patients/{marks}/erase", data)


def ids_in(page: str) -> list[str]:
    return re.findall(r'name="referral" value="([0-9a-z]+)"', page)


def test_a_patient_is_found_by_name_or_number_in_what_is_open(
    desk: Stage, other_inbox: str
) -> None:
    mine = desk.receive()
    desk.receive(patient_name="Alex Quill", patient_phone="(360) 555-0111", patient_phone_uri=None)
    desk.receive(inbox_id=other_inbox)

    for sought in ("delgado", "555-0188"):
        answer = find(desk, sought=sought)
        assert answer.status_code == 200
        assert ids_in(answer.text) == [mine.id]
        assert "All that you may open was looked through" in answer.text
    assert "Nobody found" in find(desk, sought="nobody here").text
    assert find(desk, sought="x").status_code == 422
    assert desk.get("/desk/patients?sought=delgado").text.count("Maria") == 0


def test_a_long_list_is_looked_through_in_stretches_that_say_how_far(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "STRETCH", 4)
    monkeypatch.setattr(looking, "_PAGE", 2)
    old = desk.receive()
    for number in range(5):
        desk.clock.advance(minutes=1)
        desk.receive(patient_name=f"Person {number}", patient_phone="(206) 555-0100")
    new = desk.receive()

    first = find(desk, sought="delgado").text
    assert "The newest 4 were opened for it, back to Mon, Nov\u00a016, 2026" in first
    assert ids_in(first) == [new.id]
    carried = {name: hidden(first, name) for name in ("sought", "further", "kept")}
    second = find(desk, **carried).text
    assert ids_in(second) == [new.id, old.id]
    assert 'name="further"' not in second
    detail = [e.detail for e in desk.ledger.audit.recent(50) if e.action == "patient.sought"]
    assert detail == ["opened=3 found=1", "opened=4 found=1"]


def test_other_referrals_of_the_same_patient_are_found_from_one(desk: Stage) -> None:
    older = desk.receive(patient_name="M. Delgado")
    desk.clock.advance(minutes=1)
    newer = desk.receive(patient_phone="(206) 555-0111", patient_phone_uri=None)
    desk.receive(patient_name="Mario Delgado", patient_phone="(206) 555-0112")

    page = find(desk, like=newer.id).text
    assert ids_in(page) == [newer.id]
    page = find(desk, like=older.id).text
    assert ids_in(page) == [older.id]
    desk.clock.advance(minutes=1)
    both = desk.receive()
    found = find(desk, like=both.id).text
    assert ids_in(found) == [both.id, newer.id, older.id]
    assert "Maria" not in hidden(found, "csrf_token")

    together = desk.client.post(
        "/desk/patients/together",
        data={"csrf_token": token(desk), "referral": [older.id, both.id]},
        base_url=desk.origin,
        headers={"Origin": desk.origin},
    )
    assert together.location == f"/desk/patients/{both.id}-{older.id}"
    page = desk.get(together.location).text
    assert "2 referrals" in page
    assert older.receipt in page


def test_everything_is_on_the_page_and_looking_is_on_record(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "no-answer")
    page = desk.get(f"/desk/patients/{referral.id}").text
    for shown in ("Maria Delgado", "0188", "Afraid to sleep", "Call, no answer", "Whitfield"):
        assert shown in page
    assert "Shown to others" in page
    assert "Opened everything about the patient" in page
    assert "patient.opened" in desk.actions(referral)


def test_another_inboxs_patient_is_as_missing_as_none(desk: Stage, other_inbox: str) -> None:
    mine, theirs = desk.receive(), desk.receive(inbox_id=other_inbox)
    for marks in (theirs.id, f"{mine.id}-{theirs.id}", "none", "x" * 2000):
        assert desk.get(f"/desk/patients/{marks}").status_code == 404
        assert desk.get(f"/desk/patients/{marks}/erase").status_code == 404
        assert erase(desk, marks).status_code == 404
        copied = desk.post(f"/desk/patients/{marks}/copy", {"csrf_token": token(desk)})
        assert copied.status_code == 404
    assert desk.ledger.referrals.get(theirs.id).envelope
    assert find(desk, like=theirs.id).status_code == 404


def test_a_copy_of_all_of_it_tells_of_copies_before(desk: Stage) -> None:
    referral = desk.receive()
    correct(desk, referral, "Her surname is Delgada")
    path = f"/desk/patients/{referral.id}/copy"
    desk.post(path, {"csrf_token": token(desk), "form": "print"})
    answer = desk.post(path, {"csrf_token": token(desk), "form": "json"})

    (one,) = json.loads(answer.text)["referrals"]
    assert one["corrections"][0]["words"] == "Her surname is Delgada"
    assert [each["what"] for each in one["disclosures"]] == [
        "Copy of everything about the patient (print)",
        "Copy of everything about the patient (json)",
    ]
    assert f"patient-2026-11-16-{referral.id[-6:]}.json" in answer.headers["Content-Disposition"]


def test_a_correction_is_sealed_stands_beside_and_counts_once(desk: Stage, tmp_path: Path) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/patients/{referral.id}").text
    name = hidden(page, "correction_id")
    for _ in range(2):
        answer = correct(desk, referral, "Zyxomma is her surname", correction_id=name)
        assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert page.count("Zyxomma is her surname") == 1
    assert "Afraid to sleep" in page
    desk.ledger.truncate_wal()
    assert b"Zyxomma" not in (tmp_path / "ledger.db").read_bytes()
    assert correct(desk, referral, "  ").status_code == 422


def test_a_correction_moves_along_with_its_referral(desk: Stage) -> None:
    referral = desk.receive()
    correct(desk, referral, "Her surname is Delgada")
    user = desk.ledger.people.user(desk.founding.user_id)
    holder = Keyholder(HolderKind.USER, user.id, user.name, desk.user_key, Role.OWNER, user.email)
    sams = add_inbox(
        desk.ledger, holder, name="Sam Rivera", clinician="sam-rivera", user_ids=[user.id]
    )
    move_referral(desk.ledger, holder, referral.id, sams)
    assert "Her surname is Delgada" in desk.get(f"/desk/patients/{referral.id}").text


def test_what_retention_took_takes_no_correction(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    desk.ledger.steps.close(referral.id, Outcome.WITHDRAWN, desk.founding.user_id)
    desk.ledger.purging.purge(Deletion(referral.id, desk.clock(), "retention 1 days"))
    page = desk.get(f"/desk/patients/{referral.id}").text
    assert "words are gone" in page
    assert "Add a correction" not in page
    assert correct(desk, referral, "late").status_code == 422
    assert desk.ledger.amendments.of([referral.id]) == []


def pieces(envelope: bytes) -> list[bytes]:
    return [envelope[at : at + 24] for at in range(0, len(envelope) - 24, 24)]


def test_an_erased_patient_is_gone_to_the_last_byte_and_the_chain_holds(
    desk: Stage, tmp_path: Path
) -> None:
    gone, kept = [desk.receive(), desk.receive()], desk.receive(patient_name="Alex Quill")
    correct(desk, gone[0], "Her surname is Delgada")
    desk.tap(gone[0], "no-answer")
    marks = "-".join(one.id for one in gone)
    sealed = [one.envelope for one in gone]
    desk.ledger.truncate_wal()
    before = raw(tmp_path)
    # A row may be parted over pages, anywhere.
    assert all(sum(piece in before for piece in pieces(one)) > 20 for one in sealed)
    page = desk.get(f"/desk/patients/{marks}/erase").text
    assert "overwritten within seconds" in page
    assert "still open" in page

    answer = erase(desk, marks)

    assert answer.status_code == 303, answer.text
    assert "Erased for good" in desk.get(answer.location).text
    left = raw(tmp_path)
    assert not any(piece in left for one in sealed for piece in pieces(one))
    for referral in gone:
        assert referral.receipt.encode() not in left
        assert desk.get(f"/desk/referrals/{referral.id}").status_code == 404
        assert desk.actions(referral)[-1] == "referral.erased"
    records = desk.ledger.purging.deletions()
    assert {(one.id, one.rule) for one in records} == {(one.id, "erased: asked") for one in gone}
    log = DeletionLog(tmp_path / "deletions.log")
    assert log.follow(records) == 2
    while desk.ledger.audit.chain():
        pass
    assert desk.ledger.audit.verify() is not None
    assert desk.get(f"/desk/patients/{kept.id}").status_code == 200
    assert not desk.ledger.erasing.is_folding_owed()


def test_the_page_promises_no_wiped_disk_where_the_store_gives_none() -> None:
    on_postgres = say_wiped(is_sqlite=False)
    assert "overwritten within" not in on_postgres
    assert "stay in PostgreSQL’s files" in on_postgres


@pytest.mark.parametrize(
    "changes",
    [{"reason": "bored"}, {"word": "ok"}, {"passphrase": ""}, {"passphrase": "six other words"}],
)
def test_a_slip_erases_nothing(desk: Stage, changes: dict[str, str]) -> None:
    referral = desk.receive()
    assert erase(desk, referral.id, **changes).status_code == 422
    assert desk.ledger.referrals.get(referral.id).envelope
    assert desk.ledger.purging.deletions() == []


def test_who_is_no_owner_reads_and_corrects_and_cannot_erase(desk: Stage) -> None:
    referral = desk.receive()
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql(f"UPDATE desk_user SET role = '{Role.CLINICIAN.value}'")
    desk.client = desk.let_in()
    page = desk.get(f"/desk/patients/{referral.id}").text
    assert "Maria Delgado" in page
    assert "/erase" not in page
    assert erase(desk, referral.id).status_code == 403
    assert correct(desk, referral, "Delgada").status_code == 303
    assert desk.ledger.referrals.get(referral.id).envelope


def test_a_held_time_is_free_again_after_erasing(desk: Stage) -> None:
    starts = desk.clock() + timedelta(days=1)
    held = desk.ledger.first_calls.add("nora-ellison", starts, actor="test")
    referral = desk.receive(held_time=held.id)
    assert desk.ledger.first_calls.of_referral(referral.id) is not None
    assert erase(desk, referral.id).status_code == 303
    free = desk.ledger.first_calls.get(held.id)
    assert free is not None
    assert free.taken_by is None


def test_nothing_of_a_patient_is_in_log_audit_or_address(
    desk: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    referral = desk.receive()
    answers = [
        find(desk, sought="Delgado"),
        desk.get(f"/desk/patients/{referral.id}"),
        correct(desk, referral, "Afraid of the dark, says Maria"),
        desk.post(f"/desk/patients/{referral.id}/copy", {"csrf_token": token(desk)}),
        erase(desk, referral.id),
    ]
    for answer in answers:
        assert answer.status_code < 400
        head = f"{answer.headers}{answer.request.path}{answer.request.query_string!r}"
        assert not [marker for marker in MARKERS if marker in head]
        title = re.search("<title>(.*)</title>", answer.text)
        assert not title or "Maria" not in title[1]
    entries = "".join(f"{e.action} {e.detail} {e.actor}" for e in desk.ledger.audit.recent(500))
    assert "referral.erased" in entries
    assert not [marker for marker in MARKERS if marker in entries + caplog.text]
    rules = " ".join(one.rule for one in desk.ledger.purging.deletions())
    assert not [marker for marker in MARKERS if marker in rules]
    assert len(REASONS) >= 3


def raw(folder: Path) -> bytes:
    """Every byte of the state."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
