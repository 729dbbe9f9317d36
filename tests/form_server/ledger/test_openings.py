"""The board of openings: one row for each clinician, site, plan and language, counted anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from form_server.ledger import Ledger, NewOpening, NotFound

MONDAY = date(2026, 3, 2)
ROW = NewOpening("ana-ruiz", "Alder Falls", "", "es", 2, date(2026, 3, 9), MONDAY)


def counts(ledger: Ledger) -> list[tuple[str, str, int]]:
    return [(one.clinician, one.site, one.count) for one in ledger.openings.all()]


def test_counted_anew_the_same_row_is_replaced(ledger: Ledger) -> None:
    ledger.openings.put(ROW, user_id="user-1")
    ledger.openings.put(replace(ROW, count=1, first_available_on=None), user_id="user-1")
    (found,) = ledger.openings.all()
    assert (found.count, found.first_available_on, found.as_of_on) == (1, None, MONDAY)
    assert found.language == "es"


def test_another_site_plan_or_language_is_another_row(ledger: Ledger) -> None:
    others = (replace(ROW, site="Online"), replace(ROW, plan="Regence"), replace(ROW, language=""))
    for one in (ROW, *others):
        ledger.openings.put(one, user_id="user-1")
    assert len(ledger.openings.all()) == 4


def test_a_board_is_counted_anew_in_one_go(ledger: Ledger) -> None:
    for one in (ROW, replace(ROW, site="Online", count=0)):
        ledger.openings.put(one, user_id="user-1")
    tuesday = date(2026, 3, 3)
    changed = [replace(one, count=one.count + 1, as_of_on=tuesday) for one in ledger.openings.all()]
    gone = replace(changed[0], id="gone")
    ledger.openings.recount([*changed, gone], user_id="user-1")
    assert counts(ledger) == [("ana-ruiz", "Alder Falls", 3), ("ana-ruiz", "Online", 1)]
    assert {one.as_of_on for one in ledger.openings.all()} == {tuesday}


def test_a_row_is_removed_once_and_each_change_is_on_record(ledger: Ledger) -> None:
    ledger.openings.put(ROW, user_id="user-1")
    (found,) = ledger.openings.all()
    assert ledger.openings.get(found.id) == found
    ledger.openings.remove(found.id, user_id="user-1")
    assert ledger.openings.all() == []
    with pytest.raises(NotFound):
        ledger.openings.get(found.id)
    with pytest.raises(NotFound):
        ledger.openings.remove(found.id, user_id="user-1")
    noted = [(entry.action, entry.actor) for entry in ledger.audit.recent(2)]
    assert noted == [("openings.removed", "user:user-1"), ("openings.counted", "user:user-1")]
