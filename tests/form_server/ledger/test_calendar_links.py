from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import Ledger, NotFound
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON

ACTOR = "user:user-1"
OLD, NEW = b"o" * 32, b"n" * 32


def test_a_newer_address_takes_the_place_of_the_older(ledger: Ledger, clock: MovableClock) -> None:
    links = ledger.calendar_links
    assert links.made_at("user-1") is None
    links.put("user-1", OLD, actor=ACTOR)
    assert (links.user_of(OLD), links.made_at("user-1")) == ("user-1", NOON)

    clock.advance(timedelta(hours=1))
    links.put("user-1", NEW, actor=ACTOR)
    assert links.user_of(OLD) is None
    assert (links.user_of(NEW), links.made_at("user-1")) == ("user-1", NOON + timedelta(hours=1))


def test_an_address_taken_back_leads_nowhere_and_goes_once(ledger: Ledger) -> None:
    ledger.calendar_links.put("user-1", OLD, actor=ACTOR)
    ledger.calendar_links.remove("user-1", actor=ACTOR)
    assert ledger.calendar_links.user_of(OLD) is None
    with pytest.raises(NotFound):
        ledger.calendar_links.remove("user-1", actor=ACTOR)
    made = [entry.action for entry in ledger.audit.recent(2)]
    assert made == ["calendar.revoked", "calendar.made"]


def test_whoever_leaves_the_practice_takes_no_calendar_along(ledger: Ledger) -> None:
    ledger.calendar_links.put("user-1", OLD, actor=ACTOR)
    with ledger.keys.change(actor="command") as change:
        change.take_out_user("user-1")
    assert ledger.calendar_links.user_of(OLD) is None
    assert ledger.calendar_links.made_at("user-1") is None
