"""When a referral counts as placed."""

from __future__ import annotations

import pytest

from form_server.desk.colleagues.placing import is_being_placed, is_placed
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.referral.case import Case
from form_server.ledger import ColleagueFacts, PlacementState, Referral
from form_server.vault import SessionSecret
from tests.form_server.desk.stage import NOW, Stage


def case_of(stage: Stage, referral: Referral) -> Case:
    user = stage.ledger.people.user(stage.founding.user_id)
    holder = SignedIn(user, stage.user_key, SessionSecret.generate(), NOW, NOW)
    keyring = Keyring.of(stage.desk, holder)
    return Case(stage.desk, holder, keyring, referral, keyring.open(referral), (), NOW)


@pytest.mark.parametrize(
    ("steps", "placed", "being_placed"),
    [
        ([], False, True),
        ([PlacementState.ACCEPTED], False, True),
        ([PlacementState.DECLINED], False, False),
        ([PlacementState.WITHDRAWN], False, False),
        ([PlacementState.PLACED], True, False),
        ([PlacementState.PLACED, PlacementState.WITHDRAWN], False, False),
    ],
)
def test_only_who_was_taken_on_is_placed(
    stage: Stage, steps: list[PlacementState], placed: bool, being_placed: bool
) -> None:
    referral, user_id = stage.receive(), stage.founding.user_id
    iris = stage.ledger.colleagues.add(ColleagueFacts(name="Iris"), actor="test").id
    stage.ledger.placements.ask(referral.id, [iris], user_id)
    asked = stage.ledger.placements.of_referral(referral.id)[0]
    for state in steps:
        stage.ledger.placements.step(referral.id, asked.id, state, user_id)

    case = case_of(stage, referral)

    assert (is_placed(case), is_being_placed(case)) == (placed, being_placed)


def test_nobody_asked_is_nobody_placed(stage: Stage) -> None:
    case = case_of(stage, stage.receive())
    assert not is_placed(case)
    assert not is_being_placed(case)
