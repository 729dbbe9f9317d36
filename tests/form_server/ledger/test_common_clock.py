from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from form_server.ledger import Ledger
from form_server.ledger.common_clock import CommonClock
from form_server.ledger.engine import Store
from tests.form_server.ledger.test_hearing import cut_all_connections
from tests.postgres import PostgresServer

_NEAR = timedelta(seconds=2)


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.lend_tables() as lent:
        yield lent


class Wrong:
    """A machine's clock that can be set."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.mark.parametrize("by", [timedelta(minutes=5), timedelta(hours=-3), timedelta(days=400)])
def test_machines_that_disagree_write_by_the_databases_clock(url: str, by: timedelta) -> None:
    with Ledger.open(url, clock=Wrong(by), shares_clock=True) as ledger:
        assert abs(ledger.clock() - datetime.now(UTC)) < _NEAR


def test_a_clock_that_is_as_good_as_right_is_left_alone(url: str) -> None:
    store = Store(url)
    clock = CommonClock(store, Wrong(timedelta(seconds=1)))

    clock()

    assert clock.wrong_by == timedelta()
    store.close()


def test_a_clock_that_goes_wrong_later_is_noticed_and_told_once(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    store, machine, now_s = Store(url), Wrong(timedelta()), [100.0]
    clock = CommonClock(store, machine, lambda: now_s[0])
    clock()
    machine.by = timedelta(minutes=4)

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            now_s[0] += 61
            clock()

    assert abs(clock() - datetime.now(UTC)) < _NEAR
    assert len([one for one in caplog.records if "database" in one.message]) == 1
    store.close()


def test_a_database_that_does_not_answer_leaves_what_was_known(url: str) -> None:
    store, now_s = Store(url), [100.0]
    clock = CommonClock(store, Wrong(timedelta(minutes=4)), lambda: now_s[0])
    clock()
    store.close()
    cut_all_connections(url)
    unreachable = Store(url.replace("@/test", "@/no_such"))
    clock._store = unreachable

    now_s[0] += 61

    assert abs(clock() - datetime.now(UTC)) < _NEAR
    unreachable.close()


def test_on_sqlite_this_machines_clock_is_the_only_one(sqlite_url: str) -> None:
    wrong = Wrong(timedelta(minutes=5))
    with Ledger.open(sqlite_url, clock=wrong, shares_clock=True) as ledger:
        assert ledger.clock is wrong
