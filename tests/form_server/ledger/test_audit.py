from __future__ import annotations

import pytest
import sqlalchemy as sa

from form_server.ledger import Breach, ChainBroken, ChainHead, Ledger
from form_server.ledger.chain_proof import hash_entry
from form_server.ledger.tables import audit
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


def broken_by(ledger: Ledger, *tampering: str) -> ChainBroken:
    with ledger._store.write() as connection:
        for one in tampering:
            connection.execute(sa.text(one))
    with pytest.raises(ChainBroken) as broken:
        ledger.audit.verify()
    return broken.value


def test_an_altered_entry_is_named(ledger: Ledger) -> None:
    chained(ledger, 4)
    found = broken_by(ledger, "UPDATE audit SET detail = 'n=7' WHERE link = 3")
    assert (found.link, found.breach) == (3, Breach.CHANGED)
    assert found.before == found.after == NOON


def test_deleted_entries_are_counted_between_their_neighbours(ledger: Ledger) -> None:
    chained(ledger, 5)
    found = broken_by(ledger, "DELETE FROM audit WHERE link IN (3, 4)")
    assert (found.link, found.last_link, found.breach) == (3, 4, Breach.MISSING)
    assert "2 entries are missing there" in str(found)


def test_swapped_entries_are_found_at_the_first(ledger: Ledger) -> None:
    chained(ledger, 4)
    found = broken_by(
        ledger,
        "UPDATE audit SET link = 99 WHERE link = 2",
        "UPDATE audit SET link = 2 WHERE link = 4",
        "UPDATE audit SET link = 4 WHERE link = 99",
    )
    assert (found.link, found.breach) == (2, Breach.CHANGED)


def test_swapped_contents_are_found_at_the_first(ledger: Ledger) -> None:
    chained(ledger, 4)
    found = broken_by(
        ledger,
        "UPDATE audit SET detail = 'kept' WHERE link = 2",
        "UPDATE audit SET detail = 'n=0 é' WHERE link = 4",
    )
    assert (found.link, found.breach) == (2, Breach.CHANGED)


def test_a_chain_that_was_cut_off_says_how_much_is_gone(ledger: Ledger) -> None:
    chained(ledger, 4)
    found = broken_by(ledger, "DELETE FROM audit WHERE link > 3")
    assert (found.link, found.last_link, found.breach) == (4, 5, Breach.CUT_OFF)
    assert found.after is None
    assert "2 entries are missing at the end" in str(found)


def test_a_chain_that_was_written_anew_fails_against_a_kept_head(ledger: Ledger) -> None:
    """Whoever forges the whole chain, and the head beside it, does not reach the digest's mails."""
    kept = chained(ledger, 4)
    with ledger._store.write() as connection:
        connection.execute(sa.text("UPDATE audit SET detail = 'forged' WHERE link = 2"))
        connection.execute(
            sa.text("UPDATE audit SET link = NULL, previous_hash = NULL, entry_hash = NULL")
        )
        connection.execute(sa.text("DELETE FROM meta WHERE key = 'audit_head'"))
    ledger.audit.chain()
    assert ledger.audit.verify() is not None
    with pytest.raises(ChainBroken) as broken:
        ledger.audit.verify(kept)
    assert (broken.value.link, broken.value.breach) == (5, Breach.REWRITTEN)
    assert ledger.audit.verify(ChainHead.parse(str(ledger.audit.head()))) == ledger.audit.head()


def test_an_entry_that_follows_upon_another_past_is_named(ledger: Ledger) -> None:
    chained(ledger, 2)
    with ledger._store.write() as connection:
        row = connection.execute(sa.select(audit).where(audit.c.link == 2)).one()
        other = bytes(31) + b"x"
        values = {"previous_hash": other, "entry_hash": hash_entry(other, 2, row)}
        connection.execute(audit.update().where(audit.c.link == 2).values(**values))
    with pytest.raises(ChainBroken) as broken:
        ledger.audit.verify()
    assert (broken.value.link, broken.value.breach) == (2, Breach.REWRITTEN)
