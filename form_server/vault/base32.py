"""Bytes as letters that survive paper, handwriting and the telephone (Crockford's base 32)."""

from __future__ import annotations

import hashlib
from typing import Final

from form_server.vault.framing import bind

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_MISREAD: Final = str.maketrans("OIL", "011")


def encode(data: bytes) -> str:
    """Eight letters for each five bytes; the length is a multiple of five."""
    bits = int.from_bytes(data, "big")
    letters = len(data) * 8 // 5
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(letters)))


def decode(letters: str) -> bytes:
    """The bytes again; `letters` come from `as_typed`. Raises ValueError for a letter not in use."""
    bits = 0
    for letter in letters:
        if letter not in _VALUES:
            raise ValueError("not one of the letters in use")
        bits = bits << 5 | _VALUES[letter]
    return bits.to_bytes(len(letters) * 5 // 8, "big")


def as_typed(text: str) -> str:
    """What somebody meant: capitals, without spaces and dashes, O read as 0, I and L as 1."""
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(_MISREAD)


def in_fours(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def fingerprint(public: bytes) -> str:
    """16 letters in fours (80 bits of SHA-256), for two people to compare; reveals nothing.

    Only for bytes that are public: a guess at a weak secret could be checked against it.
    """
    return in_fours(encode(hashlib.sha256(bind("warm-handoff fingerprint", public)).digest()[:10]))
