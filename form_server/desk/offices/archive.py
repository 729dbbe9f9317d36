"""An archive that is made while it is sent: never whole, neither in memory nor on the disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from outreach_kit.errors import HandoffError
from outreach_kit.paper import SheetJob
from outreach_kit.paper.for_office import folder_of

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first day that an archive can name
MISSING: Final = "NOT PRINTED.txt"


def pack_sheets(jobs: Iterable[tuple[SheetJob, bytes | HandoffError]]) -> Iterator[bytes]:
    """A folder for each office. What could not be printed is said in a file of its own, because by
    then the answer has begun."""
    pipe, refused = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for job, made in jobs:
            if isinstance(made, HandoffError):
                refused.append(f"{job.filename}\r\n{made}\r\n")
                continue
            folder = f"{folder_of(job.source)}/" if job.source else ""
            packed.writestr(_about(f"{folder}{job.filename}"), made)
            yield pipe.take()
        if refused:
            packed.writestr(_about(MISSING), "\r\n".join(refused))
    yield pipe.take()


def _about(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, _LONG_AGO)
    about.external_attr = 0o644 << 16
    about.compress_type = zipfile.ZIP_DEFLATED
    return about


class _Pipe(io.RawIOBase):
    """Takes what is written and hands it on; nobody can go back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, more: object) -> int:
        written = bytes(memoryview(more))  # type: ignore[arg-type]
        self._waiting += written
        return len(written)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
