"""What a build leaves behind for the next one, so that it need not do again what it need not do.

Light: this is loaded when the words of one page were changed, and then it shall take no longer than it must.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from outreach_kit.publish.bodies import (
    Packed,
    advice_of,
    pack_body,
    renew,
    rows_after,
    unpack_body,
)
from outreach_kit.publish.glance import Record, find_changed
from outreach_kit.publish.result import BuildResult, Stopwatch
from outreach_kit.publish.stamps import Stamp, stamp
from outreach_kit.publish.turns import taking_turns, unbroken

if TYPE_CHECKING:
    from outreach_kit.publish.request import BuildRequest

_MOST = 20
"""So many texts are renewed one by one; for more, a whole build has both cores."""


class Left(NamedTuple):
    """`record` is what one looks at to see whether something changed, `bodies` what is known of pages."""

    record: Record
    bodies: Mapping[str, Packed]


def leave(
    request: BuildRequest, summary: Mapping[str, Any], result: BuildResult | None
) -> Left | None:
    """After a build, or when one was found to stand: then nothing is known of the pages' words.

    None when the manifests cannot be read back.
    """
    from outreach_kit.publish.manifest import read_manifest  # late: the quick way needs none

    inputs: dict[str, Stamp] = {}
    outputs: dict[str, Stamp] = {}
    day: Sequence[float] = (0.0, 0.0)
    known = result.manifests if result else {}
    for folder in folders_of(request):
        manifest = known.get(folder) or read_manifest(request.cache, folder)
        if manifest is None:
            return None
        inputs.update(manifest.inputs)
        home = folder.resolve()
        outputs.update((f"{home}/{name}", mark) for name, mark in manifest.outputs.items())
        day = tuple(manifest.summary.get("day", day))  # type: ignore[arg-type]
    record: Record = {
        "practice": os.path.realpath(request.practice),
        "out": str(request.out.resolve()),
        "cache": str(request.cache),
        "inputs": inputs,
        "outputs": outputs,
        "from_s": day[0],
        "until_s": day[1],
        "summary": {key: summary[key] for key in ("advice", "out", "prints", "pages", "sheets")},
        "around": result.around if result else None,
        "made": time.time_ns(),
    }
    return Left(record, result.bodies if result else {})


def folders_of(request: BuildRequest) -> list[Path]:
    """Where such a build writes; the site last."""
    return [request.out] if request.only == "site" else [request.prints, request.out]


def renew_pages(
    left: Left, changed: Sequence[str], now_s: float
) -> tuple[BuildResult, Left] | None:
    """Write the new words of `changed` files into their pages, or None when that is not enough."""
    record: Any = left.record
    home = f"{record['practice']}{os.sep}"
    files = {path: path.removeprefix(home).replace(os.sep, "/") for path in changed}
    if record["around"] is None or not 0 < len(files) <= _MOST:
        return None
    if any(file not in left.bodies for file in files.values()):
        return None
    out = Path(record["out"])
    waited: list[bool] = []
    try:
        with taking_turns(out, Path(record["cache"]), lambda: waited.append(True)):
            if waited and find_changed(record, now_s) != list(changed):
                return None  # somebody has built meanwhile
            return _renew(left, files, out)
    except OSError as error:
        from outreach_kit.publish.write import explain_failure  # late: it seldom fails

        raise explain_failure(Path(error.filename or out), error) from error


def _renew(left: Left, files: Mapping[str, str], out: Path) -> tuple[BuildResult, Left] | None:
    watch = Stopwatch()
    record: Any = left.record
    summary = record["summary"]
    bodies, rows = dict(left.bodies), summary["advice"]
    written: dict[str, bytes] = {}
    inputs = dict(record["inputs"])
    with watch.step("texts"):
        for path, file in files.items():
            inputs[path] = stamp(path)  # before reading: a change meanwhile is a change
            body = unpack_body(bodies[file])
            pages = [out / hole[0] for hole in body["holes"]]
            if any(stamp(page) != record["outputs"].get(str(page)) for page in pages):
                return None  # somebody has built since we looked
            renewed = renew(file, body, record["around"], rows)
            if renewed is None or written.keys() & renewed["written"].keys():
                return None
            bodies[file] = pack_body(renewed["body"])
            written.update(renewed["written"])
            rows = rows_after(file, rows, renewed["advice"])
    outputs = dict(record["outputs"])
    with watch.step("write"), unbroken():
        for name, content in written.items():
            _write(out / name, content)
            outputs[f"{out}/{name}"] = stamp(out / name)
    now: Record = {
        **record,
        "inputs": inputs,
        "outputs": outputs,
        "summary": {**summary, "advice": rows},
        "made": time.time_ns(),
    }
    result = BuildResult(
        out=Path(summary["out"]),
        prints=Path(summary["prints"]),
        pages=summary["pages"],
        sheets=summary["sheets"],
        written=tuple(written),
        kept=len(outputs) - len(written),
        removed=(),
        advice=tuple(map(advice_of, rows)),
        watch=watch,
        bodies=bodies,
        around=record["around"],
    )
    return result, Left(now, bodies)


def _write(target: Path, content: bytes) -> None:
    beside = target.with_name(f"{target.name}.{os.getpid()}.next")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
