"""Telephone numbers as offices type them: read leniently, because a referral hangs on each.

Anything with the ten digits of a North American number is taken, extension and remarks and all;
what was typed is kept beside the address that a call button needs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# A number, and what may follow it: “(360) 555-0142 ext. 12, ask for Ana”.
_NORTH_AMERICAN: Final = re.compile(
    r"(?<!\d)(?:\+?1\D{0,3})?(\d{3})\D{0,3}(\d{3})\D{0,3}(\d{4})(?!\d)"
)
_EXTENSION: Final = re.compile(
    r"\A[^0-9a-z]*(?:extension|extn|ext|x|#)[^0-9a-z]*(\d{1,7})\b", re.IGNORECASE
)
_INTERNATIONAL: Final = re.compile(r"\A\s*(?:\+|00|011)((?:[\s().\-/]*\d){7,15})(?!\d)")
_MIN_DIGITS: Final = 10


def dial_uri(typed: str) -> str | None:
    """A `tel:` address (RFC 3966) for what was typed, or None when nobody could dial it."""
    text = typed if typed.isascii() else unicodedata.normalize("NFKC", typed)
    if not text.isascii():
        text = "".join(_as_ascii_digit(char) for char in text)
    if match := _INTERNATIONAL.match(text):
        digits = re.sub(r"\D", "", match[1])
        return f"tel:+{digits}" + _extension(text[match.end() :])
    if match := _NORTH_AMERICAN.search(text):
        return f"tel:+1{match[1]}{match[2]}{match[3]}" + _extension(text[match.end() :])
    digits = re.sub(r"\D", "", text)
    if len(digits) >= _MIN_DIGITS:
        # Oddly spaced, or two numbers run together: the first ten digits are the best guess.
        start = 1 if digits.startswith("1") and len(digits) > _MIN_DIGITS else 0
        return f"tel:+1{digits[start : start + _MIN_DIGITS]}"
    return None


def _extension(rest: str) -> str:
    match = _EXTENSION.match(rest)
    return f";ext={match[1]}" if match else ""


def _as_ascii_digit(char: str) -> str:
    """Digits of other scripts as 0 to 9."""
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)
