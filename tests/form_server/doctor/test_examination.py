"""A founded installation, and one thing after the other that is wrong with it."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from form_server.doctor import Finding, Verdict, examine
from form_server.doctor.findings import Findings
from form_server.doctor.keys import check_inboxes, check_recovery
from form_server.doctor.mail import check_mail_server
from form_server.doctor.proxies import check_proxies
from form_server.doctor.records import check_backup, check_deliveries
from form_server.doctor.running import check_server
from form_server.doctor.site import check_site
from form_server.doctor.state import check_clock, check_disk, check_files
from form_server.ledger import (
    Channel,
    Grant,
    HolderKind,
    Ledger,
    NewUser,
    Recipient,
    Role,
)
from form_server.recipients import add_recipient
from form_server.recovery_sheet import note_sheet
from form_server.safekeeping import back_up
from form_server.sender_look import last_look
from form_server.settings import MailSettings, Settings
from form_server.vault import ServerKey
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.web.shared_facts import shared_facts
from tests.form_server.delivery.certificates import make_certificate
from tests.form_server.delivery.hooks import HookServer, Reply, say
from tests.form_server.ledger.things import a_delivery
from tests.form_server.office.house import Blueprint, House
from tests.house.server_process import free_port
from tests.smtp_faults import FaultySmtpServer

NOW = datetime.now(UTC)


def no_records(_name: str) -> tuple[str, ...]:
    return ()


@pytest.fixture
def relay() -> Iterator[FaultySmtpServer]:
    with FaultySmtpServer() as running:
        yield running


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


@pytest.fixture
def var(blueprint: Blueprint, tmp_path: Path) -> Path:
    """A founded state that nobody serves."""
    copied = Path(shutil.copytree(blueprint.folder, tmp_path / "var"))
    copied.chmod(0o700)
    return copied


@pytest.fixture
def env(var: Path, tmp_path: Path, relay: FaultySmtpServer, practice: Practice) -> dict[str, str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    site = tmp_path / "site"
    site.mkdir()
    (site / "handoff.json").write_text(json.dumps(shared_facts(practice, url)))
    return {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(var),
        "HANDOFF_SITE": str(site),
        "HANDOFF_PORT": str(port),
        "HANDOFF_MAIL_SERVER": "127.0.0.1",
        "HANDOFF_MAIL_PORT": str(relay.port),
        "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harborstreet.example",
        "HANDOFF_KEY_FINGERPRINT": ServerKey.load(var / "server.key").fingerprint,
    }


def examined(env: dict[str, str], *, send: bool = False) -> dict[str, list[Finding]]:
    """By subject."""
    found: dict[str, list[Finding]] = {}
    for one in examine(env, lambda: NOW, send=send, look_up=no_records):
        found.setdefault(one.subject, []).append(one)
    return found


def failing(found: dict[str, list[Finding]]) -> dict[str, str]:
    return {
        subject: str(one)
        for subject, some in found.items()
        for one in some
        if one.verdict is Verdict.FAIL
    }


@pytest.fixture
def settings(env: dict[str, str]) -> Settings:
    return Settings.from_env(env)


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    with Ledger.open(settings.database_url, clock=lambda: NOW) as opened:
        yield opened


def only(findings: Findings) -> Finding:
    (one,) = findings
    return one


def test_a_founded_installation_has_nothing_to_mend(env: dict[str, str]) -> None:
    found = examined(env)
    assert failing(found) == {}
    assert {"settings", "practice folder", "server key", "files", "disk", "ledger", "audit",
            "recovery sheet", "deliveries", "backup", "clock", "server", "website",
            "mail server", "sender"} <= found.keys()  # fmt: skip
    assert found["server key"][0].verdict is Verdict.OK
    assert found["server"][0].verdict is Verdict.WARN  # nothing serves here


def test_what_the_sender_was_like_is_kept_for_the_desk(env: dict[str, str], ledger: Ledger) -> None:
    examined(env)
    assert last_look(ledger, "harborstreet.example") is None  # a name for examples
    examined({**env, "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harbor.org"})
    look = last_look(ledger, "harbor.org")
    assert look is not None
    assert (look.at, len(look.doubts)) == (NOW, 2)


def test_what_is_not_well_says_what_to_do(env: dict[str, str]) -> None:
    for some in examined(env).values():
        for one in some:
            assert (one.verdict is Verdict.OK) is (one.todo == ""), one


def test_wrong_settings_are_all_said_and_nothing_else_is_tried(env: dict[str, str]) -> None:
    found = examined({**env, "HANDOFF_PORT": "x", "HANDOFF_FORWARD": "y"})
    assert list(found) == ["settings"]
    assert len(found["settings"]) == 2


def test_broken_practice_folder_is_said(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    shutil.copytree(SAMPLE_PRACTICE, folder)
    (folder / "practice.toml").write_text("[practice\n")
    found = failing(examined({**env, "HANDOFF_PRACTICE": str(folder)}))
    assert "practice.toml" in found["practice folder"]


def test_send_really_sends_to_everybody(
    env: dict[str, str], ledger: Ledger, relay: FaultySmtpServer
) -> None:
    with HookServer() as hook:
        hook.reply = say(410)
        inbox = ledger.inboxes.all()[0]
        add_recipient(ledger, inbox, Channel.WEBHOOK, hook.url("/hush"))
        hooks = {"HANDOFF_WEBHOOK_SECRET": "x" * 20, "HANDOFF_WEBHOOK_ALLOW_PRIVATE": "1"}
        found = examined({**env, **hooks}, send=True)
        assert len(hook.requests) == 1
    (mail,) = relay.wait_for(1)
    assert "Test" in str(mail.message["Subject"])
    assert list(failing(found)) == ["webhook to http://127.0.0.1/…"]
    assert "hush" not in str(found)


def test_without_send_nothing_is_sent(env: dict[str, str], relay: FaultySmtpServer) -> None:
    examined(env)
    assert relay.received == []


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


def test_damaged_ledger(env: dict[str, str], var: Path) -> None:
    file = var / "handoff.db"
    content = bytearray(file.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    file.write_bytes(content)
    assert "ledger" in failing(examined(env))


def test_ledger_of_another_version(env: dict[str, str], var: Path) -> None:
    with sqlite3.connect(var / "handoff.db") as other:
        other.execute("UPDATE alembic_version SET version_num = '0000'")
    other.close()
    real = {**env, "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harbor.org"}
    assert "migrate" in failing(examined(real))["ledger"]
    with sqlite3.connect(var / "handoff.db") as other:
        kept = other.execute("SELECT * FROM meta WHERE key = 'sender_look'").fetchall()
    other.close()
    assert kept == []  # nothing is written where something is wrong


def test_missing_ledger_is_not_made(env: dict[str, str], var: Path) -> None:
    (var / "handoff.db").unlink()
    real = {**env, "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harbor.org"}
    found = failing(examined({**real, "HANDOFF_KEY_FINGERPRINT": ""}))
    assert "init" in found["ledger"]
    assert not (var / "handoff.db").exists()


def test_another_server_key_than_the_expected_one(env: dict[str, str]) -> None:
    found = failing(examined({**env, "HANDOFF_KEY_FINGERPRINT": "0" * 16}))
    assert "expects another" in found["server key"]


def test_no_expected_key_is_a_warning_with_the_fingerprint(env: dict[str, str]) -> None:
    (found,) = examined({**env, "HANDOFF_KEY_FINGERPRINT": ""})["server key"]
    assert found.verdict is Verdict.WARN
    assert env["HANDOFF_KEY_FINGERPRINT"] in found.todo


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


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (say(200, body=b'{"status":"ok","checks":{"worker":"ok"}}'), Verdict.OK),
        (say(503, body=b'{"status":"not ready","checks":{"disk":"nearly full"}}'), Verdict.FAIL),
        (say(200, body=b"<html>"), Verdict.FAIL),
        (say(200, body=b"[1]"), Verdict.FAIL),
        (lambda connection: connection.sendall(b"220 mail ESMTP\r\n"), Verdict.FAIL),
    ],
)
def test_what_answers_at_the_servers_port(
    settings: Settings, answer: Reply, verdict: Verdict
) -> None:
    with HookServer() as running:
        running.reply = answer
        there = dataclasses.replace(settings, host="0.0.0.0", port=running.port)
        assert only(check_server(there)).verdict is verdict


@pytest.mark.parametrize(
    ("url", "proxies", "verdict"),
    [
        ("https://refer.harborstreet.example", 0, Verdict.WARN),
        ("https://refer.harborstreet.example", 1, Verdict.OK),
        ("http://127.0.0.1:8080", 0, Verdict.OK),
    ],
)
def test_a_public_address_without_a_named_proxy(
    settings: Settings, url: str, proxies: int, verdict: Verdict
) -> None:
    there = dataclasses.replace(settings, url=url, trusted_proxies=proxies)
    found = only(check_proxies(there))
    assert found.verdict is verdict
    assert ("HANDOFF_TRUSTED_PROXIES=1" in found.todo) is (verdict is Verdict.WARN)


def test_site_that_says_something_else(settings: Settings, practice: Practice) -> None:
    assert only(check_site(settings, practice)).verdict is Verdict.OK
    file = settings.site / "handoff.json"
    built = json.loads(file.read_text())
    file.write_text(
        json.dumps({**built, "phone": "+13605550000", "form_url": "https://old.example"})
    )
    found = only(check_site(settings, practice))
    assert found.verdict is Verdict.FAIL
    assert "the phone number, the form's address" in found.words
    assert "https://old.example" in found.words
    file.unlink()
    assert only(check_site(settings, practice)).verdict is Verdict.WARN


def test_mail_server_that_is_not_there() -> None:
    mail = MailSettings("127.0.0.1", free_port(), "x@harborstreet.example")
    found = only(check_mail_server(mail, NOW))
    assert (found.verdict, "cannot be reached" in found.words) == (Verdict.FAIL, True)


def test_mail_server_over_tls_and_its_certificate(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)  # ends tomorrow
    with FaultySmtpServer(starttls=certificate.server_context()) as relay:
        mail = MailSettings(
            "localhost", relay.port, "x@harborstreet.example", use_tls=True,
            ca_file=certificate.trust,
        )  # fmt: skip
        found = only(check_mail_server(mail, datetime.now(UTC)))
        assert (found.verdict, "certificate" in found.words) == (Verdict.WARN, True)
        untrusted = dataclasses.replace(mail, ca_file=None)
        found = only(check_mail_server(untrusted, NOW))
        assert (found.verdict, "cannot be trusted" in found.words) == (Verdict.FAIL, True)


def test_a_served_house_is_seen_from_beside(house: House) -> None:
    """Doctor opens a ledger that another process serves."""
    with Ledger.open(house.settings.database_url) as beside:
        assert only(check_recovery(beside)).verdict is Verdict.OK
