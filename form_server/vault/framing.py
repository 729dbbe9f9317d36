"""What stands around sealed bytes: the header in front, and the facts they are bound to."""

from __future__ import annotations

import struct
from typing import Final

_front: Final = struct.Struct(">cI").pack


def header(kind: bytes, version: int) -> bytes:
    """Four bytes that begin everything the vault stores: `WH`, one letter for the kind, a version.

    A later version changes the last byte, so that old and new can lie side by side in one table.
    """
    return b"WH" + kind + bytes([version])


def bind(*fields: str | int | bytes) -> bytes:
    """The fields as bytes, each with its type and length in front.

    No two different lists of fields give the same bytes, so nothing can slide from one field into
    the next. Every `str` is accepted, a lone surrogate too: a refusal must not turn into a crash.
    """
    framed: list[bytes] = []
    for field in fields:
        if isinstance(field, str):
            kind, value = b"s", field.encode("utf-8", "surrogatepass")
        elif isinstance(field, bytes):
            kind, value = b"b", field
        else:
            kind, value = b"i", b"%d" % field
        framed += (_front(kind, len(value)), value)
    return b"".join(framed)
