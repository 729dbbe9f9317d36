from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_server.vault import Binding, EnvelopeRefused, KeyDamaged, KeyPair, PublicKey
from form_server.vault.envelope import ENVELOPE_HEADER, Blank, BlankUsed, open_sealed, seal

ABOUT = Binding(practice="harbor-street", referral="r-1", inbox="front-desk", key_version=1)
PLAINTEXT = "Ana Núñez, 555-0100, panic attacks".encode()

KEYS = KeyPair.generate()
ENVELOPE = seal(PLAINTEXT, KEYS.public, ABOUT)


@given(st.binary(max_size=5000))
@settings(max_examples=50)
def test_an_envelope_opens_to_what_was_sealed(plaintext: bytes) -> None:
    assert open_sealed(seal(plaintext, KEYS.public, ABOUT), KEYS.private, ABOUT) == plaintext


def test_an_envelope_shows_nothing_of_what_is_in_it() -> None:
    assert all(word not in ENVELOPE for word in PLAINTEXT.split())


def test_the_same_referral_sealed_twice_looks_different() -> None:
    assert seal(PLAINTEXT, KEYS.public, ABOUT) != ENVELOPE


def test_an_envelope_costs_less_than_twelve_hundred_bytes() -> None:
    assert len(ENVELOPE) - len(PLAINTEXT) == 1188


@given(st.integers(0, len(ENVELOPE) * 8 - 1))
@settings(max_examples=300)
def test_any_flipped_bit_is_refused(position: int) -> None:
    altered = bytearray(ENVELOPE)
    altered[position // 8] ^= 1 << position % 8
    with pytest.raises(EnvelopeRefused):
        open_sealed(bytes(altered), KEYS.private, ABOUT)


@given(st.integers(0, len(ENVELOPE) - 1))
def test_any_shortened_envelope_is_refused(length: int) -> None:
    with pytest.raises(EnvelopeRefused):
        open_sealed(ENVELOPE[:length], KEYS.private, ABOUT)


@given(st.binary(max_size=3000), st.sampled_from([b"", ENVELOPE_HEADER, ENVELOPE]))
def test_foreign_bytes_are_refused(tail: bytes, front: bytes) -> None:
    if front + tail == ENVELOPE:
        tail += b"\0"
    with pytest.raises(EnvelopeRefused):
        open_sealed(front + tail, KEYS.private, ABOUT)


@pytest.mark.parametrize("version", [0, 1, 3, 255])
def test_another_version_is_refused(version: int) -> None:
    later = ENVELOPE_HEADER[:-1] + bytes([version]) + ENVELOPE[len(ENVELOPE_HEADER) :]
    with pytest.raises(EnvelopeRefused):
        open_sealed(later, KEYS.private, ABOUT)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(ABOUT, practice="another-practice"),
        replace(ABOUT, referral="r-2"),
        replace(ABOUT, inbox="nora"),
        replace(ABOUT, key_version=2),
        replace(ABOUT, part="attempt:a-1"),
        replace(ABOUT, referral="r-1front-desk", inbox=""),
        replace(ABOUT, referral="\ud800"),
        replace(ABOUT, key_version=-(10**30)),
    ],
    ids=lambda about: repr(about),
)
def test_an_envelope_in_another_place_is_refused(elsewhere: Binding) -> None:
    with pytest.raises(EnvelopeRefused):
        open_sealed(ENVELOPE, KEYS.private, elsewhere)


def test_the_key_of_another_inbox_is_refused(another_inbox: KeyPair) -> None:
    with pytest.raises(EnvelopeRefused):
        open_sealed(ENVELOPE, another_inbox.private, ABOUT)


def test_a_refusal_names_the_place_and_what_to_do() -> None:
    with pytest.raises(EnvelopeRefused, match=r"Referral r-1 .*version 1 .*front-desk.*Restore"):
        open_sealed(b"", KEYS.private, ABOUT)


def test_sealing_to_a_public_key_without_a_secret_in_it_is_refused() -> None:
    low_order = KEYS.public.to_bytes()[:-32] + bytes(32)
    with pytest.raises(KeyDamaged):
        seal(PLAINTEXT, PublicKey.from_bytes(low_order), ABOUT)


def test_a_blank_envelope_takes_one_letter() -> None:
    blank = Blank.make(KEYS.public, ABOUT.practice, ABOUT.inbox, ABOUT.key_version)
    assert open_sealed(blank.close(PLAINTEXT, ABOUT), KEYS.private, ABOUT) == PLAINTEXT
    with pytest.raises(BlankUsed):
        blank.close(PLAINTEXT, ABOUT)


def test_a_blank_of_another_inbox_or_key_does_not_open() -> None:
    for inbox, version in (("other", 1), ("front-desk", 2)):
        blank = Blank.make(KEYS.public, ABOUT.practice, inbox, version)
        with pytest.raises(EnvelopeRefused):
            open_sealed(blank.close(PLAINTEXT, ABOUT), KEYS.private, ABOUT)


def test_a_letter_under_another_envelopes_content_key_is_refused() -> None:
    other = seal(PLAINTEXT, KEYS.public, ABOUT)
    letter_bytes = len(PLAINTEXT) + 16
    with pytest.raises(EnvelopeRefused):
        open_sealed(other[:-letter_bytes] + ENVELOPE[-letter_bytes:], KEYS.private, ABOUT)


def test_a_blank_shows_neither_its_key_nor_its_wrapping() -> None:
    blank = Blank.make(KEYS.public, ABOUT.practice, ABOUT.inbox, ABOUT.key_version)
    assert repr(blank) == "Blank()"
