"""A newsletter on its way when the server is killed: nobody gets it twice, nobody is forgotten."""

from __future__ import annotations

import html
import re
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from form_server.demo.visitor import Answer, Visitor
from form_server.ledger import Ledger, SourceFacts
from form_server.ledger.newsletter_rows import Issue
from tests.house.server_process import ServerProcess
from tests.smtp_faults import Action, FaultySmtpServer, Hang, Received, Stage

READERS = [f"office{number:02}@readers.example" for number in range(60)]
TAKEN, LEFT, NOT_TAKEN = READERS[17], READERS[18], READERS[41]
"""At whom the mail server falls silent: with the message taken, and without."""
NEXT = "/desk/newsletter/next"


class Therapist(Visitor):
    """Somebody at the desk, who taps buttons."""

    def tap(self, page: Answer, action: str, *names: str) -> Answer:
        fields = {name: _hidden(page.body, name) for name in ("csrf_token", *names)}
        return self._send(action, urllib.parse.urlencode(fields).encode(), {})


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return html.unescape(found[1])


def leave(server: ServerProcess, mail: Received) -> None:
    """As a mail program does it for its reader."""
    link = str(mail.message["List-Unsubscribe"]).strip("<>")
    path = urllib.parse.urlsplit(link).path
    assert server.request("POST", path, b"List-Unsubscribe=One-Click").status == 200


@contextmanager
def ledger_of(server: ServerProcess) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{server.var / 'handoff.db'}") as ledger:
        yield ledger


def issue_of(server: ServerProcess) -> Issue:
    with ledger_of(server) as ledger:
        (issue,) = ledger.newsletters.issues()
        return issue


def received_by(relay: FaultySmtpServer) -> list[str]:
    return [to for mail in list(relay.received) for to in mail.recipients]


def watch(relay: FaultySmtpServer) -> set[str]:
    """Whose copies came through whole from now on, answered or not."""
    offered: set[str] = set()
    planned = relay.choose

    def choose(stage: Stage, recipient: str) -> Action | None:
        if stage is Stage.DOT:
            offered.add(recipient)
        return planned(stage, recipient)

    relay.choose = choose
    return offered


def wait_until(holds: Callable[[], bool], within_s: float = 60.0) -> None:
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def wait_until_done(server: ServerProcess) -> Issue:
    wait_until(lambda: not issue_of(server).progress.waiting)
    return issue_of(server)


@pytest.fixture
def house(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> Iterator[ServerProcess]:
    pace = {"HANDOFF_NEWSLETTERS_A_MINUTE": "6000", "HANDOFF_NEWSLETTERS_A_DAY": "1000"}
    process = ServerProcess(tmp_path, relay.port, more_env=pace)
    process.take_over(installation)
    with ledger_of(process) as ledger:
        for place, address in enumerate(READERS):
            facts = SourceFacts(f"Office {place:02}", email=address, agreed_on=date(2026, 1, 2))
            ledger.address_book.add(f"office{place}", facts, actor="test")
    yield process
    process.kill()


def test_killed_in_the_middle_each_reader_gets_it_once_or_is_in_doubt(
    house: ServerProcess, relay: FaultySmtpServer
) -> None:
    offered = watch(relay)
    relay.inject(Stage.DOT, Hang(kept=True), recipient=TAKEN)
    relay.inject(Stage.DOT, Hang(), recipient=NOT_TAKEN)
    house.start()
    nora = Therapist(f"http://127.0.0.1:{house.port}")
    nora.sign_in("nora@harborstreet.example", house.passphrase)
    page = nora.open(NEXT)
    assert "Send it to 60 readers" in page.body
    nora.tap(page, NEXT, "issue_id", "readers")

    wait_until(lambda: TAKEN in received_by(relay))  # the mail server is silent now
    assert house.refer().status == 201
    wait_until(lambda: "nora@harborstreet.example" in received_by(relay))
    leave(house, next(mail for mail in relay.received if mail.recipients == (READERS[0],)))
    with ledger_of(house) as ledger:
        ledger.mailing_list.unsubscribe(LEFT, actor="reader")  # claimed together with the last one
    house.kill()

    house.start()
    wait_until(lambda: NOT_TAKEN in offered)
    house.kill()

    house.start()
    issue = wait_until_done(house)
    got = Counter(to for to in received_by(relay) if to in READERS)
    assert set(got.values()) == {1}
    assert set(READERS) - set(got) == {NOT_TAKEN, LEFT}
    stands = issue.progress
    assert (stands.sent, stands.doubt, stands.dropped, stands.left_since) == (57, 2, 1, 2)

    assert "2 newsletter copies may not have arrived" in nora.open("/desk/").body
    page = nora.open(f"/desk/newsletter/issues/{issue.id}")
    assert TAKEN in page.body
    assert NOT_TAKEN in page.body
    card = page.body[page.body.index(NOT_TAKEN) :]
    again = re.search(r'action="(/desk/newsletter/copies/[^"]+/again)"', card)
    assert again
    nora.tap(page, again[1])
    wait_until(lambda: NOT_TAKEN in received_by(relay))
    assert wait_until_done(house).progress.doubt == 1
