from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from form_server.ledger import Ears, Ledger, LedgerUnavailable
from tests.form_server.ledger.things import a_delivery
from tests.postgres import PostgresServer

_LONG_S = 20.0
"""A call ends the wait at once; without one a test would take this long, and fail."""


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.lend_tables() as lent:
        yield lent


@pytest.fixture
def here(url: str) -> Iterator[Ledger]:
    with Ledger.open(url) as opened:
        yield opened


@pytest.fixture
def elsewhere(url: str) -> Iterator[Ledger]:
    with Ledger.open(url) as opened:
        yield opened


@pytest.fixture
def ears(here: Ledger) -> Iterator[Ears]:
    listening = here.ears()
    assert listening is not None
    listening.listen(0.0)
    here.wake.clear()
    yield listening
    listening.close()


def cut_all_connections(url: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_commit_in_another_process_wakes_this_one(
    here: Ledger, elsewhere: Ledger, ears: Ears
) -> None:
    called = threading.Event()
    here.wake.call(called)

    elsewhere.queue.add([a_delivery()])
    ears.listen(_LONG_S)

    assert called.is_set()


def test_silence_wakes_nobody(here: Ledger, ears: Ears) -> None:
    ears.listen(0.01)

    assert not here.wake.is_set()


def test_what_was_called_while_nobody_listened_is_made_up_for(
    here: Ledger, elsewhere: Ledger, ears: Ears
) -> None:
    ears.close()
    elsewhere.queue.add([a_delivery()])

    ears.listen(0.0)

    assert here.wake.is_set()


def test_ears_whose_connection_broke_say_so_and_hear_again(
    here: Ledger, elsewhere: Ledger, ears: Ears, url: str
) -> None:
    cut_all_connections(url)

    with pytest.raises(LedgerUnavailable):
        ears.listen(_LONG_S)
    ears.listen(0.0)
    here.wake.clear()
    elsewhere.queue.add([a_delivery()])
    ears.listen(_LONG_S)

    assert here.wake.is_set()


def test_a_call_that_cannot_be_made_does_not_undo_what_was_written(
    elsewhere: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LedgerUnavailable("the test", "no connection is left")

    monkeypatch.setattr("form_server.ledger.hearing.sa.text", fail)

    elsewhere.queue.add([a_delivery()])

    assert elsewhere.queue.next_due_at() is not None


def test_on_sqlite_there_is_nobody_to_hear(sqlite_ledger: Ledger) -> None:
    assert sqlite_ledger.ears() is None
