from __future__ import annotations

import pytest
import sqlalchemy as sa

from form_server.ledger import ChainBroken, ChainHead, Ledger
from tests.form_server.ledger.things import NOON


def chained(ledger: Ledger, entries: int) -> ChainHead:
    """The head over `entries` further ones and the one that the fixture left."""
    for number in range(entries):
        ledger.audit.note("test.noted", actor="command", detail=f"n={number} é")
    ledger.audit.chain()
    head = ledger.audit.verify()
    assert head is not None
    assert head.link == entries + 1
    return head


def test_chain_links_all_entries_and_holds(ledger: Ledger) -> None:
    assert ledger.audit.verify() is None
    head = chained(ledger, 4)
    assert ledger.audit.head() == head
    assert ledger.audit.chain() == 0
    ledger.audit.note("test.noted", actor="command")
    assert ledger.audit.verify() == head
    assert ledger.audit.chain() == 1
    assert ledger.audit.head() != head


def test_long_backlog_is_chained_in_parts(ledger: Ledger) -> None:
    for _ in range(4):
        ledger.audit.note("test.noted", actor="command")
    assert [ledger.audit.chain(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    head = ledger.audit.verify()
    assert head is not None
    assert head.link == 5


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET actor = 'user:other' WHERE link = 3",
        "UPDATE audit SET detail = 'n=7' WHERE link = 3",
        "UPDATE audit SET at = at + 1 WHERE link = 3",
        "DELETE FROM audit WHERE link = 3",
        "UPDATE audit SET entry_hash = previous_hash WHERE link = 3",
    ],
)
def test_tampering_is_found_where_it_was_done(ledger: Ledger, tampering: str) -> None:
    chained(ledger, 4)
    with ledger._store.write() as connection:
        connection.execute(sa.text(tampering))
    with pytest.raises(ChainBroken) as broken:
        ledger.audit.verify()
    assert broken.value.link == 3


def test_entry_slipped_in_is_found(ledger: Ledger) -> None:
    head = chained(ledger, 2)
    forged = "INSERT INTO audit (at, actor, action, detail, link, previous_hash, entry_hash)"
    with ledger._store.write() as connection:
        connection.execute(
            sa.text(f"{forged} VALUES (1, 'a', 'b', '', 4, :previous, :previous)"),
            {"previous": head.entry_hash},
        )
    with pytest.raises(ChainBroken):
        ledger.audit.verify()


def test_entries_read_back_newest_first(ledger: Ledger) -> None:
    ledger.audit.note("test.noted", actor="worker", referral_id="r1", detail="code")
    newest, established = ledger.audit.recent()
    assert (newest.at, newest.actor, newest.referral_id, newest.detail) == (
        NOON,
        "worker",
        "r1",
        "code",
    )
    assert established.action == "practice.established"
    assert ledger.audit.recent(1) == [newest]
