from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_server.vault import (
    Binding,
    EnvelopeRefused,
    GrantBinding,
    KeyDamaged,
    KeyPair,
    KeyRefused,
    PrivateKey,
    PublicKey,
    open_sealed,
    seal,
    unwrap_key,
    wrap_key,
)
from form_server.vault.keys import PUBLIC_KEY_BYTES, WRAPPED_HEADER

USER = KeyPair.generate()
INBOX = KeyPair.generate()
ABOUT = GrantBinding("harbor-street", "front-desk", key_version=1, holder="user:7")
WRAPPED = wrap_key(INBOX.private, USER.public, ABOUT)


def test_a_private_key_makes_the_public_key_that_the_standard_publishes() -> None:
    # draft-connolly-cfrg-xwing-kem, appendix C, first vector
    seed = "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"
    public = PrivateKey.from_bytes(bytes.fromhex(seed)).public.to_bytes()
    assert public.hex().startswith(
        "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5"
    )
    assert public.hex().endswith("859edb06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534")
    assert hashlib.sha256(public).hexdigest() == (
        "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb"
    )


def test_keys_come_back_from_their_bytes(inbox: KeyPair) -> None:
    private = PrivateKey.from_bytes(inbox.private.to_bytes())
    public = PublicKey.from_bytes(inbox.public.to_bytes())
    assert KeyPair.of(private) == inbox
    assert (public, hash(public)) == (inbox.public, hash(inbox.public))
    assert public.fingerprint == inbox.public.fingerprint


def test_every_key_pair_is_another(inbox: KeyPair, another_inbox: KeyPair) -> None:
    assert inbox.public != another_inbox.public
    assert inbox.private != another_inbox.private
    assert inbox.public.fingerprint != another_inbox.public.fingerprint


@pytest.mark.parametrize(
    "damaged", [b"", bytes(31), b"\xff" * PUBLIC_KEY_BYTES, USER.public.to_bytes()[:-1]]
)
def test_bytes_that_are_no_public_key_are_refused(damaged: bytes) -> None:
    with pytest.raises(KeyDamaged, match="public key is damaged"):
        PublicKey.from_bytes(damaged)


def test_a_wrapped_key_opens_for_its_holder() -> None:
    assert unwrap_key(WRAPPED, USER.private, ABOUT) == INBOX.private
    assert INBOX.private.to_bytes() not in WRAPPED


@given(st.integers(0, len(WRAPPED) * 8 - 1))
@settings(max_examples=200)
def test_a_wrapped_key_with_any_flipped_bit_is_refused(position: int) -> None:
    altered = bytearray(WRAPPED)
    altered[position // 8] ^= 1 << position % 8
    with pytest.raises(KeyRefused):
        unwrap_key(bytes(altered), USER.private, ABOUT)


@given(st.integers(0, len(WRAPPED) - 1))
def test_a_shortened_wrapped_key_is_refused(length: int) -> None:
    with pytest.raises(KeyRefused):
        unwrap_key(WRAPPED[:length], USER.private, ABOUT)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(ABOUT, practice="another-practice"),
        replace(ABOUT, inbox="nora"),
        replace(ABOUT, key_version=2),
        replace(ABOUT, holder="user:8"),
    ],
    ids=lambda about: repr(about),
)
def test_a_wrapped_key_in_another_row_is_refused(elsewhere: GrantBinding) -> None:
    with pytest.raises(KeyRefused):
        unwrap_key(WRAPPED, USER.private, elsewhere)


def test_a_wrapped_key_is_refused_to_everybody_else(another_inbox: KeyPair) -> None:
    with pytest.raises(KeyRefused, match=r"Holder user:7 cannot open version 1 .*share it again"):
        unwrap_key(WRAPPED, another_inbox.private, ABOUT)


def test_what_was_wrapped_but_is_no_key_is_refused() -> None:
    wrapped = WRAPPED_HEADER + USER.public.encrypt(b"too short", ABOUT.to_bytes())
    with pytest.raises(KeyRefused):
        unwrap_key(wrapped, USER.private, ABOUT)


def test_a_wrapped_key_is_no_envelope_and_an_envelope_no_wrapped_key() -> None:
    place = Binding("harbor-street", "front-desk", "front-desk", 1)
    with pytest.raises(EnvelopeRefused):
        open_sealed(WRAPPED, USER.private, place)
    with pytest.raises(KeyRefused):
        unwrap_key(seal(bytes(32), USER.public, place), USER.private, ABOUT)
