"""When a referral counts as placed."""

from __future__ import annotations

import pytest

from form_server.desk.colleagues.placing import is_placed
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
    ("steps", "placed"),
    [
        ([], False),
        ([PlacementState.ACCEPTED], False),
        ([PlacementState.DECLINED], False),
        ([PlacementState.WITHDRAWN], False),
        ([PlacementState.PLACED], True),
        ([PlacementState.PLACED, PlacementState.WITHDRAWN], False),
    ],
)
def test_only_who_was_taken_on_is_placed(
    stage: Stage, steps: list[PlacementState], placed: bool
) -> None:
    referral, user_id = stage.receive(), stage.founding.user_id
    iris = stage.ledger.colleagues.add(ColleagueFacts(name="Iris"), actor="test").id
    stage.ledger.placements.ask(referral.id, [iris], user_id)
    asked = stage.ledger.placements.of_referral(referral.id)[0]
    for state in steps:
        stage.ledger.placements.step(referral.id, asked.id, state, user_id)

    assert is_placed(case_of(stage, referral)) is placed


def test_nobody_asked_is_nobody_placed(stage: Stage) -> None:
    assert not is_placed(case_of(stage, stage.receive()))
