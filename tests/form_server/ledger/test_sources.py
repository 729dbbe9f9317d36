from __future__ import annotations

import pytest

from form_server.ledger import CodeTaken, Ledger, SourceKind


def test_a_code_leads_to_whom_it_was_given(ledger: Ledger) -> None:
    added = ledger.sources.add("K7Q2", "Mill Road Family Medicine", actor="command")
    assert ledger.sources.get("K7Q2") == added
    assert not added.public_poster
    assert ledger.sources.get("K7Q3") is None


def test_a_code_is_known_however_it_is_typed(ledger: Ledger) -> None:
    ledger.sources.add("k7Q2", "Mill Road Family Medicine", actor="command")
    found = ledger.sources.get("K7q2")
    assert found is not None
    assert found.code == "k7Q2"


def test_a_code_on_paper_keeps_its_meaning(ledger: Ledger) -> None:
    ledger.sources.add("K7Q2", "Mill Road Family Medicine", actor="command")
    with pytest.raises(CodeTaken):
        ledger.sources.add("k7q2", "Another", actor="command")
    assert [one.name for one in ledger.sources.all()] == ["Mill Road Family Medicine"]


def test_a_poster_is_told_from_a_card_that_was_handed_over(ledger: Ledger) -> None:
    ledger.sources.add("WALL", "Library", SourceKind.DIRECTORY, public_poster=True, actor="command")
    found = ledger.sources.get("wall")
    assert found is not None
    assert found.public_poster


def test_only_those_who_treat_learn_by_the_patients_tick_alone() -> None:
    assert {kind for kind in SourceKind if kind.treats} == {
        SourceKind.OFFICE,
        SourceKind.AGENCY,
        SourceKind.COLLEAGUE,
    }


def test_a_new_code_is_in_the_audit(ledger: Ledger) -> None:
    ledger.sources.add("K7Q2", "Mill Road Family Medicine", actor="command")
    entry = ledger.audit.recent(1)[0]
    assert (entry.action, entry.detail) == ("source.added", "K7Q2")
