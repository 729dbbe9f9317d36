from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from form_server.keys import Keyholder, invite
from form_server.ledger import Role
from form_server.ledger.tables import recovery_key
from form_server.vault import KeyPair, RecoverySecret
from tests.form_server.desk.stage import EMAIL, Stage

SHOWN = re.compile(r'<p class="words" translate="no">((?:[a-z]+ ){5}[a-z]+)</p>')


def recover(stage: Stage, sheet: str = "", name: str = EMAIL, address: str = "") -> TestResponse:
    return stage.post(
        "/desk/recover",
        {"name": name, "sheet": sheet or " ".join(stage.founding.recovery.groups)},
        environ_overrides={"REMOTE_ADDR": address or "203.0.113.7"},
    )


def words_on(page: str) -> str:
    shown = SHOWN.search(page)
    assert shown, page
    return shown[1]


def test_the_sheet_gives_six_new_words_and_everything_older_ends(desk: Stage) -> None:
    referral = desk.receive()
    elsewhere = desk.let_in()

    answer = recover(desk, name="nora ellison, licsw")

    words = words_on(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    for client in (desk.client, elsewhere):
        assert desk.get("/desk/", client).status_code == 303
    assert desk.try_to_sign_in().status_code == 422
    assert desk.try_to_sign_in(words).status_code == 303
    assert "Maria Delgado" in desk.get(f"/desk/referrals/{referral.id}").text
    assert desk.ledger.referrals.get(referral.id).envelope == referral.envelope
    assert "user.recovered" in desk.actions()


def test_a_mistyped_group_is_named_and_the_rest_comes_back(stage: Stage) -> None:
    groups = list(stage.founding.recovery.groups)
    groups[2] = groups[2][:-1] + ("0" if groups[2][-1] != "0" else "1")

    answer = recover(stage, "\n".join(groups))

    assert answer.status_code == 422
    assert "Group 3 is not as on the sheet" in answer.text
    assert groups[0] in answer.text
    assert stage.try_to_sign_in().status_code == 303


def test_another_practices_sheet_opens_nothing(stage: Stage) -> None:
    sheet = " ".join(RecoverySecret.generate().groups)

    answer = recover(stage, sheet)

    assert answer.status_code == 422
    assert "does not open this practice" in answer.text
    assert sheet[:9] not in answer.text


def test_guessing_sheets_is_slowed_down_and_nobody_else_waits(stage: Stage) -> None:
    codes = [recover(stage, " ".join(RecoverySecret.generate().groups)) for _ in range(7)]

    assert codes[0].status_code == 422
    assert codes[-1].status_code == 429
    assert int(codes[-1].headers["Retry-After"]) >= 1
    assert recover(stage).status_code == 429
    assert recover(stage, address="198.51.100.9").status_code == 200


def test_a_name_that_nobody_has_is_told_only_to_who_has_the_sheet(stage: Stage) -> None:
    known = recover(stage, name="somebody@else.example")
    assert EMAIL in known.text
    stranger = recover(stage, " ".join(RecoverySecret.generate().groups), name="x@else.example")
    assert EMAIL not in stranger.text


@pytest.mark.parametrize(
    "form", [{}, {"name": EMAIL}, {"sheet": "7XK2"}, {"name": "a\x00", "sheet": "é" * 400}]
)
def test_half_a_form_changes_nothing(stage: Stage, form: dict[str, str]) -> None:
    assert stage.post("/desk/recover", form).status_code == 422


def test_a_replaced_recovery_key_is_said_and_nothing_is_given(stage: Stage) -> None:
    with stage.ledger._store.write() as connection:
        public = KeyPair.generate().public.to_bytes()
        connection.execute(recovery_key.update().values(public_key=public))

    answer = recover(stage)

    assert answer.status_code == 422
    assert "the database was altered" in answer.text


def test_the_way_to_the_sheet_is_on_the_first_page(stage: Stage) -> None:
    assert 'href="/desk/recover"' in stage.get("/desk/sign-in").text
    assert stage.get("/desk/recover").status_code == 200


def invite_sam(stage: Stage) -> str:
    """The link's path."""
    owner = Keyholder.of_user(stage.ledger.people.user(stage.founding.user_id), stage.user_key)
    invited = invite(
        stage.ledger, owner, name="Sam <b>Rivera", email="sam@harborstreet.example",
        role=Role.CLINICIAN, inbox_ids=[stage.founding.inbox_id], now=stage.clock(),
    )  # fmt: skip
    return f"/desk/invitations/{invited.secret.token}"


def test_the_invited_take_six_words_and_are_in(stage: Stage) -> None:
    stage.receive()
    path = invite_sam(stage)
    assert "Sam &lt;b&gt;Rivera" in stage.get(path).text
    assert len(stage.ledger.people.users()) == 1

    answer = stage.post(path, {})

    assert "Maria" in stage.get("/desk/").text
    again = stage.app.test_client()
    name = "sam@harborstreet.example"
    assert stage.try_to_sign_in(words_on(answer.text), name, again).status_code == 303
    assert "Maria" in stage.get("/desk/", again).text


def test_a_link_that_was_used_is_closed(stage: Stage) -> None:
    path = invite_sam(stage)
    stage.post(path, {})

    for answer in (stage.get(path), stage.post(path, {})):
        assert answer.status_code == 404
        assert "used before" in answer.text
    assert stage.get(f"{path}/passkey").status_code == 404
    assert len(stage.ledger.people.users()) == 2


@pytest.mark.parametrize("token", ["x", "A" * 43, "%F0%9F%98%80"])
def test_a_made_up_link_is_closed(stage: Stage, token: str) -> None:
    assert stage.get(f"/desk/invitations/{token}").status_code == 404
    assert stage.post(f"/desk/invitations/{token}", {}).status_code == 404


def test_an_invitation_is_not_taken_up_from_another_site(stage: Stage) -> None:
    path = invite_sam(stage)
    assert stage.post(path, {}, origin="https://evil.example").status_code == 403
    assert len(stage.ledger.people.users()) == 1


def test_a_broken_passkey_leaves_the_invitation_waiting(stage: Stage) -> None:
    path = invite_sam(stage)
    answer = stage.post(path, {"passkey": "yes", "credential": "{}", "prf": "AAAA"})
    assert answer.status_code == 422
    assert stage.get(path).status_code == 200
    assert len(stage.ledger.people.users()) == 1
