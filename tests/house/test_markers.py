"""Planted words of patients, and addresses of visitors, are found nowhere outside the sealed referral."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from urllib.parse import urlencode

import pytest

from form_server.demo.visitor import Visitor
from tests.house.server_process import PATIENT_MARKERS, REFERRAL, Answer, ServerProcess
from tests.house.test_serve import bytes_with_markers
from tests.smtp_faults import FaultySmtpServer

HTTPS = "https://refer.harborstreet.example"
VISITOR = "203.0.113.77"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": VISITOR}
JSON = {"Content-Type": "application/json", "X-Forwarded-For": VISITOR}
QUESTION = {
    "referrer_name": "Zebulon Quillfeather",
    "referrer_office": "Mill Road Family Medicine",
    "referrer_role": "harmonica",
    "referrer_phone": "(360) 555-0188",
    "question": "Whom may Zebulon Quillfeather send you?",
}
TALK = {
    "talk": "sleepless",
    "talk_when": "Quillfeather",
    "talk_people": "Zebulon",
    "talk_place": "harmonica",
    "heads_up": "seen",
}
SPAM = {
    **REFERRAL,
    "website": "https://cheap-pills.example",
    "note": "Zebulon Quillfeather https://a.example https://b.example harmonica",
}


@pytest.fixture
def server(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> Iterator[ServerProcess]:
    process = ServerProcess(
        tmp_path, relay.port,
        more_env={"HANDOFF_TRUSTED_PROXIES": "1", "HANDOFF_URL": HTTPS, "HANDOFF_LOG_FORMAT": "json"},
    )  # fmt: skip
    process.take_over(installation)
    yield process
    process.kill()


def send(server: ServerProcess, fields: Mapping[str, object], *, as_json: bool) -> Answer:
    if as_json:
        return server.request("POST", "/referrals", json.dumps(fields).encode(), JSON)
    plain = {**fields, "patient_agreed": "true"}
    return server.request("POST", "/referrals", urlencode(plain, doseq=True).encode(), FORM)


def marked(*texts: object) -> list[str]:
    whole = " ".join(map(str, texts)).lower()
    return [marker.decode() for marker in PATIENT_MARKERS if marker.decode().lower() in whole]


def test_markers_are_in_no_log_notice_url_header_or_byte_of_the_state(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    server.start()
    answers = [
        send(server, REFERRAL, as_json=True),
        send(server, {**REFERRAL, "age_band": "Zebulon"}, as_json=False),
        send(server, SPAM, as_json=True),
        send(server, {**SPAM, "best_time": "Quillfeather"}, as_json=False),
        send(server, {**REFERRAL, "kind": "self", "patient_email": "z@quillfeather.example"}, as_json=True),
        send(server, {**REFERRAL, "source": "Zebulon", "clinician": "Quillfeather"}, as_json=True),
    ]  # fmt: skip
    assert {answer.status for answer in answers} == {201, 303}
    for answer in answers:
        assert marked(answer.headers, answer.body) == []

    refused = [
        send(server, {**REFERRAL, "patient_agreed": False}, as_json=True),
        send(server, {**REFERRAL, "note": "Zebulon " * 99}, as_json=True),
        server.request("POST", "/referrals", b'{"patient_name": "Zebulon', JSON),
        server.request("POST", "/referrals", b"x=Zebulon" * 20_000, FORM),
        server.request("POST", "/referrals", b"Zebulon", {"Content-Type": "text/Zebulon"}),
        server.get("/refer/Zebulon?patient_name=Quillfeather&note=harmonica"),
        server.get("/status/ZebulonQuillfeather"),
        server.get("/Zebulon?Quillfeather"),
    ]
    for answer in refused:
        assert answer.status < 500
        assert marked(answer.headers) == []

    mails = relay.wait_for(4)
    assert len(mails) == 4  # none yet for the two that are kept aside
    for mail in mails:
        assert marked(mail.data.decode("latin-1")) == []
    assert bytes_with_markers(server.var) == []
    assert marked(server.log.read_text(errors="replace")) == []
    everything = [path for path in server.home.rglob("*") if path.is_file()]
    assert not [path for path in everything if VISITOR.encode() in path.read_bytes()]


def test_questions_leave_nothing_in_clear_and_open_at_the_desk(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> None:
    server = ServerProcess(tmp_path, relay.port)
    server.take_over(installation)
    try:
        server.start()
        talk = urlencode({**QUESTION, **TALK}).encode()
        answers = [
            server.request("POST", "/questions", json.dumps(QUESTION).encode(), JSON),
            server.request("POST", "/questions", talk, FORM),
            server.request("POST", "/questions", b'{"question": "Zebulon', JSON),
            server.get("/ask/?talk=Zebulon&source=Quillfeather"),
            server.get("/asked/ZebulonQuillfeather"),
        ]
        assert [answer.status for answer in answers] == [201, 303, 400, 200, 404]
        assert [found for answer in answers for found in marked(answer.headers)] == []
        notices = relay.wait_for(2)
        assert sorted(subject_of(mail.data).split()[1] for mail in notices) == [
            "question",
            "request",
        ]
        for mail in notices:
            assert marked(mail.data.decode("latin-1")) == []
        therapist = Visitor(f"http://127.0.0.1:{server.port}")
        therapist.sign_in("nora@harborstreet.example", server.passphrase)
        listed = therapist.open("/desk/questions")
        asked = re.findall(r'href="(/desk/questions/[0-9a-z]+)"', listed.body)
        assert len(asked) == 2
        assert all("Zebulon" in therapist.open(path).body for path in asked)
        assert bytes_with_markers(server.var) == []
        assert marked(server.log.read_text(errors="replace")) == []
    finally:
        server.kill()


def subject_of(mail: bytes) -> str:
    return str(message_from_bytes(mail, policy=SMTP)["Subject"])


def test_what_is_kept_aside_is_found_sealed_at_the_desk(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> None:
    server = ServerProcess(tmp_path, relay.port)
    server.take_over(installation)
    try:
        server.start()
        assert send(server, SPAM, as_json=True).status == 201
        therapist = Visitor(f"http://127.0.0.1:{server.port}")
        listed = therapist.sign_in("nora@harborstreet.example", server.passphrase)
        assert "One referral is kept aside" in listed.body
        assert "Zebulon" not in listed.body
        aside = therapist.open("/desk/quarantine")
        assert "Zebulon" in aside.body
        assert bytes_with_markers(server.var) == []
        assert marked(server.log.read_text(errors="replace")) == []
    finally:
        server.kill()
