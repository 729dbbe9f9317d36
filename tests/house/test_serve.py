"""A referral survives whatever happens to the process and to the mail server."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from form_server.demo.visitor import Visitor
from tests.house.server_process import PATIENT_MARKERS, REFERRAL, ServerProcess
from tests.smtp_faults import FaultySmtpServer, Hang, Slow, Stage


def bytes_with_markers(folder: Path, markers: Sequence[bytes] = PATIENT_MARKERS) -> list[str]:
    """Files below `folder` in which something of the patient can be read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        f"{path.name}: {marker.decode()}"
        for path in files
        for marker in markers
        if marker.lower() in path.read_bytes().lower()
    ]


def test_referral_is_forwarded_and_opened_at_the_desk(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    server.start()
    answer = server.refer()
    assert answer.status == 201
    (mail,) = relay.wait_for(1)
    assert answer.json["receipt"] in str(mail.message["Subject"])
    assert not any(marker in mail.data for marker in PATIENT_MARKERS)

    therapist = Visitor(f"http://127.0.0.1:{server.port}")
    listed = therapist.sign_in("nora@harborstreet.example", server.passphrase)
    opened = therapist.open_first_referral(listed)
    assert "Zebulon Quillfeather" in opened.body
    assert "harmonica" in opened.body
    assert bytes_with_markers(server.var) == []
    assert not any(marker in server.log.read_bytes() for marker in PATIENT_MARKERS)


def test_mail_server_down_changes_nothing_for_the_office(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    server.start()
    relay.stop()
    answer = server.refer()
    assert answer.status == 201
    time.sleep(0.3)  # time enough for a first attempt that must fail
    relay.start()
    (mail,) = relay.wait_for(1)
    assert answer.json["receipt"] in str(mail.message["Subject"])


def test_silent_mail_server_holds_up_neither_form_nor_health(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.EHLO, Hang(), times=None)
    server.start()
    for number in range(3):
        assert server.refer({**REFERRAL, "patient_name": f"Zebulon {number}"}).status == 201
        assert server.get("/healthz").status == 200
    assert server.get("/readyz").status == 200


def test_killed_between_answer_and_delivery_it_delivers_after_restart(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.DOT, Hang(), times=1)
    server.start()
    answer = server.refer()
    assert answer.status == 201
    relay.wait_for_command(Stage.DOT)
    server.kill()
    relay.mend()
    server.start()
    (mail,) = relay.wait_for(1)
    assert answer.json["receipt"] in str(mail.message["Subject"])
    assert server.get(answer.json["status_url"].partition(str(server.port))[2]).status == 200


def test_redelivered_mail_keeps_its_message_id(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.DOT, Hang(kept=True), times=1)
    server.start()
    assert server.refer().status == 201
    relay.wait_for(1)
    server.kill()
    relay.mend()
    server.start()
    first, second = relay.wait_for(2)
    assert first.message_id == second.message_id
    assert first.data == second.data


def test_the_log_is_synced_between_reading_and_answering(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> None:
    if shutil.which("strace") is None or sys.platform != "linux":
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace.txt"
    calls = "trace=recvfrom,sendto,recvmsg,sendmsg,fsync,fdatasync,write,pwrite64"
    strace = ("strace", "-f", "-qq", "-y", "-s", "80", "-e", calls, "-o", str(trace))
    server = ServerProcess(tmp_path, relay.port, prefix=strace)
    server.take_over(installation)
    try:
        server.start()
        assert server.refer().status == 201
    finally:
        server.kill()
    rows = trace.read_text(errors="replace").splitlines()
    read = next(i for i, row in enumerate(rows) if "POST /referrals" in row)
    answered = next(i for i, row in enumerate(rows) if i > read and "HTTP/1.1 201" in row)
    synced = [
        row for row in rows[read:answered] if re.search(r"f(data)?sync\(.*handoff\.db-wal", row)
    ]
    assert synced, "\n".join(rows[read : answered + 1])


def test_a_body_of_ten_megabytes_is_heard_out_and_refused(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    server.start()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for size in (70_000, 600_000, 10_000_000):
        assert server.request("POST", "/referrals", b"note=" + b"x" * size, form).status == 413
    assert server.refer().status == 201
    relay.wait_for(1)


def test_no_channel_stops_the_start_and_says_what_to_set(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path, 25, more_env={"HANDOFF_MAIL_SERVER": "", "HANDOFF_MAIL_PORT": "",
                                                   "HANDOFF_MAIL_DEFAULT_SENDER": ""})  # fmt: skip
    done = server.run("serve", check=False)
    assert done.returncode == 2
    assert "HANDOFF_MAIL_SERVER" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_before_init_says_so(tmp_path: Path, relay: FaultySmtpServer) -> None:
    done = ServerProcess(tmp_path, relay.port).run("serve", check=False)
    assert done.returncode == 1
    assert "python -m form_server init" in done.stderr


def test_second_server_on_one_state_is_refused(server: ServerProcess) -> None:
    server.start()
    second = ServerProcess(server.home, server.smtp_port)
    done = second.run("serve", check=False)
    assert done.returncode == 1
    assert "already serves this state" in done.stderr


def test_stopped_server_finishes_and_exits_cleanly(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    server.start()
    assert server.refer().status == 201
    relay.wait_for(1)
    assert server.stop() == 0


def test_stopped_amid_its_start_it_finishes_the_mail_that_it_has_begun(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.DOT, Hang())
    server.start()
    assert server.refer().status == 201
    relay.wait_for_command(Stage.DOT)
    server.kill()
    relay.inject(Stage.DOT, Slow(1.0))
    server.launch()
    relay.wait_for_command(Stage.DOT, 2)

    assert server.stop() == 0  # before it has begun to answer the web

    assert len(relay.received) == 1
    assert "Sent, attempt 2" in server.log.read_text()


def test_init_never_runs_twice_and_never_beside_the_data(server: ServerProcess) -> None:
    again = server.run(
        "init", "--name", "X", "--email", "x@harborstreet.example",
        "--recovery-sheet", str(server.home / "second.pdf"), "--unattended", check=False,
    )  # fmt: skip
    assert again.returncode == 1
    assert "nothing was changed" in again.stderr
    beside = server.run(
        "init", "--name", "X", "--email", "x@harborstreet.example",
        "--recovery-sheet", str(server.var / "recovery.pdf"), "--unattended", check=False,
    )  # fmt: skip
    assert beside.returncode == 2
    assert "beside the data" in beside.stderr


def test_recovery_sheet_is_private_and_readable(server: ServerProcess) -> None:
    import pypdfium2

    sheet = server.home / "recovery.pdf"
    assert sheet.stat().st_mode & 0o077 == 0
    document = pypdfium2.PdfDocument(sheet)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert len(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)) == 8
