"""The directory of colleagues, and the ledger of what went to and fro."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from form_server.ledger import (
    ColleagueFacts,
    Dealings,
    Ledger,
    NotFound,
    Outcome,
    PlacementState,
)
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, accept_one

EVERYTHING = ColleagueFacts(
    name="Iris Okafor-Lindqvist",
    credentials="PhD, LMHC",
    practice="North Fork Recovery",
    phone="(360) 555-0161",
    email="iris@northfork.example",
    fax="(360) 555-0162",
    website="https://northfork.example",
    booking_url="https://northfork.example/book?who=iris",
    needs=("panic", "substance-dependence-as-the-main-concern"),
    need_words=("alcohol, and other drugs", "grief"),
    youngest=16,
    oldest=80,
    languages=("English", "Spanish"),
    plans=("Premera", "Apple Health"),
    self_pay=True,
    sliding_scale=True,
    telehealth=("WA", "OR"),
    town="Alder Falls",
    miles=6,
    openings=2,
    openings_on=date(2026, 3, 1),
    public_on=date(2026, 2, 1),
    notes="Likes a call before noon.",
    source_code="K7Q2",
)


def a_colleague(ledger: Ledger, name: str = "Iris Okafor", **facts: Any) -> str:
    return ledger.colleagues.add(ColleagueFacts(name=name, **facts), actor="user:user-1").id


def placed(ledger: Ledger, referral_id: str, colleague_id: str) -> None:
    ledger.placements.ask(referral_id, [colleague_id], "user-1")
    one = next(
        p for p in ledger.placements.of_referral(referral_id) if p.colleague_id == colleague_id
    )
    ledger.placements.step(referral_id, one.id, PlacementState.PLACED, "user-1")


def test_all_that_was_typed_comes_back(ledger: Ledger) -> None:
    added = ledger.colleagues.add(EVERYTHING, actor="user:user-1")
    assert added.facts == EVERYTHING
    assert ledger.colleagues.get(added.id) == added
    changed = ledger.colleagues.change(added.id, ColleagueFacts(name="Iris"), actor="user:user-1")
    assert changed.facts == ColleagueFacts(name="Iris")


def test_directory_is_in_order_of_names_whatever_their_case(ledger: Ledger) -> None:
    for name in ("beth", "Carl", "Anna"):
        a_colleague(ledger, name)
    assert [one.name for one in ledger.colleagues.all()] == ["Anna", "beth", "Carl"]


def test_who_was_removed_is_out_of_the_directory_and_can_come_back(ledger: Ledger) -> None:
    one = a_colleague(ledger)
    ledger.colleagues.remove(one, actor="user:user-1")
    assert ledger.colleagues.all() == []
    assert ledger.colleagues.named([one, "none"])[one].removed_at is not None
    ledger.colleagues.restore(one, actor="user:user-1")
    assert [each.id for each in ledger.colleagues.all()] == [one]


def test_a_table_is_taken_in_as_a_whole_or_not_at_all(ledger: Ledger) -> None:
    here = a_colleague(ledger, "Anna")
    new, better = ColleagueFacts(name="Beth"), ColleagueFacts(name="Anna", town="Mill Creek")
    with pytest.raises(NotFound):
        ledger.colleagues.take_in([new], {here: better, "none": better}, actor="user:user-1")
    assert [one.facts.town for one in ledger.colleagues.all()] == [""]

    ledger.colleagues.take_in([new], {here: better}, actor="user:user-1")

    found = [(one.name, one.facts.town) for one in ledger.colleagues.all()]
    assert found == [("Anna", "Mill Creek"), ("Beth", "")]


def test_every_change_is_in_the_audit_and_names_nobody(ledger: Ledger) -> None:
    one, other = a_colleague(ledger, "Anna"), a_colleague(ledger, "Anna B")
    ledger.colleagues.change(one, ColleagueFacts(name="Anna"), actor="user:user-1")
    ledger.colleagues.thank(one, actor="user:user-1")
    ledger.colleagues.remove(one, actor="user:user-1")
    ledger.colleagues.restore(one, actor="user:user-1")
    ledger.colleagues.merge(one, other, ColleagueFacts(name="Anna"), actor="user:user-1")
    ledger.colleagues.take_in([ColleagueFacts(name="Beth")], {}, actor="user:user-1")

    entries = ledger.audit.recent(9)[::-1]

    assert [entry.action for entry in entries] == [
        "colleague.added", "colleague.added", "colleague.changed", "colleague.thanked",
        "colleague.removed", "colleague.restored", "colleague.merged", "colleague.added",
        "colleagues.imported",
    ]  # fmt: skip
    assert not any("Anna" in entry.detail or "Beth" in entry.detail for entry in entries)
    assert {entry.actor for entry in entries} == {"user:user-1"}


def test_what_does_not_exist_cannot_be_changed(ledger: Ledger) -> None:
    for change in (ledger.colleagues.remove, ledger.colleagues.restore, ledger.colleagues.thank):
        with pytest.raises(NotFound):
            change("none", actor="user:user-1")
    with pytest.raises(NotFound):
        ledger.colleagues.change("none", ColleagueFacts(name="x"), actor="user:user-1")
    with pytest.raises(NotFound):
        ledger.colleagues.get("none")


def test_dealings_count_what_was_placed_and_what_came_under_their_code(
    ledger: Ledger, clock: MovableClock
) -> None:
    iris, carl = a_colleague(ledger, "Iris", source_code="k7q2"), a_colleague(ledger, "Carl")
    first, second = accept_one(ledger), accept_one(ledger)
    clock.advance(timedelta(days=1))
    placed(ledger, first.id, iris)
    ledger.placements.ask(second.id, [iris], "user-1")
    later = NOON + timedelta(days=3)
    accept_one(ledger, source="K7Q2")
    accept_one(ledger, source="K7Q2", received_at=later)

    found = ledger.colleagues.dealings()

    assert found == {
        iris: Dealings(given=1, asked=2, received=2, last_given_at=clock(), last_received_at=later)
    }
    assert carl not in found


def test_nobody_is_thanked_for_what_was_no_referral(ledger: Ledger) -> None:
    iris = a_colleague(ledger, source_code="K7Q2")
    accept_one(ledger, source="K7Q2", flags="drill")
    accept_one(ledger, source="K7Q2", flags="quarantine links")
    for outcome in (Outcome.SPAM, Outcome.DUPLICATE):
        one = accept_one(ledger, source="K7Q2")
        ledger.steps.close(one.id, outcome, "user-1")
    assert iris not in ledger.colleagues.dealings()


def test_two_entries_for_one_person_become_one_with_all_that_was_placed(ledger: Ledger) -> None:
    kept, gone = a_colleague(ledger, "Iris"), a_colleague(ledger, "Iris O.")
    both, only = accept_one(ledger), accept_one(ledger)
    ledger.placements.ask(both.id, [kept], "user-1")
    placed(ledger, both.id, gone)
    placed(ledger, only.id, gone)

    ledger.colleagues.merge(kept, gone, ColleagueFacts(name="Iris Okafor"), actor="user:user-1")

    assert [one.name for one in ledger.colleagues.all()] == ["Iris Okafor"]
    assert ledger.colleagues.dealings()[kept].given == 2
    states = [one.state for one in ledger.placements.of_referral(both.id)]
    assert states == [PlacementState.PLACED]
