"""A founded installation, and one thing after the other that is wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from form_server.doctor import Verdict
from form_server.ledger import Channel, Ledger
from form_server.recipients import add_recipient
from form_server.sender_look import last_look
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.delivery.hooks import HookServer, say
from tests.form_server.doctor.examining import NOW, examined, failing
from tests.smtp_faults import FaultySmtpServer


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


def test_damaged_ledger(env: dict[str, str], var: Path) -> None:
    file = var / "handoff.db"
    content = bytearray(file.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    file.write_bytes(content)
    assert "ledger" in failing(examined(env))


def test_damaged_row_is_named_and_the_rest_is_looked_at(env: dict[str, str], var: Path) -> None:
    with sqlite3.connect(var / "handoff.db") as other:
        (inbox,) = other.execute("SELECT id FROM inbox").fetchone()
        other.execute("UPDATE inbox SET created_at = 'yesterday'")
    other.close()
    found = examined(env)
    assert f"the inbox {inbox} is damaged: its created_at" in failing(found)["rows"]
    assert "deliveries" in found


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
