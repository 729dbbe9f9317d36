"""One clinician gets to nothing of another's, whatever id they try, at whatever address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from form_server.desk.blueprint import WAYS
from form_server.desk.entry.devices import _mark
from form_server.keys import Keyholder, accept, add_inbox, invite
from form_server.ledger import (
    Channel,
    DeliveryKind,
    MetChallenge,
    NewDelivery,
    NewPasskey,
    Referral,
    Role,
)
from tests.form_server.desk.guarding.ways import Address, addresses, counted
from tests.form_server.desk.questions.asking import ask
from tests.form_server.desk.stage import Stage

# Placeholders that name what the whole practice shares (its colleagues, its offices with their people
# visits and sheets, its board of openings, the size of an icon), a secret that lets in who has it, or
# nothing at all. A placement stands behind its referral.
SHARED = {
    "code",
    "colleague_id",
    "issue_id",
    "name",
    "nowhere",
    "opening_id",
    "other",
    "person_id",
    "placement_id",
    "size",
    "token",
    "visit_id",
}
OWNERS = {f"desk.{way.view.__name__}" for way in WAYS if way.right is not None}
"""What takes a right is closed to clinicians, whoever's id they bring."""


class Two:
    """Nora, whose inbox holds a referral, and Sam, who is signed in and has an inbox of his own."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        people, ledger = stage.ledger.people, stage.ledger
        nora = Keyholder.of_user(people.user(stage.founding.user_id), stage.user_key)
        inbox = add_inbox(ledger, nora, name="Sam", clinician="sam", user_ids=[nora.id])
        invited = invite(
            ledger, nora, name="Sam", email="sam@x.example", role=Role.CLINICIAN,
            inbox_ids=[inbox], now=stage.clock(),
        )  # fmt: skip
        joined = accept(ledger, invited.secret.token)
        self.referral: Referral = stage.receive()
        self.own: Referral = stage.receive(inbox_id=inbox)
        self.ids = self._ids_of_nora()
        stage.client = stage.let_in(joined.user_id, joined.key)

    def _ids_of_nora(self) -> dict[str, str]:
        stage, ledger = self.stage, self.stage.ledger
        user_id = stage.founding.user_id
        stage.let_in()
        (session, *_) = ledger.sessions.of_user(user_id, stage.clock())
        passkey = NewPasskey(ledger.new_id(), user_id, b"c", b"p", 0, b"locked", "Phone")
        met = MetChallenge(bytes(32), stage.clock() + timedelta(minutes=5))
        ledger.passkeys.add(passkey, met, actor="test")
        at = stage.clock() + timedelta(days=2)
        held = ledger.first_calls.add("nora-ellison", at, actor="test")
        return {
            "referral_id": self.referral.id,
            "question_id": ask(stage).id,
            "delivery_id": self._stuck_delivery(),
            "passkey_id": passkey.id,
            "held_id": held.id,
            "mark": _mark(session.token_hash),
            "marks": self.referral.id,
            "user_id": user_id,
        }

    def _stuck_delivery(self) -> str:
        ledger, now = self.stage.ledger, self.stage.clock()
        new = NewDelivery(
            id=ledger.new_id(),
            kind=DeliveryKind.NOTICE,
            channel=Channel.EMAIL,
            address="nora@harborstreet.example",
            referral_id=self.referral.id,
            due_at=now,
            parcel=b"sealed",
            message_id="<m@x>",
        )
        with ledger._store.write() as connection:
            from form_server.ledger.tables import delivery

            connection.execute(
                delivery.insert(),
                {
                    "id": new.id, "kind": new.kind.value, "channel": new.channel.value,
                    "address": new.address, "referral_id": new.referral_id, "state": "stuck",
                    "due_at": int(now.timestamp() * 1e6), "parcel": new.parcel,
                    "message_id": new.message_id, "attempts": 1, "last_error": "no such mailbox",
                    "created_at": int(now.timestamp() * 1e6),
                },
            )  # fmt: skip
        return new.id

    def ask(self, one: Address, ids: dict[str, str]) -> TestResponse:
        if one.method == "GET":
            return self.stage.get(one.path(**ids))
        return self.stage.post(one.path(**ids), {"csrf_token": self.stage.csrf_token})


@pytest.fixture
def two(stage: Stage) -> Two:
    return Two(stage)


def with_ids(stage: Stage) -> list[Address]:
    """The addresses that name something of somebody."""
    found = [one for one in addresses(stage) if set(one.names) - SHARED and not one.is_open]
    assert len(found) > 10
    return found


def test_every_placeholder_is_known_to_these_tests(two: Two) -> None:
    """A new one is added to the ids of this test, or to what is shared, with its reason."""
    every = [one for one in addresses(two.stage) if one.endpoint not in OWNERS]
    names = {name for one in every for name in one.names}
    assert names <= set(two.ids) | SHARED
    assert "referral_id" in names


def test_nothing_of_another_clinician_is_shown_or_changed(two: Two) -> None:
    stage = two.stage
    stage.get("/desk/devices")
    for one in with_ids(stage):
        before = counted(stage)
        answer = two.ask(one, two.ids)
        expected = 403 if one.endpoint in OWNERS else 404
        assert answer.status_code == expected, f"{one}: {answer.status_code}"
        for secret in ("Maria", "Delgado", "555-0188", two.referral.receipt, "Ana Ruiz"):
            assert secret not in answer.text, str(one)
        assert counted(stage) == before, str(one)
    assert stage.ledger.referrals.get(two.referral.id) == two.referral


def test_what_is_anothers_answers_like_what_does_not_exist(two: Two) -> None:
    stage = two.stage
    for one in with_ids(stage):
        missing = dict.fromkeys(two.ids, stage.ledger.new_id())
        theirs, nobodys = two.ask(one, two.ids), two.ask(one, missing)
        assert theirs.status_code == nobodys.status_code, str(one)
        assert _plain(theirs, two.ids) == _plain(nobodys, missing), str(one)


def test_the_same_addresses_open_for_whose_they_are(two: Two) -> None:
    """Else the refusals above would show nothing."""
    two.stage.client = two.stage.let_in()
    page = two.stage.get(f"/desk/referrals/{two.referral.id}")
    assert page.status_code == 200
    assert "Maria Delgado" in page.text
    messages = two.stage.get("/desk/messages")
    assert two.ids["delivery_id"] in messages.text
    assert two.ids["passkey_id"] in two.stage.get("/desk/passkeys").text


def test_lists_show_only_ones_own_inbox(two: Two) -> None:
    for path in ("/desk/", "/desk/messages", "/desk/devices", "/desk/passkeys"):
        page = two.stage.get(path).text
        assert two.referral.id not in page
        assert two.ids["delivery_id"] not in page
    assert two.own.id in two.stage.get("/desk/").text


def _plain(answer: TestResponse, ids: dict[str, str]) -> str:
    text = answer.text
    for value in sorted(ids.values(), key=len, reverse=True):
        text = text.replace(value, "")
    return text
