"""What each role may do, tried at every address that takes a right."""

from __future__ import annotations

import pytest

from form_server.desk.blueprint import WAYS
from form_server.desk.entry.roles import Right
from form_server.desk.ways import Way
from form_server.ledger import Role
from tests.form_server.desk.guarding.ways import addresses, counted
from tests.form_server.desk.stage import Stage

# Rooms in which everything is an owner's, and the pages in them that hold nothing of the practice.
OWNERS = ("/settings", "/users", "/keys", "/record", "/copies", "/privacy")
LEAFLETS = {"/privacy/kept", "/privacy/breach", "/privacy/downtime"}


def with_rights() -> list[Way]:
    found = [way for way in WAYS if way.right is not None]
    assert {way.right for way in found} >= {Right.PEOPLE, Right.RECORD, Right.PRIVACY}
    return found


def become(stage: Stage, role: Role) -> str:
    """The token of somebody with that role."""
    with stage.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE desk_user SET role = ?", (role.value,))
    return stage.csrf_token


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_what_is_an_owners_is_closed_to_every_other_role(desk: Stage, role: Role) -> None:
    token = become(desk, role)
    before = counted(desk)
    views = {f"desk.{way.view.__name__}" for way in with_rights()}
    tried = [one for one in addresses(desk) if one.endpoint in views]
    assert len(tried) >= len(views)
    for one in tried:
        path = one.path(user_id=desk.founding.user_id)
        answer = desk.get(path) if one.method == "GET" else desk.post(path, {"csrf_token": token})
        assert answer.status_code == 403, str(one)
        assert "Only an owner" in answer.text, str(one)
        newest = desk.ledger.audit.recent(1)[0]
        assert (newest.action, newest.actor) == (
            "access.refused",
            f"user:{desk.founding.user_id}",
        )
    assert counted(desk) == before


def test_an_owner_is_let_through(desk: Stage) -> None:
    token = desk.csrf_token
    views = {f"desk.{way.view.__name__}" for way in with_rights()}
    for one in addresses(desk):
        if one.endpoint in views:
            path = one.path()
            answer = (
                desk.get(path) if one.method == "GET" else desk.post(path, {"csrf_token": token})
            )
            assert "Only an owner" not in answer.text, str(one)


def test_every_address_of_an_owners_room_takes_a_right() -> None:
    """A page that is added there and forgets to say so fails here."""
    theirs = [way for way in WAYS if way.rule.startswith(OWNERS) and way.rule not in LEAFLETS]
    assert len(theirs) > 8
    assert [way.rule for way in theirs if way.right is None] == []


@pytest.mark.parametrize("role", list(Role))
def test_referrals_open_by_keys_and_never_by_role(
    desk: Stage, role: Role, other_inbox: str
) -> None:
    own, others = desk.receive(), desk.receive(inbox_id=other_inbox)
    become(desk, role)
    assert "Maria Delgado" in desk.get(f"/desk/referrals/{own.id}").text
    assert desk.get(f"/desk/referrals/{others.id}").status_code == 404
