"""Backup, loss, restore and release, as an owner does them: by commands, beside a running server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from form_server.commands import handoff
from form_server.demo.visitor import Visitor
from tests.house.server_process import PATIENT_MARKERS, REFERRAL, ServerProcess
from tests.smtp_faults import Answer, FaultySmtpServer, Stage


@pytest.fixture
def second(tmp_path: Path, relay: FaultySmtpServer) -> Iterator[ServerProcess]:
    """Another machine, without a state yet."""
    home = tmp_path / "second"
    home.mkdir()
    process = ServerProcess(home, relay.port)
    yield process
    process.kill()


def test_lost_machine_comes_back_and_sends_nothing_by_itself(
    server: ServerProcess, second: ServerProcess, relay: FaultySmtpServer, tmp_path: Path
) -> None:
    relay.inject(Stage.RCPT, Answer(450), times=None)  # nothing gets out before the loss
    server.start()
    receipts = {server.refer().json["receipt"]}
    ended = threading.Event()
    accepted: list[int] = []

    def post() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            answer = server.refer({**REFERRAL, "patient_name": f"Zebulon {number}"})
            accepted.append(answer.status)
            receipts.add(answer.json["receipt"])

    busy = threading.Thread(target=post)
    busy.start()
    archive = tmp_path / "night.tar"
    try:
        said = server.run("backup", str(archive)).stdout
    finally:
        ended.set()
        busy.join(30)
    assert set(accepted) == {201}
    assert "sealed" in said
    raw = archive.read_bytes().lower()
    assert not [word for word in PATIENT_MARKERS if word.lower() in raw]
    server.kill()

    refused = second.run("restore", str(archive), check=False)
    assert refused.returncode == 1
    assert "--server-key" in refused.stderr
    key = ("--server-key", str(server.var / "server.key"))
    assert "On hold" in second.run("restore", str(archive), *key).stdout

    relay.mend()
    second.start()
    assert "on hold" in second.log.read_text()
    therapist = Visitor(f"http://127.0.0.1:{second.port}")
    listed = therapist.sign_in("nora@harborstreet.example", server.passphrase)
    assert "Zebulon Quillfeather" in therapist.open_first_referral(listed).body
    assert relay.received == []

    shown = second.run("release").stdout
    first = next(line.split()[0] for line in shown.splitlines() if "notice by email" in line)
    assert "Released: 1" in second.run("release", first).stdout
    (mail,) = relay.wait_for(1)
    assert any(receipt in str(mail.message["Subject"]) for receipt in receipts)
    assert "Dropped" in second.run("release", "--all", "--drop").stdout
    assert "Nothing is on hold" in second.run("release").stdout

    advice = second.run("doctor", check=False).stdout
    assert "server: answers at" in advice
    assert server.passphrase not in advice


def test_installation_whose_disk_is_not_mounted_refuses_to_start(
    server: ServerProcess, tmp_path: Path
) -> None:
    doctor = server.run("doctor", check=False)
    assert doctor.returncode == 1
    assert "opens everything" in doctor.stdout  # the sheet that init wrote
    fingerprint = doctor.stdout.partition("HANDOFF_KEY_FINGERPRINT=")[2].partition(":")[0]
    unmounted = ServerProcess(
        tmp_path / "unmounted", 25, more_env={"HANDOFF_KEY_FINGERPRINT": fingerprint}
    )
    for command in ("serve", "init"):
        arguments = [command]
        if command == "init":
            arguments += ["--name", "X", "--email", "x@harborstreet.example", "--unattended",
                          "--recovery-sheet", str(tmp_path / "x.pdf")]  # fmt: skip
        done = unmounted.run(*arguments, check=False)
        assert done.returncode == 1, done.stderr
        assert "Mount the disk" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "unmounted").exists()


def test_recipients_by_command(server: ServerProcess, relay: FaultySmtpServer) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(handoff, ("recipient", *words), env=server.env)
        assert done.exception is None, done.output
        return done.stdout

    recipient = run("add", "--address", "front@harborstreet.example").rpartition(" ")[2].strip()
    assert recipient in run("list")
    assert "sent" in run("test", recipient)
    (mail,) = relay.wait_for(1)
    assert mail.recipients == ("front@harborstreet.example",)
    run("remove", recipient)
    assert recipient not in run("list")
    relay.inject(Stage.RCPT, Answer(550, "5.1.1 No such user"))
    left = run("list").splitlines()[1].split()[0]
    failed = server.run("recipient", "test", left, check=False)
    assert failed.returncode == 1
    assert "No such user" in failed.stdout
