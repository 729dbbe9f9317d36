"""A stage for each test: a fresh ledger, a clock that the test moves, one founded practice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.founding import Founding
from form_server.ledger import InboxKey, Ledger, NewInbox
from form_server.vault import KeyPair, PrivateKey
from tests.form_server.desk.stage import MovableClock, Stage, found_practice, make_stage

Founded = tuple[Path, Founding, PrivateKey]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """A founded ledger to copy: making keys and locking them is slow on purpose."""
    path = tmp_path_factory.mktemp("founded") / "ledger.db"
    founding, user_key = found_practice(f"sqlite:///{path}")
    return path, founding, user_key


@pytest.fixture
def stage(founded: Founded, tmp_path: Path) -> Iterator[Stage]:
    original, founding, user_key = founded
    copy, clock = tmp_path / "ledger.db", MovableClock()
    shutil.copyfile(original, copy)
    with Ledger.open(f"sqlite:///{copy}", clock=clock) as ledger:
        yield make_stage(ledger, clock, founding, user_key)


@pytest.fixture
def desk(stage: Stage) -> Stage:
    """The same with somebody signed in."""
    stage.client = stage.let_in()
    return stage


@pytest.fixture
def other_inbox(stage: Stage) -> str:
    """An inbox that nobody on the stage can open."""
    inbox_id, pair = stage.ledger.new_id(), KeyPair.generate()
    key = InboxKey(inbox_id, 1, pair.public.to_bytes())
    stage.ledger.inboxes.add(NewInbox(inbox_id, "Sam Rivera", "sam-rivera"), key, [], actor="test")
    return inbox_id
