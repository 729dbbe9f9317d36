"""Several inboxes at one desk: who sees which, keys that were rotated, rows that were swapped."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from form_server.keys import (
    Keyholder,
    add_inbox,
    add_user,
    grant_inbox,
    move_referral,
    open_sheet,
    open_user,
    remove_user,
    rotate_inbox,
)
from form_server.ledger import HolderKind, Referral, Role
from form_server.ledger.tables import inbox_grant, inbox_key, referral
from form_server.vault import KeyPair
from tests.form_server.desk.stage import Stage


def owner(stage: Stage) -> Keyholder:
    return Keyholder.of_user(stage.ledger.people.user(stage.founding.user_id), stage.user_key)


def sam(stage: Stage) -> tuple[Keyholder, FlaskClient, str]:
    """A clinician with an inbox of their own, signed in."""
    email = "sam@harborstreet.example"
    joined = add_user(
        stage.ledger, owner(stage), name="Sam Rivera", email=email, role=Role.CLINICIAN,
        inbox_ids=[],
    )  # fmt: skip
    inbox_id = add_inbox(
        stage.ledger, owner(stage), name="Sam Rivera", clinician="sam-rivera",
        user_ids=[joined.user_id],
    )  # fmt: skip
    holder = open_user(stage.ledger, email, joined.passphrase)
    return holder, stage.let_in(holder.id, holder.key), inbox_id


def page(stage: Stage, one: Referral, client: FlaskClient | None = None) -> str:
    return stage.get(f"/desk/referrals/{one.id}", client).text


def test_lists_span_the_inboxes_that_one_holds(desk: Stage) -> None:
    _, client, sams = sam(desk)
    desk.receive(patient_name="Maria Delgado")
    theirs = desk.receive(patient_name="James Okafor", inbox_id=sams)

    assert "James" not in desk.get("/desk/").text
    assert desk.get(f"/desk/referrals/{theirs.id}").status_code == 404
    assert "Maria" not in desk.get("/desk/", client).text
    assert "James" in desk.get("/desk/", client).text
    assert "Inbox:" not in desk.get("/desk/", client).text

    grant_inbox(desk.ledger, open_sheet_of(desk), sams, desk.founding.user_id)
    both = desk.get("/desk/").text
    assert "Maria" in both
    assert "James" in both
    assert "Inbox: <bdi>Sam Rivera</bdi>" in both
    assert desk.get("/desk/pulse").json == {"waiting": 2, "contacted": 0, "questions": 0}


def open_sheet_of(stage: Stage) -> Keyholder:
    return open_sheet(stage.ledger, stage.founding.recovery)


def test_each_referral_opens_with_the_version_it_was_sealed_to(desk: Stage) -> None:
    first = desk.receive(patient_name="Maria Delgado")
    rotate_inbox(desk.ledger, owner(desk), desk.founding.inbox_id)
    second = desk.receive(patient_name="James Okafor")

    assert (first.key_version, second.key_version) == (1, 2)
    assert "Maria Delgado" in page(desk, first)
    assert "James Okafor" in page(desk, second)
    assert "Cannot be opened" not in desk.get("/desk/").text


def test_a_removed_user_is_out_at_once(desk: Stage) -> None:
    holder, client, sams = sam(desk)
    theirs = desk.receive(inbox_id=sams)
    assert desk.get("/desk/", client).status_code == 200

    remove_user(desk.ledger, owner(desk), holder.id)

    assert desk.get("/desk/", client).status_code == 303
    assert desk.get(f"/desk/referrals/{theirs.id}", client).status_code == 303


def test_a_moved_referral_changes_desks(desk: Stage) -> None:
    _, client, sams = sam(desk)
    one = desk.receive()

    move_referral(desk.ledger, owner(desk), one.id, sams)

    assert desk.get(f"/desk/referrals/{one.id}").status_code == 404
    assert "Maria Delgado" in page(desk, one, client)


def test_a_replaced_inbox_key_is_said_loudly_and_older_referrals_open(desk: Stage) -> None:
    before = desk.receive()
    public = KeyPair.generate().public.to_bytes()
    with desk.ledger._store.write() as connection:
        connection.execute(inbox_key.update().values(public_key=public))
    desk.ledger.inboxes.forget()
    after = desk.receive(patient_name="James Okafor")

    today = desk.get("/desk/")

    assert today.status_code == 200
    assert "Somebody changed the key of the inbox" in today.text
    assert "Maria Delgado" in page(desk, before)
    assert "cannot be opened" in page(desk, after)
    assert "inbox.key_replaced" in desk.actions()


def test_nothing_is_said_of_keys_that_are_as_they_should_be(desk: Stage) -> None:
    rotate_inbox(desk.ledger, owner(desk), desk.founding.inbox_id)
    assert "Somebody changed" not in desk.get("/desk/").text


@pytest.mark.parametrize("place", [0, 4, 40, -1])
def test_a_flipped_bit_keeps_an_envelope_shut_and_breaks_nothing(desk: Stage, place: int) -> None:
    whole, broken = desk.receive(patient_name="James Okafor"), desk.receive()
    envelope = bytearray(broken.envelope)
    envelope[place] ^= 1
    change(desk, referral.c.id == broken.id, envelope=bytes(envelope))

    assert "cannot be opened" in page(desk, broken)
    assert "James" in desk.get("/desk/").text
    assert "James Okafor" in page(desk, whole)


def test_swapped_rows_stay_shut(desk: Stage) -> None:
    one, two = desk.receive(patient_name="James Okafor"), desk.receive()
    change(desk, referral.c.id == one.id, envelope=two.envelope)
    change(desk, referral.c.id == two.id, envelope=one.envelope)

    for row in (one, two):
        text = page(desk, row)
        assert "cannot be opened" in text
        assert "Okafor" not in text


def test_a_referral_put_into_another_inbox_stays_shut(desk: Stage) -> None:
    """Whoever can write to the database cannot hand a referral to somebody else by it."""
    _, client, sams = sam(desk)
    one = desk.receive()
    change(desk, referral.c.id == one.id, inbox_id=sams)

    text = page(desk, one, client)
    assert "cannot be opened" in text
    assert "Delgado" not in text


def test_a_wrong_version_stays_shut(desk: Stage) -> None:
    one = desk.receive()
    rotate_inbox(desk.ledger, owner(desk), desk.founding.inbox_id)
    change(desk, referral.c.id == one.id, key_version=2)

    assert "cannot be opened" in page(desk, one)


@pytest.mark.parametrize("wrapped", [b"", b"WHK\x01", b"x" * 1172])
def test_a_broken_grant_shuts_and_breaks_nothing(desk: Stage, wrapped: bytes) -> None:
    one = desk.receive()
    with desk.ledger._store.write() as connection:
        users = inbox_grant.c.holder_kind == HolderKind.USER.value
        connection.execute(sa.update(inbox_grant).where(users).values(wrapped_key=wrapped))

    assert desk.get("/desk/").status_code == 200
    assert "cannot be opened" in page(desk, one)


def test_a_grant_copied_from_somebody_else_opens_nothing(desk: Stage) -> None:
    holder, client, _ = sam(desk)
    one = desk.receive()
    with desk.ledger._store.write() as connection:
        mine = inbox_grant.c.holder_id == desk.founding.user_id
        connection.execute(sa.update(inbox_grant).where(mine).values(holder_id=holder.id))

    text = page(desk, one, client)
    assert "cannot be opened" in text
    assert "Delgado" not in text


def change(stage: Stage, which: sa.ColumnElement[bool], **values: object) -> None:
    with stage.ledger._store.write() as connection:
        assert connection.execute(referral.update().where(which).values(**values)).rowcount == 1
