"""Plain values in a file, quick to write and to read, with a sum that tells when the file is damaged.

`marshal` reads a hundred pages' facts in the time in which a JSON parser is imported. What it writes is
for the same Python only, so that whoever keeps a file names the version in it or in its name.
"""

from __future__ import annotations

import marshal
import os
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing, and with it re, takes as long as all the rest
    from typing import Any


def read_kept(path: str) -> Any:
    """What was kept there; None when there is nothing or when it is damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs 5 ms
            whole = file.read()
    except OSError:
        return None
    content = memoryview(whole)[4:]
    if len(whole) < 5 or zlib.crc32(content) != int.from_bytes(whole[:4], "big"):
        return None
    return marshal.loads(content)  # noqa: S302 - our own, and its sum is right


def write_kept(path: str, value: Any) -> None:
    """Losing it costs time and nothing else, so failures to write pass."""
    content = marshal.dumps(value)
    beside = f"{path}.{os.getpid()}"
    try:
        try:
            file = open(beside, "wb")  # noqa: PTH123, SIM115 - closed two lines below
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            file = open(beside, "wb")  # noqa: PTH123, SIM115
        with file:
            file.write(zlib.crc32(content).to_bytes(4, "big"))
            file.write(content)  # by itself: together they would be a second copy of it
        os.replace(beside, path)  # noqa: PTH105
    except OSError:
        return
