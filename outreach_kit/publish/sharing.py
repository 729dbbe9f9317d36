"""Work shared with copies of this process, which know all that it knows and hand back plain values."""

from __future__ import annotations

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

Item = TypeVar("Item")


def can_copy() -> bool:
    """Whether a copy of this process can work: with threads about, it may wait for ever for a lock that
    nobody holds there."""
    return sys.platform == "linux" and threading.active_count() == 1


def share_out(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Any], shares: int
) -> list[Any]:
    """What `work` made of each share of the items, its first share being done here.

    A copy that fails says nothing: its share is done here again, and then says why.
    """
    parts = [items[one::shares] for one in range(shares)]
    helpers: list[tuple[int, int]] = []
    try:
        helpers.extend(_begin(part, work) for part in parts[1:])
        results = [work(parts[0])]
        for part in parts[1:]:
            worker, pipe = helpers[0]
            with os.fdopen(os.dup(pipe), "rb") as file:
                raw = file.read()
            _, status = os.waitpid(worker, 0)
            os.close(pipe)
            helpers.pop(0)
            results.append(marshal.loads(raw) if status == 0 else work(part))  # noqa: S302 - our own
        return results
    finally:
        for worker, pipe in helpers:
            os.close(pipe)
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(worker, signal.SIGKILL)
                os.waitpid(worker, 0)


def _begin(part: Sequence[Item], work: Callable[[Sequence[Item]], Any]) -> tuple[int, int]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    worker = os.fork()
    if worker:
        os.close(writing)
        return worker, reading
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with os.fdopen(writing, "wb") as file:
            file.write(marshal.dumps(work(part)))
        code = 0
    finally:
        os._exit(code)  # what else the process would do at its end is not ours
