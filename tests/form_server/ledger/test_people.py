from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import (
    CannotOpen,
    EmailTaken,
    HolderKind,
    Ledger,
    NewInbox,
    NewInvitation,
    NewSession,
    NotFound,
    Role,
)
from form_server.ledger.people_rows import InboxKey, RecoveryKey
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import (
    NOON,
    a_grant,
    a_recipient,
    a_user,
    establish,
    hashed,
)


def test_established_practice_has_user_inbox_recovery_key_and_recipient(ledger: Ledger) -> None:
    user = ledger.people.user("user-1")
    assert (user.name, user.email, user.role) == (
        "Nora Ellison",
        "nora@harborstreet.example",
        Role.OWNER,
    )
    assert (user.public_key, user.locked_private_key) == (b"user public", b"user locked")
    assert user.created_at == NOON
    assert ledger.people.recovery_key() == RecoveryKey(
        "recovery-1", b"recovery public", b"recovery locked"
    )
    assert ledger.inboxes.recipients("inbox-1") == (a_recipient(),)
    assert ledger.audit.recent()[0].action == "practice.established"


def test_practice_is_established_whole_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(CannotOpen):
        ledger.people.establish(
            a_user(id="user-2", email="b@b.example"),
            NewInbox("inbox-2", "Other", "other"),
            InboxKey("inbox-2", 1, b"p"),
            [],
            RecoveryKey("recovery-2", b"p", b"l"),
            [a_recipient(id="x", inbox_id="inbox-2", user_id="nobody")],
            actor="command",
        )
    assert [user.id for user in ledger.people.users()] == ["user-1"]
    assert [inbox.id for inbox in ledger.inboxes.all()] == ["inbox-1"]


def test_user_is_found_by_email_in_any_case(ledger: Ledger) -> None:
    found = ledger.people.user_by_email(" NORA@harborstreet.EXAMPLE ")
    assert found is not None
    assert found.id == "user-1"
    assert ledger.people.user_by_email("nobody@harborstreet.example") is None


def test_two_users_cannot_share_an_email(ledger: Ledger) -> None:
    with pytest.raises(EmailTaken):
        ledger.people.add_user(a_user(id="user-2"), [], actor="command")
    assert len(ledger.people.users()) == 1


def test_establishing_twice_is_refused(ledger: Ledger) -> None:
    with pytest.raises(EmailTaken):
        establish(ledger)


def test_removed_user_loses_sessions_and_grants_and_frees_the_email(ledger: Ledger) -> None:
    ledger.sessions.start(
        NewSession(hashed("t"), "user-1", b"sealed", NOON, NOON + timedelta(hours=1), "Firefox")
    )
    with ledger.keys.change(actor="command") as change:
        change.take_out_user("user-1")
    assert ledger.people.user_by_email("nora@harborstreet.example") is None
    assert ledger.sessions.get(hashed("t"), NOON) is None
    assert ledger.inboxes.grants_for(HolderKind.USER, "user-1") == []
    assert ledger.inboxes.grants_for(HolderKind.RECOVERY, "recovery-1") != []
    assert ledger.people.user("user-1").removed_at == NOON
    assert ledger.inboxes.recipients("inbox-1") == ()
    with pytest.raises(NotFound), ledger.keys.change(actor="command") as change:
        change.take_out_user("user-1")

    ledger.people.add_user(a_user(id="user-2"), [a_grant(holder_id="user-2")], actor="command")
    assert [user.id for user in ledger.people.users()] == ["user-2"]


def test_new_passphrase_replaces_the_locked_key_only(ledger: Ledger) -> None:
    before = ledger.people.user("user-1")
    ledger.people.relock("user-1", b"locked anew", actor="user:user-1")
    after = ledger.people.user("user-1")
    assert after.locked_private_key == b"locked anew"
    assert after.public_key == before.public_key
    with pytest.raises(NotFound):
        ledger.people.relock("user-9", b"x", actor="user:user-1")


def an_invitation(number: str) -> NewInvitation:
    return NewInvitation(
        id=f"invitation-{number}",
        token_hash=hashed(number),
        name="",
        email=f"{number}@x.example",
        role=Role.OWNER,
        public_key=b"public",
        expires_at=NOON + timedelta(days=3),
    )


def test_founding_takes_its_invitation_up_in_the_same_commit(
    empty_url: str, clock: MovableClock
) -> None:
    with Ledger.open(empty_url, clock=clock) as ledger:
        ledger.migrate()
        with ledger.keys.change(actor="command") as change:
            change.add_invitation(an_invitation("one"), [])
            change.add_invitation(an_invitation("two"), [])
        with pytest.raises(NotFound):
            establish(ledger, "invitation-three")
        assert ledger.people.users() == []
        establish(ledger, "invitation-one")
        assert ledger.invitations.pending() == []
        with pytest.raises(NotFound):
            establish(ledger, "invitation-one")
        assert len(ledger.people.users()) == 1


def test_founding_by_an_invitation_that_has_expired_makes_nothing(
    empty_url: str, clock: MovableClock
) -> None:
    with Ledger.open(empty_url, clock=clock) as ledger:
        ledger.migrate()
        with ledger.keys.change(actor="command") as change:
            change.add_invitation(an_invitation("one"), [])
        clock.advance(timedelta(days=3))
        with pytest.raises(NotFound):
            establish(ledger, "invitation-one")
        assert ledger.people.users() == []
