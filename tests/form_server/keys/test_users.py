from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from form_server.keys import (
    KeyReplaced,
    LastOwner,
    NotAllowed,
    NotHeld,
    add_inbox,
    add_user,
    grant_inbox,
    open_user,
    remove_user,
    rotate_inbox,
    ungrant_inbox,
)
from form_server.keys.errors import NobodyLeft
from form_server.ledger import EmailTaken, HolderKind, NewSession, NotFound, Role
from form_server.ledger.tables import desk_user, inbox_key
from form_server.vault import EnvelopeRefused, KeyPair, PassphraseRefused
from tests.form_server.keys.house import NOW, OWNER, House


def test_a_user_added_later_opens_what_came_before_and_no_envelope_is_touched(house: House) -> None:
    before = [house.receive(b"first"), house.receive(b"second")]

    sam = house.join("sam")

    assert [house.read(sam, one) for one in before] == [b"first", b"second"]
    after = [house.ledger.referrals.get(one.id) for one in before]
    assert after == before
    assert house.actions()[-1] == "user.added"


def test_every_version_is_handed_on_after_a_rotation(house: House) -> None:
    first = house.receive(b"first")
    assert rotate_inbox(house.ledger, house.owner, house.inbox_id) == 2
    second = house.receive(b"second")

    sam = house.join("sam")

    assert (first.key_version, second.key_version) == (1, 2)
    for who in (house.owner, sam, house.sheet):
        assert [house.read(who, one) for one in (first, second)] == [b"first", b"second"]
    assert house.ledger.referrals.get(first.id).envelope == first.envelope


def test_a_removed_user_opens_nothing_that_comes_after(house: House) -> None:
    sam = house.join("sam")
    earlier = house.receive(b"earlier")
    kept = house.keys_of(sam)
    house.ledger.sessions.start(
        NewSession(b"t" * 32, sam.id, b"key", NOW, NOW + timedelta(hours=1), "")
    )

    done = remove_user(house.ledger, house.owner, sam.id)
    later = house.receive(b"later")

    assert (done.rotated, done.taken_over) == ((house.inbox_id,), ())
    assert house.ledger.sessions.get(b"t" * 32, NOW) is None
    assert house.ledger.inboxes.grants_for(HolderKind.USER, sam.id) == []
    assert later.key_version == 2
    with pytest.raises(KeyError):
        house.open_with(kept, later)
    stolen = {(house.inbox_id, 2): kept[house.inbox_id, 1]}
    with pytest.raises(EnvelopeRefused):
        house.open_with(stolen, later)
    assert house.open_with(kept, earlier) == b"earlier"
    for who in (house.owner, house.sheet):
        assert [house.read(who, one) for one in (earlier, later)] == [b"earlier", b"later"]
    with pytest.raises(PassphraseRefused):
        open_user(house.ledger, "sam@harborstreet.example", "any six words that were there")


def test_an_inbox_that_loses_its_only_user_goes_to_who_removed_them(house: House) -> None:
    sam = house.join("sam", inbox_ids=[])
    sams = add_inbox(
        house.ledger, house.owner, name="Sam Rivera", clinician="sam-rivera", user_ids=[sam.id]
    )
    earlier = house.receive(b"earlier", sams)
    with pytest.raises(KeyError):
        house.read(house.owner, earlier)

    done = remove_user(house.ledger, house.owner, sam.id)
    later = house.receive(b"later", sams)

    assert done.taken_over == (sams,)
    assert house.read(house.owner, later) == b"later"
    with pytest.raises(KeyError):
        house.read(house.owner, earlier)
    assert house.read(house.sheet, earlier) == b"earlier"
    (told,) = house.ledger.inboxes.recipients(sams)
    assert told.address == OWNER

    grant_inbox(house.ledger, house.sheet, sams, house.owner.id)
    assert house.read(house.owner, earlier) == b"earlier"


def test_the_only_owner_stays(house: House) -> None:
    with pytest.raises(LastOwner):
        remove_user(house.ledger, house.owner, house.owner.id)
    assert len(house.ledger.people.users()) == 1

    second = house.join("sam", Role.OWNER)
    remove_user(house.ledger, house.owner, house.owner.id)
    assert house.read(second, house.receive(b"later")) == b"later"
    (told,) = house.ledger.inboxes.recipients(house.inbox_id)
    assert told.address == "sam@harborstreet.example"


def test_only_an_owner_changes_who_can_open_what(house: House) -> None:
    sam = house.join("sam")
    for change in (
        lambda: remove_user(house.ledger, sam, house.owner.id),
        lambda: rotate_inbox(house.ledger, sam, house.inbox_id),
        lambda: ungrant_inbox(house.ledger, sam, house.inbox_id, house.owner.id),
        lambda: grant_inbox(house.ledger, sam, house.inbox_id, sam.id),
        lambda: add_inbox(house.ledger, sam, name="X", clinician=None, user_ids=[sam.id]),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert [key.version for key in house.ledger.inboxes.keys(house.inbox_id)] == [1]


def test_nobody_hands_on_what_they_cannot_open(house: House) -> None:
    sam = house.join("sam", inbox_ids=[])
    sams = add_inbox(
        house.ledger, house.owner, name="Sam Rivera", clinician="sam-rivera", user_ids=[sam.id]
    )

    with pytest.raises(NotHeld, match="Sam Rivera"):
        house.join("kim", inbox_ids=[house.inbox_id, sams])

    assert {user.name for user in house.ledger.people.users()} == {"Nora Ellison", "sam"}


def test_two_users_cannot_share_an_address(house: House) -> None:
    with pytest.raises(EmailTaken):
        add_user(
            house.ledger, house.owner, name="N", email=OWNER.upper(), role=Role.OWNER, inbox_ids=[]
        )


def test_a_grant_taken_back_rotates_and_ends_the_notices(house: House) -> None:
    sam = house.join("sam")
    earlier = house.receive(b"earlier")
    kept = house.keys_of(sam)

    assert ungrant_inbox(house.ledger, house.owner, house.inbox_id, sam.id) == 2

    assert house.keys_of(sam) == {}
    later = house.receive(b"later")
    with pytest.raises(EnvelopeRefused):
        house.open_with({(house.inbox_id, 2): kept[house.inbox_id, 1]}, later)
    assert house.read(house.owner, earlier) == b"earlier"
    with pytest.raises(NobodyLeft):
        ungrant_inbox(house.ledger, house.owner, house.inbox_id, house.owner.id)
    assert house.read(house.owner, later) == b"later"


def test_a_user_who_is_gone_is_granted_nothing(house: House) -> None:
    sam = house.join("sam")
    remove_user(house.ledger, house.owner, sam.id)

    with pytest.raises(NotFound):
        grant_inbox(house.ledger, house.owner, house.inbox_id, sam.id)


def test_a_replaced_inbox_key_is_noticed_before_anything_is_shared(house: House) -> None:
    strangers = KeyPair.generate().public.to_bytes()
    with house.ledger._store.write() as connection:
        connection.execute(inbox_key.update().values(public_key=strangers))

    with pytest.raises(KeyReplaced, match=r"Nora Ellison.*version 1"):
        house.join("sam")

    assert len(house.ledger.people.users()) == 1


def test_a_replaced_user_key_is_noticed_at_the_next_sign_in(house: House) -> None:
    strangers = KeyPair.generate().public.to_bytes()
    with house.ledger._store.write() as connection:
        mine = desk_user.c.id == house.owner.id
        connection.execute(sa.update(desk_user).where(mine).values(public_key=strangers))

    with pytest.raises(KeyReplaced, match="Nora Ellison"):
        open_user(house.ledger, OWNER, house.founding.passphrase)


def test_who_joins_while_a_key_is_rotated_holds_every_version(house: House) -> None:
    def rotate(_: int) -> None:
        rotate_inbox(house.ledger, house.owner, house.inbox_id)

    with ThreadPoolExecutor(3) as pool:
        rotations = pool.map(rotate, range(4))
        sam = house.join("sam")
        list(rotations)

    versions = [key.version for key in house.ledger.inboxes.keys(house.inbox_id)]
    assert versions == [1, 2, 3, 4, 5]
    assert [version for _, version in sorted(house.keys_of(sam))] == versions
    assert house.read(sam, house.receive(b"later")) == b"later"
