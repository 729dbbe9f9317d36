"""What was found about the sender's domain is kept for whoever asks before a letter to many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from form_server.ledger import Ledger
from form_server.sender_look import SenderLook, keep_look, last_look
from tests.tables import lay_tables

AT = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    lay_tables(tmp_path / "ledger.db")
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        yield ledger


def test_the_last_look_takes_the_place_of_the_one_before(ledger: Ledger) -> None:
    assert last_look(ledger, "harbor.org") is None
    keep_look(ledger, SenderLook(AT, "harbor.org", ("No SPF. Add it.",)))
    assert last_look(ledger, "Harbor.org") == SenderLook(AT, "harbor.org", ("No SPF. Add it.",))
    keep_look(ledger, SenderLook(AT, "harbor.org"))
    assert last_look(ledger, "harbor.org") == SenderLook(AT, "harbor.org")


def test_a_look_at_another_domain_says_nothing_of_this_one(ledger: Ledger) -> None:
    keep_look(ledger, SenderLook(AT, "harbor.org"))
    assert last_look(ledger, "harbor.example") is None
    keep_look(ledger, SenderLook(AT, "bücher.example"))
    assert last_look(ledger, "xn--bcher-kva.example") is not None


def test_what_another_version_kept_is_no_look(ledger: Ledger) -> None:
    ledger.meta.put("sender_look", '{"when": 5}')
    assert last_look(ledger, "harbor.org") is None
