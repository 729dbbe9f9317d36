from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused
from form_server.vault.secret import Secret

KEY = Secret.generate()
BOX = seal_box(b"a note for later", KEY, "purpose", "row-1")


@given(st.binary(max_size=500))
def test_a_box_opens_to_what_was_sealed(plaintext: bytes) -> None:
    assert open_box(seal_box(plaintext, KEY, "purpose", 1), KEY, "purpose", 1) == plaintext


@given(st.integers(0, len(BOX) * 8 - 1))
def test_any_flipped_bit_is_refused(position: int) -> None:
    altered = bytearray(BOX)
    altered[position // 8] ^= 1 << position % 8
    with pytest.raises(BoxRefused):
        open_box(bytes(altered), KEY, "purpose", "row-1")


@pytest.mark.parametrize("length", range(len(BOX)))
def test_any_shortened_box_is_refused(length: int) -> None:
    with pytest.raises(BoxRefused):
        open_box(BOX[:length], KEY, "purpose", "row-1")


@pytest.mark.parametrize(
    ("key", "label", "about"),
    [
        (Secret.generate(), "purpose", "row-1"),
        (KEY, "another purpose", "row-1"),
        (KEY, "purpose", "row-2"),
    ],
)
def test_another_key_purpose_or_place_is_refused(key: Secret, label: str, about: str) -> None:
    with pytest.raises(BoxRefused):
        open_box(BOX, key, label, about)
