from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.vault import KeyPair, PasskeyRefused, PrivateKey, lock_with_prf, unlock_with_prf

TOUCH = bytes(range(32))
LOCKED = lock_with_prf(b"a private key", TOUCH, about="u-1 phone")


def test_one_touch_opens_the_key_that_a_passphrase_also_opens(inbox: KeyPair) -> None:
    locked = lock_with_prf(inbox.private.to_bytes(), TOUCH, about="u-1 phone")
    opened = PrivateKey.from_bytes(unlock_with_prf(locked, TOUCH, about="u-1 phone"))
    assert opened == inbox.private


@pytest.mark.parametrize("answer", [b"", bytes(32), TOUCH[:-1], TOUCH + b"\0"])
def test_another_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(PasskeyRefused, match="add the passkey again"):
        unlock_with_prf(LOCKED, answer, about="u-1 phone")


def test_the_lock_of_another_passkey_is_refused() -> None:
    with pytest.raises(PasskeyRefused):
        unlock_with_prf(LOCKED, TOUCH, about="u-1 laptop")


@given(st.binary(max_size=200))
def test_foreign_bytes_are_refused(locked: bytes) -> None:
    with pytest.raises(PasskeyRefused):
        unlock_with_prf(locked, TOUCH, about="u-1 phone")


def test_an_answer_of_another_length_locks_nothing() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 16"):
        lock_with_prf(b"a private key", bytes(16))
