from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.vault.base32 import ALPHABET, as_typed, decode, encode, fingerprint, in_fours

FIVES = st.integers(0, 8).flatmap(lambda n: st.binary(min_size=5 * n, max_size=5 * n))


@given(FIVES)
def test_letters_give_the_bytes_back(data: bytes) -> None:
    assert decode(encode(data)) == data


@given(FIVES)
def test_handwriting_is_read_as_it_was_meant(data: bytes) -> None:
    written = in_fours(encode(data)).lower().replace("0", "o").replace("1", "l")
    assert decode(as_typed(f"  {written} ")) == data


def test_no_two_letters_in_use_are_mistaken_for_each_other() -> None:
    assert len({as_typed(letter) for letter in ALPHABET}) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("letter", ["U", "É", "*", "٣"])
def test_a_letter_not_in_use_is_refused(letter: str) -> None:
    with pytest.raises(ValueError, match="letters in use"):
        decode("ABCDEFG" + letter)


def test_a_fingerprint_is_short_and_tells_apart() -> None:
    assert fingerprint(b"one") == fingerprint(b"one") != fingerprint(b"two")
    assert len(fingerprint(b"one")) == len("ABCD-EFGH-JKMN-PQRS")
