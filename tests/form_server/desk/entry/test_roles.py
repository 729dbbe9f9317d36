from __future__ import annotations

from dataclasses import replace

import pytest
from flask import g

from form_server.desk.entry.roles import RIGHTS, ROLE_NAMES, ROLE_SAYS, Forbidden, Right, require
from form_server.desk.entry.sessions import SignedIn
from form_server.ledger import Role
from form_server.vault import SessionSecret
from tests.form_server.desk.stage import NOW, Stage


def somebody(stage: Stage, role: Role) -> SignedIn:
    user = replace(stage.ledger.people.user(stage.founding.user_id), role=role)
    return SignedIn(user, stage.user_key, SessionSecret.generate(), NOW, NOW)


def test_every_role_has_its_rights_and_its_words() -> None:
    assert set(RIGHTS) == set(ROLE_NAMES) == set(ROLE_SAYS) == set(Role)
    assert RIGHTS[Role.OWNER] == set(Right)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
@pytest.mark.parametrize("right", list(Right))
def test_who_is_no_owner_gets_to_none_of_what_owners_manage(
    stage: Stage, role: Role, right: Right
) -> None:
    with stage.app.test_request_context():
        g.signed_in = somebody(stage, role)
        with pytest.raises(Forbidden, match="Only an owner"):
            require(right)


@pytest.mark.parametrize("right", list(Right))
def test_owner_gets_to_everything(stage: Stage, right: Right) -> None:
    with stage.app.test_request_context():
        g.signed_in = somebody(stage, Role.OWNER)
        assert require(right).user.id == stage.founding.user_id


def test_a_stranger_has_no_right(stage: Stage) -> None:
    with stage.app.test_request_context(), pytest.raises(Forbidden):
        require(Right.SETTINGS)
