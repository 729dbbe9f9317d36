from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.keys import (
    NotAllowed,
    accept,
    find_invitation,
    invite,
    open_user,
    rotate_inbox,
    take_back,
)
from form_server.keys.invitations import GOOD_FOR, Invited
from form_server.ledger import EmailTaken, HolderKind, Role
from form_server.vault import InvitationRefused
from tests.form_server.keys.house import NOW, OWNER, House

SAM = "sam@harborstreet.example"


def invite_sam(house: House, email: str = SAM) -> Invited:
    return invite(
        house.ledger,
        house.owner,
        name="Sam Rivera",
        email=email,
        role=Role.CLINICIAN,
        inbox_ids=[house.inbox_id],
        now=house.clock(),
    )


def test_the_link_makes_a_user_with_words_that_nobody_else_saw(house: House) -> None:
    first = house.receive(b"first")
    invited = invite_sam(house, " SAM@harborstreet.example ")
    assert len(house.ledger.people.users()) == 1

    accepted = accept(house.ledger, invited.secret.token)

    sam = open_user(house.ledger, SAM, accepted.passphrase)
    assert house.read(sam, first) == b"first"
    assert house.ledger.referrals.get(first.id) == first
    assert (sam.name, sam.role, sam.id) == ("Sam Rivera", Role.CLINICIAN, accepted.user_id)
    left = house.ledger.inboxes.grants_for(HolderKind.INVITATION, invited.invitation_id)
    assert left == []


def test_a_rotation_meanwhile_reaches_the_invited_too(house: House) -> None:
    invited = invite_sam(house)
    rotate_inbox(house.ledger, house.owner, house.inbox_id)
    second = house.receive(b"second")

    accepted = accept(house.ledger, invited.secret.token)

    assert house.read(open_user(house.ledger, SAM, accepted.passphrase), second) == b"second"


def test_the_link_is_good_once(house: House) -> None:
    invited = invite_sam(house)
    accept(house.ledger, invited.secret.token)

    with pytest.raises(InvitationRefused):
        accept(house.ledger, invited.secret.token)
    assert len(house.ledger.people.users()) == 2


def test_an_old_link_opens_nothing(house: House) -> None:
    invited = invite_sam(house)
    house.clock.now = NOW + GOOD_FOR - timedelta(seconds=1)
    assert find_invitation(house.ledger, invited.secret.token).email == SAM
    house.clock.now = NOW + GOOD_FOR

    with pytest.raises(InvitationRefused):
        accept(house.ledger, invited.secret.token)

    rotate_inbox(house.ledger, house.owner, house.inbox_id)
    left = house.ledger.inboxes.grants_for(HolderKind.INVITATION, invited.invitation_id)
    assert left == []


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é" * 43, "A" * 43, "../" * 14])
def test_a_made_up_link_opens_nothing(house: House, token: str) -> None:
    invite_sam(house)
    with pytest.raises(InvitationRefused):
        find_invitation(house.ledger, token)


def test_a_link_taken_back_opens_nothing(house: House) -> None:
    invited = invite_sam(house)
    take_back(house.ledger, house.owner, invited.invitation_id)

    with pytest.raises(InvitationRefused):
        accept(house.ledger, invited.secret.token)


def test_a_later_invitation_replaces_an_earlier_one(house: House) -> None:
    first, second = invite_sam(house), invite_sam(house)

    with pytest.raises(InvitationRefused):
        find_invitation(house.ledger, first.secret.token)
    assert find_invitation(house.ledger, second.secret.token).id == second.invitation_id


def test_who_is_a_user_already_is_not_invited(house: House) -> None:
    with pytest.raises(EmailTaken):
        invite_sam(house, OWNER)


def test_only_an_owner_invites(house: House) -> None:
    sam = house.join("sam")
    with pytest.raises(NotAllowed):
        invite(
            house.ledger, sam, name="K", email="kim@harborstreet.example", role=Role.OWNER,
            inbox_ids=[], now=NOW,
        )  # fmt: skip


def test_the_token_is_in_no_row_and_no_repr(house: House) -> None:
    invited = invite_sam(house)
    (row,) = house.ledger.invitations.pending()

    assert invited.secret.token not in repr(invited)
    assert invited.secret.to_bytes() not in (row.token_hash, row.public_key)
