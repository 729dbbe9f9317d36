"""Inboxes: who opens each, shared, taken back, one more, and a new key."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from form_server.keys import Keyholder, ungrant_inbox
from form_server.ledger import Role
from tests.form_server.desk.group import Group, make_group
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import Stage

PAGE = "/desk/settings/inboxes"
STALE_MINUTES = 11


@pytest.fixture
def group(stage: Stage) -> Group:
    made = make_group(stage)
    stage.client = made.nora.client
    return made


def post(desk: Stage, path: str, **typed: str) -> TestResponse:
    return desk.post(path, {"csrf_token": desk.csrf_token, **typed})


def openers(desk: Stage, inbox_id: str) -> frozenset[str]:
    return desk.ledger.inboxes.openers([inbox_id])[inbox_id]


def test_each_inbox_says_who_opens_it_and_who_is_told(group: Group) -> None:
    page = group.stage.get(PAGE).text

    one, other = re.findall(r"Opened by <bdi>([^<]+)</bdi>", page)
    anas, front = (one, other) if one.startswith("Ana") else (other, one)
    assert "Nora Ellison" in front
    assert "Maria Santos" in front
    assert anas == "Ana Lucía Ruiz-Montenegro, LMFT"
    assert "Told: <bdi>ana@tworivers.example</bdi>" in page
    assert "Referrals for Ana Lucía Ruiz-Montenegro" in page


def test_a_shared_inbox_opens_what_lies_in_it_until_it_is_taken_back(desk: Stage) -> None:
    user_id, pair = add_user(desk, Role.CLINICIAN)
    theirs, box = desk.let_in(user_id, pair.private), desk.founding.inbox_id
    path = f"/desk/referrals/{desk.receive().id}"
    assert desk.get(path, theirs).status_code == 404

    assert post(desk, f"{PAGE}/{box}/share", user=user_id).status_code == 303
    assert "Maria Delgado" in desk.get(path, theirs).text

    assert post(desk, f"{PAGE}/{box}/take-back", user=user_id).status_code == 303
    assert desk.get(path, theirs).status_code == 404
    assert desk.ledger.inboxes.active_key(box).version == 2
    assert {"inbox.granted", "inbox.ungranted", "inbox.rotated"} <= set(desk.actions())


def test_the_last_who_opens_an_inbox_keeps_it(desk: Stage) -> None:
    box = desk.founding.inbox_id

    answer = post(desk, f"{PAGE}/{box}/take-back", user=desk.founding.user_id)

    assert answer.status_code == 422
    assert "Nobody else can open the inbox" in answer.text
    assert openers(desk, box) == {desk.founding.user_id}


def test_what_the_owner_cannot_open_is_shared_by_the_recovery_sheet_alone(group: Group) -> None:
    stage, box = group.stage, group.anas
    path, groups = f"{PAGE}/{box}/share", " ".join(group.stage.founding.recovery.groups)
    assert "The recovery sheet’s eight groups" in stage.get(f"{PAGE}/{box}").text
    assert post(stage, path, user=group.maria.id).status_code == 422
    wrong = f"{groups[:-1]}{'A' if groups[-1] != 'A' else 'B'}"
    assert post(stage, path, user=group.maria.id, sheet=wrong).status_code == 422
    assert openers(stage, box) == {group.ana.id}

    assert post(stage, path, user=group.maria.id, sheet=groups).status_code == 303

    assert openers(stage, box) == {group.ana.id, group.maria.id}


def test_a_clinician_without_an_inbox_gets_one(group: Group) -> None:
    stage = group.stage
    there = {one.clinician for one in stage.ledger.inboxes.all()}
    slug = next(one.slug for one in stage.practice.clinicians if one.slug not in there)
    assert f'value="{slug}"' in stage.get(PAGE).text
    assert 'value="ana-ruiz"' not in stage.get(PAGE).text
    assert post(stage, PAGE, whose=slug).status_code == 422
    assert post(stage, PAGE, whose="ana-ruiz", user=group.ana.id).status_code == 422

    assert post(stage, PAGE, whose=slug, user=group.maria.id).status_code == 303

    made = stage.ledger.inboxes.for_clinician(slug)
    assert made.clinician == slug
    assert openers(stage, made.id) == {group.maria.id}
    (told,) = stage.ledger.inboxes.recipients(made.id)
    assert told.user_id == group.maria.id
    assert f'value="{slug}"' not in stage.get(PAGE).text


def test_a_new_key_is_made_by_hand_and_older_referrals_still_open(desk: Stage) -> None:
    referral, box = desk.receive(), desk.founding.inbox_id

    assert post(desk, f"{PAGE}/{box}/new-key").status_code == 303

    assert "Version 2, " in desk.get(f"{PAGE}/{box}").text
    assert "Maria Delgado" in desk.get(f"/desk/referrals/{referral.id}").text
    assert desk.actions().count("inbox.rotated") == 1


def test_later_than_ten_minutes_nothing_changes_without_the_words(group: Group) -> None:
    stage, box = group.stage, group.front
    stage.clock.advance(minutes=STALE_MINUTES)

    for step, typed in (
        (f"/{box}/share", {"user": group.ana.id}),
        (f"/{box}/take-back", {"user": group.maria.id}),
        (f"/{box}/new-key", {}),
    ):
        refused = post(stage, f"{PAGE}{step}", **typed)
        assert refused.status_code == 422
        assert "Type your six words" in refused.text
    assert openers(stage, box) == {group.nora.id, group.maria.id}
    assert stage.ledger.inboxes.active_key(box).version == 1


def test_who_was_left_without_a_key_is_told_so(group: Group) -> None:
    stage, owner = group.stage, group.stage.ledger.people.user(group.nora.id)
    by = Keyholder.of_user(owner, group.nora.key)
    ungrant_inbox(stage.ledger, by, group.front, group.nora.id)

    page = stage.get(f"{PAGE}/{group.front}").text

    assert "Opened by</dt><dd><bdi>Maria Santos</bdi>" in page
    assert "Your own key does not open this inbox" in page


def test_an_inbox_or_a_person_that_is_not_there_is_not_found(desk: Stage) -> None:
    assert desk.get(f"{PAGE}/none").status_code == 404
    for step in ("share", "take-back", "new-key"):
        assert post(desk, f"{PAGE}/none/{step}", user="x").status_code == 404
    assert post(desk, f"{PAGE}/{desk.founding.inbox_id}/share", user="none").status_code == 404
