"""What processes cost while nothing happens: memory, time of a processor, and how often they wake."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.table import Figure

_PROC: Final = Path("/proc")
_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")
_MINUTE_S: Final = 60.0


@dataclass(frozen=True)
class Cost:
    """Of several processes together, since each of them began; `memory_kb` is of this moment."""

    memory_kb: int
    cpu_s: float
    wakes: int
    """Voluntary context switches: each is a thread that slept and was woken."""


def read_cost(pids: Sequence[int]) -> Cost:
    """Of processes that run; a thread that ends meanwhile is not counted."""
    memory_kb, cpu_s, wakes = 0, 0.0, 0
    for pid in pids:
        home = _PROC / str(pid)
        memory_kb += _numbers(home / "status")["VmRSS"]
        # The name in brackets may hold spaces; behind it come the numbers from the third on.
        fields = (home / "stat").read_text().rpartition(")")[2].split()
        cpu_s += (int(fields[11]) + int(fields[12])) / _TICKS_PER_S
        for thread in (home / "task").iterdir():
            wakes += _numbers(thread / "status").get("voluntary_ctxt_switches", 0)
    return Cost(memory_kb, cpu_s, wakes)


def figures_of(groups: Mapping[str, Sequence[int]], seconds: float) -> Iterator[Figure]:
    """A row for each group of processes, after they were left alone for that long."""
    before = {name: read_cost(pids) for name, pids in groups.items()}
    began_s = time.monotonic()
    time.sleep(seconds)
    minutes = (time.monotonic() - began_s) / _MINUTE_S
    for name, pids in groups.items():
        then, now = before[name], read_cost(pids)
        cpu_s, wakes = (now.cpu_s - then.cpu_s) / minutes, (now.wakes - then.wakes) / minutes
        said = f"{now.memory_kb / 1024:.0f} MB, {cpu_s:.2f} s CPU and {wakes:.0f} wake-ups a minute"
        yield Figure(f"idle: {name}", said, "")


def family_of(pid: int) -> list[int]:
    """The process that started this one, and all that it started which still run."""
    parents = dict(_parents())
    return [one for one, parent in parents.items() if parents[pid] in (one, parent)]


def _parents() -> Iterator[tuple[int, int]]:
    for stat in _PROC.glob("[0-9]*/stat"):
        try:
            yield int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile


def _numbers(status: Path) -> dict[str, int]:
    lines = (line.split() for line in status.read_text().splitlines())
    return {
        words[0].rstrip(":"): int(words[1]) for words in lines if words[1:2] and words[1].isdigit()
    }
