"""Another role: what somebody may do changes, what they can open does not."""

from __future__ import annotations

from datetime import date

import pytest

from form_server.keys import (
    LastOwner,
    NotAllowed,
    change_role,
    remove_user,
    ungrant_inbox,
)
from form_server.ledger import Leave, NotFound, Role
from tests.form_server.keys.house import House

DAY = date(2026, 3, 9)


def test_a_role_changes_and_everything_still_opens(house: House) -> None:
    sam = house.join("sam")
    referral = house.receive(b"said")

    change_role(house.ledger, house.owner, sam.id, Role.OWNER)

    assert house.ledger.people.user(sam.id).role is Role.OWNER
    assert house.read(sam, referral) == b"said"
    assert house.actions()[-1] == "user.role_set"


def test_the_last_owner_stays_one_and_a_second_may_go(house: House) -> None:
    sam = house.join("sam")
    with pytest.raises(LastOwner):
        change_role(house.ledger, house.owner, house.owner.id, Role.CLINICIAN)

    change_role(house.ledger, house.owner, sam.id, Role.OWNER)
    change_role(house.ledger, house.owner, house.owner.id, Role.CLINICIAN)

    assert house.ledger.people.user(house.owner.id).role is Role.CLINICIAN


def test_the_same_role_again_is_no_change(house: House) -> None:
    before = house.actions()

    change_role(house.ledger, house.owner, house.owner.id, Role.OWNER)

    assert house.actions() == before


def test_nobody_but_an_owner_gives_roles_and_who_left_has_none(house: House) -> None:
    sam, kim = house.join("sam"), house.join("kim")
    with pytest.raises(NotAllowed):
        change_role(house.ledger, sam, sam.id, Role.OWNER)
    remove_user(house.ledger, house.owner, kim.id)
    with pytest.raises(NotFound):
        change_role(house.ledger, house.owner, kim.id, Role.OWNER)


@pytest.mark.parametrize("by_removal", [True, False])
def test_who_cannot_open_an_inbox_any_more_covers_for_nobody_there(
    house: House, *, by_removal: bool
) -> None:
    sam = house.join("sam")
    leave = Leave("leave-1", house.inbox_id, DAY, DAY, cover_user_id=sam.id)
    house.ledger.leaves.add(leave, actor="test")

    if by_removal:
        remove_user(house.ledger, house.owner, sam.id)
    else:
        ungrant_inbox(house.ledger, house.owner, house.inbox_id, sam.id)

    (kept,) = house.ledger.inboxes.leaves(house.inbox_id)
    assert (kept.id, kept.cover_user_id, kept.is_covered) == ("leave-1", None, False)
