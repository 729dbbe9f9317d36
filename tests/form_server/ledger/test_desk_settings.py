from __future__ import annotations

import pytest

from form_server.ledger import Ledger, NotFound


def test_a_setting_is_kept_and_the_record_names_it_without_its_value(ledger: Ledger) -> None:
    ledger.desk_settings.put("hours", "secret words", actor="user:u1")

    found = ledger.desk_settings.all()["hours"]
    assert (found.value, found.previous) == ("secret words", None)
    entry = ledger.audit.recent(1)[0]
    assert (entry.action, entry.actor, entry.detail) == ("setting.changed", "user:u1", "hours")


def test_an_undo_brings_back_the_one_before_and_can_be_undone(ledger: Ledger) -> None:
    ledger.desk_settings.put("hours", "first", actor="user:u1")
    ledger.desk_settings.put("hours", "second", actor="user:u1")

    ledger.desk_settings.undo("hours", actor="user:u1")
    assert ledger.desk_settings.all()["hours"].value == "first"

    ledger.desk_settings.undo("hours", actor="user:u1")
    assert ledger.desk_settings.all()["hours"].value == "second"


def test_what_was_never_set_has_no_undo(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.desk_settings.undo("hours", actor="user:u1")
