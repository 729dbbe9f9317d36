"""The tutorial is followed as it is printed, from an empty home to the first call."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.demo.visitor import REFERRAL, Visitor
from outreach_kit.places import CHECKOUT
from outreach_kit.publish.starter import QUESTIONS
from tests.form_server.delivery.certificates import make_certificate
from tests.house.server_process import free_port
from tests.outreach_kit.paper.reading import text_of
from tests.smtp_faults import FaultySmtpServer
from tests.tutorial.learner import TEXT, Learner, Terminal, as_powershell, blocks

ELSEWHERE = {
    "python3 -m venv .venv",
    ".venv/bin/python -m pip install --require-hashes -r requirements.txt",
    ".venv/bin/python -m form_server demo",
}
"""Installing is what a run of the tests begins with; tests/house plays the demo."""
ANSWERS = {
    "name": "Quiet Room Counseling", "clinician": "Ana Lopez", "credentials": "LMFT",
    "phone": "(212) 555-0177", "email": "", "street": "9 Elm St", "city": "Albany",
    "state": "NY", "zip": "12207", "niche": "",
}  # fmt: skip
ME, PASSWORD = "you@your-practice.com", "an app's password"


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[FaultySmtpServer]:
    """A provider as the page describes one: STARTTLS, and an account."""
    certificate = make_certificate(tmp_path)
    with FaultySmtpServer(starttls=certificate.server_context(), accounts={ME: PASSWORD}) as server:
        yield server


@pytest.fixture
def learner(tmp_path: Path, relay: FaultySmtpServer) -> Iterator[Learner]:
    home = tmp_path / "home"
    home.mkdir()
    env = {
        "HANDOFF_PORT": str(free_port()),
        "HANDOFF_MAIL_CA_FILE": str(tmp_path / "localhost.pem"),
    }
    somebody = Learner(home, env)
    yield somebody
    somebody.leave()


def test_on_windows_the_same_is_typed() -> None:
    assert len(blocks("sh")) == len(blocks("powershell")) > 8
    assert blocks("powershell") == [as_powershell(one) for one in blocks("sh")]


def test_it_is_installed_as_the_readme_says() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert {one for one in ELSEWHERE if f"\n{one}\n" in readme} == ELSEWHERE


def test_whoever_follows_it_has_a_site_a_guide_and_a_referral(
    learner: Learner, relay: FaultySmtpServer
) -> None:
    make_the_folder(learner)
    watch_the_site(learner)
    print_the_guide(learner)
    words = make_the_keys(learner, relay)
    send_and_answer(learner, relay, words)
    assert set(learner.left) == ELSEWHERE


def make_the_folder(learner: Learner) -> None:
    asking = learner.type("--new ~/my-practice")
    for question in QUESTIONS:
        asking.answer(question.text, ANSWERS[question.key])
    asking.end()
    assert (learner.home / "my-practice/practice.toml").is_file()


def watch_the_site(learner: Learner) -> None:
    (line,) = blocks("toml")
    watching = learner.type("--serve --watch")
    watching.wait_for("Ctrl-C stops it")
    (address,) = re.findall(r"http://127\.0\.0\.1:\d+/", watching.said)
    file = learner.home / "my-practice/practice.toml"
    before = file.read_text(encoding="utf-8")
    assert line in before
    assert "within 14 days" not in read(f"{address}first-visit/")

    file.write_text(before.replace(line, line.removeprefix("# ")), encoding="utf-8")
    while "within 14 days" not in read(f"{address}first-visit/"):
        watching.wait_for("pages and")  # what a build says when it is done

    (mistake,) = re.findall(r"write `([^`]+)` and save", TEXT)
    file.write_text(before.replace(line, f"{mistake}\n"), encoding="utf-8")
    watching.wait_for(f"practice.toml:{before[: before.index(line)].count(chr(10)) + 1}")
    file.write_text(before, encoding="utf-8")
    watching.wait_for("pages and")
    watching.press_ctrl_c()


def print_the_guide(learner: Learner) -> None:
    assert "advice:" in learner.type("--out ~/my-site").end()
    named = re.findall(r"`(guide-[a-z0-9]+\.pdf)`", TEXT)
    assert len(named) == 2
    prints = learner.home / "my-site-print"
    assert (prints / "index.html").is_file()
    for name in named:
        assert ANSWERS["phone"] in text_of((prints / name).read_bytes())


def make_the_keys(learner: Learner, relay: FaultySmtpServer) -> str:
    (learner.home / "my-mail-password.txt").write_text(PASSWORD + "\n")
    learner.set(HANDOFF_MAIL_SERVER="127.0.0.1", HANDOFF_MAIL_PORT=str(relay.port))
    making = learner.type("form_server init")
    making.answer("Your name", ANSWERS["clinician"])
    making.answer("Your e-mail address", ME)
    (sheet,) = re.findall(r"such as `(~/[^`]+\.pdf)`", TEXT)
    making.answer("recovery sheet", sheet)
    type_two_groups_back(making, learner.home / sheet.removeprefix("~/"))
    (words,) = re.findall(r"^ {4}((?:[a-z]+ ){5}[a-z]+)$", making.end(), re.MULTILINE)
    return str(words)


def type_two_groups_back(making: Terminal, sheet: Path) -> None:
    asked = re.findall(r"\d", making.wait_for("and type back groups") + making.wait_for("."))[-2:]
    groups = re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", text_of(sheet.read_bytes()))
    assert len(groups) == 8
    for number in asked:
        making.answer(f"Group {number}", groups[int(number) - 1])
    making.wait_for("The sheet can be read.")


def send_and_answer(learner: Learner, relay: FaultySmtpServer, words: str) -> None:
    serving = learner.type("form_server serve")
    serving.wait_for("serving http")
    base_url = f"http://127.0.0.1:{learner.env['HANDOFF_PORT']}"
    assert "Refer a patient" in read(f"{base_url}/refer/")
    assert ANSWERS["name"] in read(f"{base_url}/")
    receipt = Visitor(base_url).refer({**REFERRAL, "reasons": ["worry"]})

    (mail,) = relay.wait_for(1)
    assert mail.over_tls
    assert mail.recipients == (ME,)
    assert receipt["receipt"] in str(mail.message["Subject"])
    assert b"Marlowe" not in mail.data

    therapist = Visitor(base_url)
    shown = therapist.open_first_referral(therapist.sign_in(ME, words))
    assert str(REFERRAL["patient_name"]) in shown.body
    (tap,) = re.findall(r"Tap \*\*([^*]+)\*\*", re.sub(r"\s+", " ", TEXT))
    assert stands(receipt) == "received"
    press(therapist, shown.body, tap)
    assert stands(receipt) == "calling"
    serving.press_ctrl_c()


def press(therapist: Visitor, page: str, tap: str) -> None:
    (form,) = (one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f">{tap}<" in one)
    (action,) = re.findall(r'<form[^>]* action="([^"]+)"', form)
    (pressed,) = re.findall(rf'name="(\w+)" value="([^"]+)">{tap}<', form)
    fields = [*re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form), pressed]
    answer = therapist._send(action, urllib.parse.urlencode(fields).encode(), {})
    assert answer.status == 200, answer


def stands(receipt: dict[str, str]) -> str:
    return str(json.loads(read(f"{receipt['status_url']}?format=json"))["state"])


def read(address: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=30) as response:
        return str(response.read().decode())
