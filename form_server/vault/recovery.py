"""The recovery sheet: 256 bits on paper that open everything when every passphrase is lost.

Eight groups of eight letters. A group holds four bytes of the secret and a check byte over these
and its own place, so that a mistyped group, or one in another's place, is named.
"""

from __future__ import annotations

import hmac
from typing import Final, Self

from form_server.vault import base32
from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.secret import SECRET_BYTES, Secret

_BYTES_A_GROUP: Final = 4
_LETTERS_A_GROUP: Final = 8
GROUPS: Final = SECRET_BYTES // _BYTES_A_GROUP


class RecoveryMistyped(VaultRefused):
    """The text is no recovery secret; `groups` counts from 1 and names those to look at again."""

    def __init__(self, groups: tuple[int, ...]) -> None:
        self.groups = groups
        if groups == (GROUPS + 1,):
            where = f"There is more than the sheet's {GROUPS} groups."
        elif len(groups) == 1:
            where = f"Group {groups[0]} is not as on the sheet."
        else:
            where = f"Groups {', '.join(map(str, groups))} are not as on the sheet."
        super().__init__(f"{where} Compare letter by letter, and type it again.")


class RecoveryRefused(VaultRefused):
    """A well-typed recovery secret does not open this lock."""

    def __init__(self) -> None:
        super().__init__(
            "This recovery sheet does not open this practice's keys. Look for a newer sheet: an "
            "older one stops working when a new one is made."
        )


class RecoverySecret(Secret):
    """What the recovery sheet carries; `groups` is the only way to read it out."""

    __slots__ = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Eight groups such as `7XK2-9QPM`, in the order of the sheet."""
        return tuple(base32.in_fours(base32.encode(group)) for group in self._checked())

    @classmethod
    def parse(cls, text: str) -> Self:
        """The secret as somebody typed it; raises RecoveryMistyped.

        Capitals, spaces, dashes and line breaks do not matter, nor O for 0, nor I or L for 1.
        Where a letter is missing or too many and the groups run together, only the first group
        that is wrong is known; else all are named.
        """
        words = [base32.as_typed(word) for word in text.split()]
        letters = "".join(words)
        apart = len(words) == GROUPS
        in_eights = range(0, max(len(letters), 1), _LETTERS_A_GROUP)
        typed = words if apart else [letters[at : at + _LETTERS_A_GROUP] for at in in_eights]
        read = [_read_group(number, group) for number, group in enumerate(typed, start=1)]
        wrong = tuple(number for number, part in enumerate(read, start=1) if part is None)
        if not apart and len(letters) != GROUPS * _LETTERS_A_GROUP:
            first = wrong[0] if wrong else len(typed) + 1
            raise RecoveryMistyped((min(first, GROUPS + 1),))
        if wrong:
            raise RecoveryMistyped(wrong)
        return cls(b"".join(part for part in read if part is not None))

    def has_group(self, number: int, text: str) -> bool:
        """Whether `text` is the group with that number (from 1): a proof that the sheet was kept."""
        meant = self.groups[number - 1].replace("-", "")
        return hmac.compare_digest(meant.encode(), base32.as_typed(text).encode())

    def lock(self, secret: bytes, *, about: str = "") -> bytes:
        """`secret` locked under this sheet; `about` must be the same at `unlock`."""
        return seal_box(secret, self, "recovery", about)

    def unlock(self, locked: bytes, *, about: str = "") -> bytes:
        """The secret; raises RecoveryRefused for another sheet or `about`, or altered bytes."""
        try:
            return open_box(locked, self, "recovery", about)
        except BoxRefused as error:
            raise RecoveryRefused from error

    def _checked(self) -> list[bytes]:
        parts = [
            self._bytes[start : start + _BYTES_A_GROUP]
            for start in range(0, SECRET_BYTES, _BYTES_A_GROUP)
        ]
        return [part + _check(number, part) for number, part in enumerate(parts, start=1)]


def _read_group(number: int, letters: str) -> bytes | None:
    """The four bytes of one group, or None when it is mistyped."""
    if len(letters) != _LETTERS_A_GROUP:
        return None
    try:
        group = base32.decode(letters)
    except ValueError:
        return None
    part, check = group[:_BYTES_A_GROUP], group[_BYTES_A_GROUP:]
    return part if check == _check(number, part) else None


def _check(number: int, part: bytes) -> bytes:
    """CRC-8 (x^8 + x^2 + x + 1) over the group's place and bytes.

    It always finds one wrong letter, two neighbours exchanged, and a group in another's place.
    """
    crc = 0
    for byte in bytes([number]) + part:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return bytes([crc])
