from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import (
    NO_LOCK,
    CodeSpent,
    Ledger,
    MetChallenge,
    NewPasskey,
    NotFound,
    SignInStep,
)
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON

ACTOR = "user:u1"


def only_user(ledger: Ledger) -> str:
    (user,) = ledger.people.users()
    return user.id


def waiting(user_id: str, name: bytes = b"w") -> SignInStep:
    return SignInStep(name * 32, user_id, b"sealed", NOON + timedelta(minutes=5))


def add_device(ledger: Ledger, user_id: str, name: str, lock: bytes) -> None:
    new = NewPasskey(name, user_id, name.encode(), b"public", 0, lock, "Phone")
    met = MetChallenge(name.encode().ljust(32), NOON + timedelta(minutes=5))
    ledger.passkeys.add(new, met, actor=ACTOR)


def test_one_authenticator_a_user_and_a_newer_one_replaces_it(ledger: Ledger) -> None:
    user_id = only_user(ledger)
    assert ledger.second_factors.authenticator_of(user_id) is None
    ledger.second_factors.add_authenticator(user_id, b"old", 7, actor=ACTOR)
    ledger.second_factors.add_authenticator(user_id, b"new", 9, actor=ACTOR)
    kept = ledger.second_factors.authenticator_of(user_id)
    assert kept is not None
    assert (kept.sealed_secret, kept.last_step, kept.created_at) == (b"new", 9, NOON)


def test_a_half_minute_is_taken_once_and_never_an_older_one(ledger: Ledger) -> None:
    user_id = only_user(ledger)
    ledger.second_factors.add_authenticator(user_id, b"sealed", 7, actor=ACTOR)
    ledger.second_factors.take_step(user_id, 8)
    for spent in (8, 7):
        with pytest.raises(CodeSpent):
            ledger.second_factors.take_step(user_id, spent)
    with pytest.raises(CodeSpent):
        ledger.second_factors.take_step("nobody", 99)


def test_removing_says_when_there_was_none(ledger: Ledger) -> None:
    user_id = only_user(ledger)
    ledger.second_factors.add_authenticator(user_id, b"sealed", 7, actor=ACTOR)
    ledger.second_factors.remove_authenticator(user_id, actor=ACTOR)
    with pytest.raises(NotFound):
        ledger.second_factors.remove_authenticator(user_id, actor=ACTOR)
    actions = [one.action for one in ledger.audit.recent()]
    assert actions.count("authenticator.removed") == 1


def test_a_waiting_sign_in_is_taken_up_once(ledger: Ledger) -> None:
    step = waiting(only_user(ledger))
    ledger.second_factors.begin(step)
    assert ledger.second_factors.waiting(step.token_hash) == step
    ledger.second_factors.end(step.token_hash)
    assert ledger.second_factors.waiting(step.token_hash) is None
    with pytest.raises(NotFound):
        ledger.second_factors.end(step.token_hash)


def test_a_waiting_sign_in_expires(ledger: Ledger, clock: MovableClock) -> None:
    step = waiting(only_user(ledger))
    ledger.second_factors.begin(step)
    clock.advance(timedelta(minutes=5))
    assert ledger.second_factors.waiting(step.token_hash) is None
    ledger.second_factors.begin(
        SignInStep(b"x" * 32, step.user_id, b"sealed", clock() + timedelta(minutes=5))
    )
    assert ledger.upkeep.row_counts()["sign_in_step"] == 1


def test_removing_all_keeps_the_passkeys_that_open_the_key(ledger: Ledger) -> None:
    user_id = only_user(ledger)
    assert not ledger.second_factors.remove_all(user_id, actor=ACTOR)
    add_device(ledger, user_id, "opens", b"locked")
    add_device(ledger, user_id, "second", NO_LOCK)
    ledger.second_factors.add_authenticator(user_id, b"sealed", 7, actor=ACTOR)
    step = waiting(user_id)
    ledger.second_factors.begin(step)
    assert ledger.second_factors.remove_all(user_id, actor=ACTOR)
    assert [one.id for one in ledger.passkeys.of_user(user_id)] == ["opens"]
    assert ledger.second_factors.authenticator_of(user_id) is None
    assert ledger.second_factors.waiting(step.token_hash) is None


def test_another_key_ends_what_was_sealed_to_the_lost_one(ledger: Ledger) -> None:
    user_id = only_user(ledger)
    ledger.second_factors.add_authenticator(user_id, b"sealed", 7, actor=ACTOR)
    ledger.second_factors.begin(waiting(user_id))
    with ledger.keys.change(actor="recovery:r1") as change:
        change.rekey_user(user_id, b"other", b"locked", [])
    assert ledger.second_factors.authenticator_of(user_id) is None
    assert ledger.second_factors.waiting(b"w" * 32) is None
