from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Ledger
from tests.form_server.ledger.conftest import MovableClock


def test_instance_id_is_drawn_once(ledger: Ledger, url: str) -> None:
    drawn = ledger.meta.instance_id()
    assert len(drawn) == 32
    assert ledger.meta.instance_id() == drawn
    with Ledger.open(url) as again:
        assert again.meta.instance_id() == drawn


def test_value_is_kept_and_replaced(ledger: Ledger) -> None:
    assert ledger.meta.get("drill") is None
    ledger.meta.put("drill", "weekly")
    ledger.meta.put("drill", "off")
    assert ledger.meta.get("drill") == "off"


def test_check_writable_really_commits(ledger: Ledger, url: str, clock: MovableClock) -> None:
    clock.advance(timedelta(minutes=1))
    ledger.check_writable()
    with Ledger.open(url) as other:
        first = other.meta.get("last_commit_at")
        clock.advance(timedelta(minutes=1))
        ledger.check_writable()
        assert other.meta.get("last_commit_at") != first
