"""What the ledger and the state around it can have: keys that fit nobody, mail that nobody takes out."""

from __future__ import annotations

import dataclasses
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from form_server.doctor import Verdict
from form_server.doctor.keys import check_inboxes, check_recovery
from form_server.doctor.records import check_backup, check_deliveries
from form_server.doctor.state import check_clock, check_disk, check_files
from form_server.ledger import Channel, Grant, HolderKind, Ledger, NewUser, Recipient, Role
from form_server.recovery_sheet import note_sheet
from form_server.safekeeping import back_up
from form_server.settings import Settings
from tests.form_server.doctor.examining import NOW, only
from tests.form_server.ledger.things import a_delivery


def test_files_that_others_can_read(settings: Settings) -> None:
    assert only(check_files(settings)).verdict is Verdict.OK
    settings.key_file.chmod(0o644)
    found = only(check_files(settings))
    assert found.verdict is Verdict.FAIL
    assert f"chmod 600 {settings.key_file}" in found.todo
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o644


@pytest.mark.parametrize(("floor_mb", "verdict"), [(1, Verdict.OK), (900_000_000, Verdict.FAIL)])
def test_room_on_the_disk(settings: Settings, floor_mb: int, verdict: Verdict) -> None:
    changed = dataclasses.replace(settings, disk_floor_mb=floor_mb)
    assert only(check_disk(changed)).verdict is verdict


def test_clock_that_went_back(settings: Settings, ledger: Ledger) -> None:
    ledger.check_writable()
    assert only(check_clock(settings, ledger, NOW)).verdict is Verdict.OK
    *_, found = check_clock(settings, ledger, NOW - timedelta(hours=3))
    assert found.verdict is Verdict.FAIL


def test_inbox_that_nobody_opens(ledger: Ledger, settings: Settings, var: Path) -> None:
    with sqlite3.connect(var / "handoff.db") as other:
        other.execute("DELETE FROM inbox_grant WHERE holder_kind = 'user'")
    other.close()
    found = [one for one in check_inboxes(ledger, settings) if one.verdict is Verdict.FAIL]
    assert "no user can open" in found[0].words


def test_inbox_that_nobody_is_told_of(ledger: Ledger, settings: Settings) -> None:
    ledger.inboxes.set_recipients(ledger.inboxes.all()[0].id, [], actor="test")
    found = [one for one in check_inboxes(ledger, settings) if one.verdict is Verdict.FAIL]
    assert "nobody is told" in found[0].words


def test_second_person_whom_a_changed_key_left_out(
    ledger: Ledger, settings: Settings, var: Path
) -> None:
    inbox_id = ledger.inboxes.all()[0].id
    version = ledger.inboxes.active_key(inbox_id).version
    ben = NewUser("ben", "Ben Ito", "ben@harborstreet.example", Role.CLINICIAN, b"p", b"l")
    grant = Grant(inbox_id, version, HolderKind.USER, "ben", b"wrapped")
    ledger.people.add_user(ben, [grant], actor="test")
    second = Recipient("r2", inbox_id, Channel.EMAIL, ben.email, 2, "ben")
    ledger.inboxes.set_recipients(
        inbox_id, [*ledger.inboxes.recipients(inbox_id), second], actor="test"
    )
    failed = [one for one in check_inboxes(ledger, settings) if one.verdict is Verdict.FAIL]
    assert failed == []

    with sqlite3.connect(var / "handoff.db") as other:  # as a rotation that forgot somebody
        other.execute("DELETE FROM inbox_grant WHERE holder_id = 'ben'")
    other.close()

    (found,) = [one for one in check_inboxes(ledger, settings) if one.verdict is Verdict.FAIL]
    assert "Ben Ito is told of referrals and cannot open them" in found.words
    assert "inbox grant" in found.todo


def test_recovery_sheet_that_still_lies_around(ledger: Ledger, tmp_path: Path) -> None:
    sheet = tmp_path / "recovery.pdf"
    sheet.write_bytes(b"%PDF")
    note_sheet(ledger, sheet)
    found = only(check_recovery(ledger))
    assert found.verdict is Verdict.FAIL
    assert str(sheet) in found.words
    sheet.unlink()
    assert only(check_recovery(ledger)).verdict is Verdict.OK


def test_deliveries_that_need_a_human(ledger: Ledger) -> None:
    stuck = a_delivery(due_at=NOW)
    ledger.queue.add([stuck])
    ledger.queue.claim("worker", NOW, 1)
    ledger.queue.mark_stuck(stuck.id, "worker", "smtp.example:25 refused the recipient (550).")
    found = only(check_deliveries(ledger, NOW))
    assert found.verdict is Verdict.FAIL
    assert "refused the recipient" in found.words


def test_deliveries_that_nobody_takes_out(ledger: Ledger) -> None:
    ledger.queue.add([a_delivery(due_at=NOW - timedelta(hours=1))])
    found = only(check_deliveries(ledger, NOW))
    assert (found.verdict, "60 minutes" in found.words) == (Verdict.FAIL, True)


def test_deliveries_on_hold(ledger: Ledger) -> None:
    ledger.queue.add([a_delivery()])
    ledger.holding.hold_unfinished(actor="test")
    held, _ = check_deliveries(ledger, NOW)
    assert (held.verdict, "release" in held.todo) == (Verdict.WARN, True)


def test_age_of_the_last_backup(settings: Settings, ledger: Ledger, tmp_path: Path) -> None:
    assert only(check_backup(ledger, NOW)).verdict is Verdict.WARN
    back_up(settings, tmp_path / "b.tar", lambda: NOW)
    assert only(check_backup(ledger, NOW)).verdict is Verdict.OK
    assert only(check_backup(ledger, NOW + timedelta(days=30))).verdict is Verdict.WARN
