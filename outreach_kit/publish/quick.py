"""A build for which new words in a page are enough: neither the command line is parsed nor the model loaded.

What the options would have said stands in the record, which is found by the very same words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from outreach_kit.errors import MachineError, Problem
from outreach_kit.kept import read_kept, write_kept
from outreach_kit.practice.prose import take_trees
from outreach_kit.publish.ahead import Ahead
from outreach_kit.publish.glance import Record, record_path, write_record
from outreach_kit.publish.records import Left, renew_pages
from outreach_kit.publish.result import BuildResult

# ruff: noqa: T201 - the voice of build.py

_WRONG = "error"
_BODIES = ".bodies"
"""Beside a record lies what is known of the words of each page."""


def renew_quickly(
    record: Record, changed: Sequence[str], arguments: Sequence[str], ahead: Ahead
) -> bool:
    """Whether it was enough. What goes wrong is left to a whole build, which says what it is."""
    kept = read_kept(record_path(arguments) + _BODIES)
    if not kept or kept["made"] != record["made"]:
        ahead.leave()
        return False
    take_trees(ahead.finish())
    try:
        renewed = renew_pages(Left(record, kept["bodies"]), changed, time.time())
    except MachineError:
        return False
    if renewed is None:
        return False
    result, left = renewed
    as_json, quiet = bool(record["json"]), not record["sentence"]
    remember(left, arguments, as_json=as_json, quiet=quiet)
    say_result(result, as_json=as_json, quiet=quiet)
    return True


def remember(left: Left | None, arguments: Sequence[str], *, as_json: bool, quiet: bool) -> None:
    """Write down what the next build in the same words looks at, and what it says when all stands."""
    if left is None:
        return
    summary: Any = left.record["summary"]
    pages, sheets = summary["pages"], summary["sheets"]
    said: Record = {
        "json": _head(summary) if as_json else "",
        "advice": list(map(advice_line, _told(summary["advice"], quiet=quiet))),
        "sentence": "" if quiet else f"Nothing changed: {pages} pages, {sheets} sheets stand",
    }
    place = record_path(arguments)
    write_kept(place + _BODIES, {"made": left.record["made"], "bodies": left.bodies})
    write_record(place, arguments, {**left.record, **said})


def say_result(result: BuildResult, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        import json  # late: few ask for it

        print(json.dumps(result.as_json(), ensure_ascii=False))
        return
    say_advice(result.advice_rows(), quiet=quiet)
    if not quiet:
        print(result.sentence())


def say_advice(rows: object, *, quiet: bool) -> None:
    """Rows as a result has them, or as an earlier build has left them."""
    for row in _told(rows, quiet=quiet):
        print(advice_line(row), file=sys.stderr)


def _told(rows: object, *, quiet: bool) -> list[Mapping[str, Any]]:
    """Who asked for quiet is told what is wrong; advice can wait for a build that speaks."""
    listed: list[Mapping[str, Any]] = rows if isinstance(rows, list) else []
    return [row for row in listed if not quiet or row["level"] == _WRONG]


def advice_line(row: Mapping[str, Any]) -> str:
    problem = Problem(row["file"], row["line"], row["key"], row["what"], row["todo"])
    return f"{row['level']}: {problem} {row['why']} [{row['rule']}]"


def _head(summary: Mapping[str, Any]) -> str:
    """All of what is said but its end, where the time is told."""
    import json

    said = {**summary, "ok": True, "fresh": True, "written": 0, "removed": 0}
    return json.dumps(said).removesuffix("}")
