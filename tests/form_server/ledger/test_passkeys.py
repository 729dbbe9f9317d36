from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from form_server.ledger import AnswerSpent, Ledger, MetChallenge, NewPasskey, NotFound
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, hashed

PASSKEY = NewPasskey("passkey-1", "user-1", b"credential", b"public", 0, b"locked", "Phone")


def met(name: str) -> MetChallenge:
    return MetChallenge(hashed(name), NOON + timedelta(minutes=5))


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    ledger.passkeys.add(PASSKEY, met("registration"), actor="user:user-1")
    return ledger


def test_a_passkey_is_found_by_its_credential(kept: Ledger) -> None:
    found = kept.passkeys.by_credential(b"credential")
    assert found is not None
    assert (found.user_id, found.locked_private_key, found.label) == ("user-1", b"locked", "Phone")
    assert (found.created_at, found.last_used_at) == (NOON, None)
    assert kept.passkeys.of_user("user-1") == [found]
    assert kept.passkeys.by_credential(b"other") is None


def test_the_same_device_or_answer_is_taken_once(kept: Ledger) -> None:
    with pytest.raises(AnswerSpent):
        kept.passkeys.add(replace(PASSKEY, id="passkey-2"), met("another"), actor="user:user-1")
    fresh = replace(PASSKEY, id="passkey-2", credential_id=b"second")
    with pytest.raises(AnswerSpent):
        kept.passkeys.add(fresh, met("registration"), actor="user:user-1")
    kept.passkeys.add(fresh, met("another"), actor="user:user-1")
    assert len(kept.passkeys.of_user("user-1")) == 2


def test_a_count_only_goes_up_unless_the_device_does_not_count(kept: Ledger) -> None:
    kept.passkeys.note_use("passkey-1", 7, met("one"))
    for count in (7, 6):
        with pytest.raises(AnswerSpent):
            kept.passkeys.note_use("passkey-1", count, met(f"two {count}"))
    kept.passkeys.note_use("passkey-1", 8, met("three"))
    assert kept.passkeys.of_user("user-1")[0].sign_count == 8
    assert kept.passkeys.of_user("user-1")[0].last_used_at == NOON


def test_an_answer_is_spent_by_its_first_use(kept: Ledger, clock: MovableClock) -> None:
    kept.passkeys.note_use("passkey-1", 0, met("one"))
    with pytest.raises(AnswerSpent):
        kept.passkeys.note_use("passkey-1", 0, met("one"))
    clock.advance(timedelta(minutes=6))
    later = MetChallenge(hashed("two"), clock() + timedelta(minutes=5))
    kept.passkeys.note_use("passkey-1", 0, later)


def test_only_its_user_removes_a_passkey(kept: Ledger) -> None:
    with pytest.raises(NotFound):
        kept.passkeys.remove("passkey-1", "user-2", actor="user:user-2")
    kept.passkeys.remove("passkey-1", "user-1", actor="user:user-1")
    assert kept.passkeys.of_user("user-1") == []


def test_passkeys_end_with_their_user_and_with_a_lost_key(kept: Ledger) -> None:
    with kept.keys.change(actor="recovery:1") as change:
        change.rekey_user("user-1", b"new public", b"new locked", [])
    assert kept.passkeys.of_user("user-1") == []

    kept.passkeys.add(PASSKEY, met("again"), actor="user:user-1")
    with kept.keys.change(actor="command") as change:
        change.take_out_user("user-1")
    assert kept.passkeys.by_credential(b"credential") is None


def test_a_change_of_keys_that_fails_leaves_everything_as_it_was(kept: Ledger) -> None:
    def fail() -> None:
        with kept.keys.change(actor="command") as change:
            change.rekey_user("user-1", b"new public", b"new locked", [])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert kept.people.user("user-1").public_key == b"user public"
    assert len(kept.passkeys.of_user("user-1")) == 1
