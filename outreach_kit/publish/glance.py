"""A build with nothing to do, told at a glance: one look at each file that the last one read and wrote.

Half of such a build would be importing what parses a command line, so the very words of the command line
say which record to look at. With any doubt about a
record the build looks for itself.
"""

from __future__ import annotations

import os
import sys
import time
import zlib

from outreach_kit.kept import read_kept, write_kept
from outreach_kit.publish.stamps import CHECKOUT, stamp, stamp_inputs

TYPE_CHECKING = False
if TYPE_CHECKING:  # see outreach_kit.kept
    from collections.abc import Mapping, Sequence

    from outreach_kit.publish.stamps import Stamp

CACHE = os.path.join(CHECKOUT, "var", "cache", "build")  # noqa: PTH118 - pathlib costs 5 ms
_VERSION = 1
_EPOCH = "SOURCE_DATE_EPOCH"

Record = dict[str, object]
"""Plain values: `inputs` and `outputs` (stamps by absolute path), `from_s` and `until_s` (the day on which
it holds, in seconds since 1970, or 0 for ever), `practice`, and what to say. `records` has the rest."""


def record_path(arguments: Sequence[str], cache: str = CACHE) -> str:
    """Where the record of exactly this command line lies, given here and for this date."""
    return os.path.join(cache, f"{zlib.crc32(repr(_asked(arguments)).encode()):08x}.glance")  # noqa: PTH118


def read_record(path: str, arguments: Sequence[str]) -> Record | None:
    """None when there is none, when it is damaged, and when it is of another command line."""
    record: Record | None = read_kept(path)
    return record if record is not None and record.get("asked") == _asked(arguments) else None


def write_record(path: str, arguments: Sequence[str], record: Mapping[str, object]) -> None:
    write_kept(path, {**record, "asked": _asked(arguments)})


def find_changed(
    record: Mapping[str, object], now_s: float, found: Mapping[str, Stamp] | None = None
) -> list[str] | None:
    """The inputs that were changed in place since; empty when all stands.

    `found` are the inputs as they are, where somebody has just looked. None when more than that has
    happened: a file came or went, something that was made is not as it was left, or the day is another.
    """
    if record["until_s"] and not record["from_s"] <= now_s < record["until_s"]:  # type: ignore[operator]
        return None
    before: Mapping[str, Stamp] = record["inputs"]  # type: ignore[assignment]
    now = found or stamp_inputs(record["practice"])  # type: ignore[arg-type]
    outputs: Mapping[str, Stamp] = record["outputs"]  # type: ignore[assignment]
    if any(stamp(path) != mark for path, mark in outputs.items()):
        return None
    if now == before:
        return []
    if now.keys() != before.keys():
        return None
    return [path for path, mark in now.items() if mark != before[path]]


def say_standing(record: Mapping[str, object], took_ms: float) -> None:
    """What the build said, as the build would say it again."""
    if head := record["json"]:
        print(f'{head}, "total_ms": {took_ms:.1f}}}')  # noqa: T201 - the shell's voice
        return
    for line in record["advice"]:  # type: ignore[attr-defined]
        print(line, file=sys.stderr)  # noqa: T201
    if sentence := record["sentence"]:
        print(f"{sentence} ({took_ms:.0f} ms).")  # noqa: T201


def glance(arguments: Sequence[str], began_s: float) -> tuple[Record | None, list[str]]:
    """The record of the last build that was asked for in these words, and what changed since.

    The record is None where a build must look for itself.
    """
    record = read_record(record_path(arguments), arguments)
    if record is None:
        return None, []
    changed = find_changed(record, time.time())
    if changed is None:
        return None, []
    if not changed:
        say_standing(record, (time.perf_counter() - began_s) * 1000)
    return record, changed


def _asked(arguments: Sequence[str]) -> tuple[object, ...]:
    return (_VERSION, sys.version, *arguments, os.getcwd(), os.environ.get(_EPOCH, ""))  # noqa: PTH109
