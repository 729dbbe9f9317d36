from __future__ import annotations

import pytest

from form_server.keys import Keyholder, NotHeld, add_inbox, move_referral, rotate_inbox
from form_server.ledger import NotNow
from form_server.ledger.amendments import NewAmendment
from form_server.vault import Binding, PublicKey, open_sealed, seal
from tests.form_server.keys.house import House


def sams_inbox(house: House) -> tuple[Keyholder, str]:
    sam = house.join("sam", inbox_ids=[])
    return sam, add_inbox(
        house.ledger, house.owner, name="Sam Rivera", clinician="sam-rivera", user_ids=[sam.id]
    )


def test_a_moved_referral_and_its_notes_open_there_and_no_longer_here(house: House) -> None:
    sam, sams = sams_inbox(house)
    rotate_inbox(house.ledger, house.owner, sams)
    referral = house.receive(b"what was said")
    house.add_note(referral, b"rang, no answer")

    moved = move_referral(house.ledger, house.owner, referral.id, sams)

    assert (moved.inbox_id, moved.key_version) == (sams, 2)
    assert house.read(sam, referral) == b"what was said"
    assert house.notes(sam, referral) == [b"rang, no answer"]
    with pytest.raises(KeyError):
        house.read(house.owner, referral)
    (entry,) = [e for e in house.ledger.audit.of_referral(referral.id) if "moved" in e.action]
    assert entry.actor == house.owner.actor
    assert entry.detail == f"from={house.inbox_id} to={sams}"


def test_whatever_else_is_sealed_for_it_goes_along(house: House) -> None:
    """No table is named where a referral moves: what a room adds later goes along as well."""
    sam, sams = sams_inbox(house)
    referral = house.receive()
    key = PublicKey.from_bytes(house.ledger.inboxes.active_key(house.inbox_id).public_key)
    here = Binding(house.instance, referral.id, house.inbox_id, 1, "amendment:a1")
    words = seal(b"she spells it with a y", key, here)
    house.ledger.amendments.add(
        NewAmendment("a1", referral.id, house.owner.id, words), sealed_for=referral
    )

    move_referral(house.ledger, house.owner, referral.id, sams)

    (moved,) = house.ledger.amendments.of([referral.id])
    there = Binding(house.instance, referral.id, sams, 1, "amendment:a1")
    assert moved.words is not None
    opened = open_sealed(moved.words, house.keys_of(sam)[sams, 1], there)
    assert opened == b"she spells it with a y"


def test_moving_to_where_it_lies_changes_nothing(house: House) -> None:
    referral = house.receive()
    assert move_referral(house.ledger, house.owner, referral.id, house.inbox_id) == referral


def test_nobody_moves_what_they_cannot_open(house: House) -> None:
    sam, sams = sams_inbox(house)
    referral = house.receive()

    with pytest.raises(NotHeld):
        move_referral(house.ledger, sam, referral.id, sams)

    assert house.ledger.referrals.get(referral.id) == referral


def test_of_two_moves_at_once_one_is_told(house: House) -> None:
    _, sams = sams_inbox(house)
    referral = house.receive()
    move_referral(house.ledger, house.owner, referral.id, sams)

    with pytest.raises(NotNow):
        house.ledger.moves.move(referral, sams, 1, b"late", {}, actor="user:x")

    assert house.ledger.referrals.get(referral.id).envelope != b"late"


def test_a_note_added_meanwhile_is_not_left_behind(house: House) -> None:
    _, sams = sams_inbox(house)
    referral = house.receive()
    house.add_note(referral, b"rang")
    now = house.ledger.referrals.get(referral.id)

    with pytest.raises(NotNow):
        house.ledger.moves.move(now, sams, 1, b"anew", {}, actor="user:x")
