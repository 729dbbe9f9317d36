"""Who takes what comes in while somebody is away, and while their cover is away as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from form_server.absences import add_absence
from form_server.clockwork import Roster
from form_server.ledger import InboxKey, Leave, Ledger, NewInbox
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.form_server.ledger.things import establish
from tests.tables import lay_tables

MONDAY = datetime(2030, 3, 4, 18, 0, tzinfo=UTC)
NORA, SAM, ANA = "inbox-1", "inbox-2", "inbox-3"


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    lay_tables(tmp_path / "ledger.db")
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        establish(opened)
        for name in (SAM, ANA):
            key = InboxKey(name, 1, b"public")
            opened.inboxes.add(NewInbox(name, name, name), key, [], actor="test")
        yield opened


def is_away(ledger: Ledger, who: str, cover: str | None, days: tuple[int, int] = (4, 8)) -> None:
    first, last = (date(2030, 3, day) for day in days)
    ledger.leaves.add(Leave(ledger.new_id(), who, first, last, cover_inbox_id=cover), actor="test")


def taken_by(ledger: Ledger, practice: Practice) -> str:
    return Roster(practice, ledger).for_new("nora-ellison", MONDAY).inbox.id


def test_what_comes_in_goes_to_whoever_covers_for_the_cover(
    ledger: Ledger, practice: Practice
) -> None:
    is_away(ledger, NORA, SAM)
    assert taken_by(ledger, practice) == SAM

    is_away(ledger, SAM, ANA)
    assert taken_by(ledger, practice) == ANA


def test_a_cover_whose_own_absence_is_over_takes_it(ledger: Ledger, practice: Practice) -> None:
    is_away(ledger, NORA, SAM)
    is_away(ledger, SAM, ANA, days=(1, 3))
    assert taken_by(ledger, practice) == SAM


def test_covers_that_hand_on_in_a_circle_hold_nobody_up(ledger: Ledger, practice: Practice) -> None:
    is_away(ledger, NORA, SAM)
    is_away(ledger, SAM, ANA)
    is_away(ledger, ANA, NORA)
    assert taken_by(ledger, practice) in {NORA, SAM, ANA}


def test_a_cover_who_hands_on_to_whoever_is_away_is_refused(
    ledger: Ledger, practice: Practice
) -> None:
    is_away(ledger, SAM, ANA)
    is_away(ledger, ANA, NORA, days=(8, 12))
    nora, sam = ledger.inboxes.get(NORA), ledger.inboxes.get(SAM)

    with pytest.raises(UsageError, match="would be handed back to Nora Ellison"):
        add_absence(
            ledger,
            practice,
            nora,
            date(2030, 3, 8),
            date(2030, 3, 9),
            cover_inbox=sam,
            actor="test",
        )

    assert ledger.inboxes.leaves(NORA) == ()
    add_absence(
        ledger, practice, nora, date(2030, 3, 4), date(2030, 3, 7), cover_inbox=sam, actor="test"
    )
    assert taken_by(ledger, practice) == ANA
