"""A real server by a clock that is moved: promises hold on the wall, whatever the date does."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from form_server.ledger import Attempt, AttemptMeans, AttemptResult, Ledger
from tests.house.moved_clock import set_clock
from tests.house.server_process import REFERRAL, ServerProcess
from tests.smtp_faults import FaultySmtpServer, Received

PACIFIC = ZoneInfo("America/Los_Angeles")
NORA, BEN = "nora@harborstreet.example", "ben@harborstreet.example"
QUIET_S = 1.6  # longer than a sweep and the mail that it would send
QUIET = {"HANDOFF_DIGEST": "off", "HANDOFF_DRILL": "off"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def pacific(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PACIFIC).astimezone(UTC)


class Wall:
    """The clock on the wall of the server, and the mail that nobody has looked at yet."""

    def __init__(self, file: Path, relay: FaultySmtpServer) -> None:
        self._file = file
        self._relay = relay
        self._seen = 0

    def show(self, moment: datetime) -> None:
        set_clock(self._file, moment)

    def mails(self, count: int) -> list[Received]:
        """So many, and no more within a sweep."""
        self._relay.wait_for(self._seen + count)
        time.sleep(QUIET_S)
        new = self._relay.received[self._seen :]
        self._seen += len(new)
        assert len(new) == count, [str(one.message["Subject"]) for one in new]
        return new


@pytest.fixture
def house(
    tmp_path: Path, relay: FaultySmtpServer, installation: ServerProcess
) -> Iterator[Callable[..., tuple[ServerProcess, Wall]]]:
    started: list[ServerProcess] = []

    def build(starts_at: datetime, *, second: bool = False) -> tuple[ServerProcess, Wall]:
        file = tmp_path / "clock"
        entry = ("tests.house.moved_clock", str(file))
        server = ServerProcess(tmp_path, relay.port, more_env=QUIET, entry=entry)
        started.append(server)
        server.take_over(installation)
        if second:
            words = tmp_path / "words"
            words.write_text(server.passphrase)
            mine = ("--passphrase-file", str(words))
            server.run("user", "add", "--name", "Ben Ito", "--email", BEN, *mine)
            server.run("recipient", "add", "--address", BEN, "--user", BEN)
        wall = Wall(file, relay)
        wall.show(starts_at)
        server.start()
        return server, wall

    yield build
    for server in started:
        server.kill()


def told(mails: list[Received]) -> list[tuple[str, str]]:
    """Whom, and the first words of the subject."""
    return sorted(
        (one.recipients[0], str(one.message["Subject"]).split(",")[0].split(" referral")[0])
        for one in mails
    )


def call(server: ServerProcess, receipt: str, at: datetime) -> None:
    """The therapist rings the patient of a referral, and says so at the desk."""
    with Ledger.open(f"sqlite:///{server.var / 'handoff.db'}", clock=lambda: at) as ledger:
        inboxes = [one.id for one in ledger.inboxes.all()]
        (whose,) = [
            one for one in ledger.referrals.open_in(inboxes).referrals if one.receipt == receipt
        ]
        user = ledger.people.users()[0].id
        means, result = AttemptMeans.CALL, AttemptResult.REACHED
        ledger.steps.record_attempt(Attempt(ledger.new_id(), whose.id, user, at, means, result))


def test_promises_hold_on_the_wall_when_summer_time_ends(
    house: Callable[..., tuple[ServerProcess, Wall]],
) -> None:
    """One hour of the promise is on Thursday, three are on Monday, and the clocks change between."""
    server, wall = house(pacific(10, 29, 17), second=True)
    wall.show(pacific(10, 29, 17))
    forgotten, called = (
        server.refer({**REFERRAL, "patient_name": f"Zebulon {name}"}).json
        for name in ("One", "Two")
    )
    assert told(wall.mails(2)) == [(NORA, "New"), (NORA, "New")]
    for answer in (forgotten, called):
        promised_by = datetime.fromisoformat(answer["promised_by"])
        assert MINUTE > promised_by - pacific(11, 2, 12) >= timedelta()
        assert promised_by.astimezone(PACIFIC).utcoffset() == timedelta(hours=-8)

    call(server, called["receipt"], pacific(11, 2, 9, 31))
    wall.show(pacific(11, 2, 9, 59))
    assert wall.mails(0) == []
    wall.show(pacific(11, 2, 10, 0) + MINUTE)
    (reminder,) = wall.mails(1)
    assert reminder.recipients == (NORA,)
    assert "Reminder" in str(reminder.message["Subject"])
    assert forgotten["receipt"] in str(reminder.message["Subject"])
    sent_at = email.utils.parsedate_to_datetime(str(reminder.message["Date"]))
    assert MINUTE > sent_at - pacific(11, 2, 10, 1) >= timedelta()

    wall.show(pacific(11, 2, 11, 19))
    assert wall.mails(0) == []
    wall.show(pacific(11, 2, 11, 20) + MINUTE)
    assert [one.recipients for one in wall.mails(1)] == [(BEN,)]
    wall.show(pacific(11, 2, 12) + MINUTE)
    assert told(wall.mails(2)) == [(BEN, "Promise broken"), (NORA, "Promise broken")]


def test_a_date_that_ran_ahead_for_a_while_leaves_no_promise_unguarded(
    house: Callable[..., tuple[ServerProcess, Wall]],
) -> None:
    monday_9 = pacific(10, 19, 9)
    server, wall = house(monday_9)
    answer = server.refer()
    assert told(wall.mails(1)) == [(NORA, "New")]
    wall.show(monday_9 + timedelta(days=40))
    (given_up,) = wall.mails(1)
    assert "Promise broken" in str(given_up.message["Subject"])
    early = server.refer({**REFERRAL, "patient_name": "Zebulon Early"})
    assert told(wall.mails(1)) == [(NORA, "New")]
    wall.show(monday_9 + HOUR)
    assert wall.mails(0) == []

    wall.show(monday_9 + 2 * HOUR + MINUTE)
    (reminder,) = wall.mails(1)
    assert answer.json["receipt"] in str(reminder.message["Subject"])
    wall.show(monday_9 + 3 * HOUR + 5 * MINUTE)
    (other,) = wall.mails(1)
    assert early.json["receipt"] in str(other.message["Subject"])
    assert "Reminder" in str(other.message["Subject"])
    assert server.get("/readyz").status == 200
