"""What `doctor` makes of a PostgreSQL: of facts that are put together here, and of one that runs."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from form_server.doctor import Finding, Verdict, examine
from form_server.doctor.database import check_database, check_processes
from form_server.ledger import DatabaseFacts, Ledger, Presence
from form_server.ledger.database import own_name, parse_name
from form_server.ledger.migrate import REVISION
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.office.house import Blueprint
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]

CHECKED = "host=db.example sslmode=verify-full"
GOOD = DatabaseFacts(
    version="16.4", major=16, is_standby=False, standbys=("sync",),
    settings={"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
              "synchronous_standby_names": "*"},
    times_ms={}, is_encrypted=True, is_local=False, ahead=timedelta(milliseconds=300),
    connections=7, limit=97, is_shared_out=False, present=(),
)  # fmt: skip
SERVE = Presence("serve", "0015", "12", "web1")
WORKER = Presence("worker", "0015", "13", "web2")


def utc_now() -> datetime:
    return datetime.now(UTC)


def judged(words: str = CHECKED, **changes: Any) -> list[Finding]:
    """What is not well; the tools for a backup are another test's."""
    facts = dataclasses.replace(GOOD, **changes)
    found = check_database(facts, words, None)
    return [one for one in found if one.verdict is not Verdict.OK and one.subject != "backup"]


def with_setting(**changes: str) -> dict[str, str]:
    return {**GOOD.settings, **changes}


def test_a_database_as_it_should_be_has_nothing_to_see_to() -> None:
    assert judged() == []
    assert len(list(check_database(GOOD, CHECKED, None))) >= 8


@pytest.mark.parametrize(
    ("changes", "verdict", "words"),
    [
        ({"major": 13, "version": "13.9"}, Verdict.WARN, "13.9 gets no repairs"),
        ({"is_standby": True}, Verdict.FAIL, "this is a standby"),
        ({"settings": with_setting(fsync="off")}, Verdict.FAIL, "fsync is off"),
        ({"settings": with_setting(full_page_writes="off")}, Verdict.FAIL, "full_page_writes"),
        ({"standbys": ()}, Verdict.FAIL, "none is there, so nothing can be taken in"),
        ({"standbys": ("async",)}, Verdict.WARN, "a moment behind"),
        (
            {"standbys": ("sync",), "settings": with_setting(synchronous_commit="local")},
            Verdict.WARN,
            "a moment behind",
        ),
        (
            {"standbys": (), "settings": with_setting(synchronous_standby_names="")},
            Verdict.WARN,
            "there is none",
        ),
        ({"is_encrypted": False}, Verdict.WARN, "it is open"),
        ({"words": "host=db.example sslmode=require"}, Verdict.WARN, "who is at its other end"),
        ({"is_shared_out": True}, Verdict.FAIL, "a pooler stands between"),
        ({"times_ms": {"statement_timeout": 2000}}, Verdict.WARN, "statement_timeout = 2000 ms"),
        ({"times_ms": {"idle_session_timeout": 5000}}, Verdict.WARN, "idle_session_timeout"),
        ({"connections": 90}, Verdict.WARN, "90 of 97 connections"),
        ({"present": (SERVE,) * 3, "limit": 50}, Verdict.WARN, "may need 60"),
        ({"ahead": timedelta(minutes=3)}, Verdict.WARN, "180 seconds ahead of the database's"),
        ({"ahead": timedelta(seconds=-9)}, Verdict.WARN, "9 seconds behind the database's"),
    ],
)
def test_each_weakness_is_told_with_what_to_do(
    changes: dict[str, Any], verdict: Verdict, words: str
) -> None:
    (one,) = judged(**changes)
    assert one.verdict is verdict
    assert words in one.words
    assert one.todo


def test_what_cannot_hurt_is_not_complained_of() -> None:
    assert judged(is_local=True, is_encrypted=False) == []
    assert judged(times_ms={"statement_timeout": 60_000, "idle_session_timeout": 600_000}) == []
    assert judged(standbys=("potential", "quorum")) == []
    assert judged(standbys=("",)) == []  # we may not see what it is, and the database waits for it


def test_a_crash_that_loses_what_was_answered_for_fails_and_is_no_standby() -> None:
    verdicts = {one.subject: one for one in judged(settings=with_setting(synchronous_commit="off"))}
    assert verdicts["database"].verdict is Verdict.FAIL
    assert "offices were told that they arrived" in verdicts["database"].words
    assert verdicts["standby"].verdict is Verdict.WARN


def test_a_backup_that_cannot_be_made_is_told_before_it_is_needed(tmp_path: Path) -> None:
    found = {one.subject: one for one in check_database(GOOD, CHECKED, tmp_path)}
    assert found["backup"].verdict is Verdict.WARN
    assert "postgresql-client-16" in found["backup"].todo


@pytest.mark.parametrize(
    ("present", "verdict", "words"),
    [
        ((), Verdict.WARN, "nothing serves"),
        ((Presence("web", "0015", "1", "a"),), Verdict.FAIL, "1 web, and none that delivers"),
        ((WORKER, WORKER), Verdict.FAIL, "2 worker, and none that takes anything in"),
        ((SERVE, WORKER), Verdict.OK, "1 serve, 1 worker."),
        ((Presence("web", "0015", "1", "a"), WORKER), Verdict.OK, "1 web, 1 worker."),
    ],
)
def test_who_serves_and_who_delivers(
    present: tuple[Presence, ...], verdict: Verdict, words: str
) -> None:
    asking = Presence("command", "0014", "9", "web1", ahead_s=500)
    (one,) = check_processes((*present, asking), "0015")
    assert (one.verdict, words in one.words) == (verdict, True)


def test_another_version_and_a_wrong_clock_are_named_with_their_machine() -> None:
    old = Presence("worker", "0014", "77", "attic", ahead_s=-240)
    _, version, clock = check_processes((SERVE, old), "0015")
    assert version.verdict is Verdict.FAIL
    assert "the worker 77 on attic" in version.words
    assert clock.words.startswith("the clock of attic is 240 seconds behind the database's")


def test_a_name_says_who_and_other_programs_have_other_names() -> None:
    said = parse_name(own_name("worker", "0015", timedelta(seconds=181.4)), 3)
    assert said is not None
    assert (said.role, said.revision, said.ahead_s, said.connections) == ("worker", "0015", 181, 3)
    for other in ("psql", "handoff", "handoff a b c d", "handoff worker 0015 +x 1@m", ""):
        assert parse_name(other) is None


def test_a_database_that_runs_is_seen_with_all_who_are_there(postgres: PostgresServer) -> None:
    with (
        postgres.lend_tables() as url,
        Ledger.open(url, role="worker", clock=lambda: utc_now() + timedelta(minutes=4),
                    shares_clock=True) as ahead,
        Ledger.open(url) as asking,
    ):  # fmt: skip
        ahead.clock()  # asks how wrong this machine is
        ears = ahead.ears()
        assert ears is not None
        ears.listen(0.0)
        facts = asking.database(lambda: utc_now() - timedelta(minutes=1))
        ears.close()

    assert facts is not None
    (worker,) = [one for one in facts.present if one.role == "worker"]
    assert (worker.revision, worker.connections >= 2) == (REVISION, True)
    assert abs(worker.ahead_s - 240) <= 2
    assert abs(facts.ahead + timedelta(minutes=1)) < timedelta(seconds=5)
    assert facts.is_local
    assert not facts.is_standby
    assert not facts.is_shared_out
    assert facts.standbys == ()
    assert 0 < facts.connections < facts.limit
    assert facts.settings["fsync"] == "off"  # of the tests' own server
    assert facts.times_ms == {}


def test_a_file_has_no_such_facts(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        assert ledger.database(utc_now) is None


def test_doctor_looks_at_the_database_too(
    blueprint: Blueprint, postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.lend_tables() as url:
        env = {
            "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
            "HANDOFF_VAR": str(tmp_path),
            "HANDOFF_KEY_FILE": str(blueprint.folder / "server.key"),
            "HANDOFF_DATABASE_URL": url,
            "HANDOFF_MAIL_SERVER": "127.0.0.1",
            "HANDOFF_MAIL_PORT": "9",
            "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harborstreet.example",
        }
        found = {str(one) for one in examine(env, utc_now, look_up=lambda _: ())}
    assert any(one.startswith("fail  database: fsync is off") for one in found)
    assert any(one.startswith("warn  standby: there is none") for one in found)
    assert any(one.startswith("warn  processes: nothing serves") for one in found)
    assert any(one.startswith("ok    backup: can be made by the programs in") for one in found)
