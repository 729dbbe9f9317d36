"""A list that was looked at, on its way through the browser and back: nothing of it stays here.

Only the fields are carried, so that the pictures in an address book are left behind. What comes back
was in somebody's hands, and is read like any file.
"""

from __future__ import annotations

import base64
import binascii
import json
import random
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Self

from form_server.contacts import Entries
from form_server.contacts.codes import draw_code
from form_server.contacts.reading import Entry
from form_server.tabular import TableRefused

_MOST_BYTES: Final = 8_000_000
_DAMAGED: Final = "what came back is not what was sent; choose the file once more"


@dataclass(frozen=True)
class Parcel:
    """`draw` begins the draw of codes for new offices: they are those that somebody looked at."""

    entries: Entries
    draw: str

    @classmethod
    def of(cls, entries: Entries) -> Self:
        return cls(entries, secrets.token_hex(8))

    def drawer(self) -> Callable[[set[str]], str]:
        """Gives the same codes each time it is made anew; a code is printed and keeps no secret."""
        chance = random.Random(self.draw)  # noqa: S311
        return lambda taken: draw_code(taken, chance.choice)


def pack(parcel: Parcel) -> str:
    """Letters, digits, “-” and “_”, which a form carries as they are."""
    entries = parcel.entries
    rows = [[one.number, dict(one.fields), one.fault] for one in entries.entries]
    plain = json.dumps(
        [parcel.draw, list(entries.left_out), rows], ensure_ascii=False, separators=(",", ":")
    )
    return base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def unpack(packed: str) -> Parcel:
    """Raises TableRefused."""
    try:
        squeezed = base64.urlsafe_b64decode(packed.encode("ascii") + b"=" * (-len(packed) % 4))
        opened = zlib.decompressobj()
        plain = opened.decompress(squeezed, _MOST_BYTES)
        if not opened.eof:
            raise TableRefused(_DAMAGED)
        draw, left_out, rows = json.loads(plain)
        entries = Entries([_entry(*row) for row in rows], tuple(map(str, left_out)))
        return Parcel(entries, str(draw))
    except (binascii.Error, zlib.error, ValueError, TypeError, AttributeError) as error:
        raise TableRefused(_DAMAGED) from error


def _entry(number: Any, fields: Any, fault: Any) -> Entry:
    said = {str(name): str(value) for name, value in fields.items()}
    return Entry(int(number), said, str(fault))
