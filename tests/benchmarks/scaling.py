"""`python -m tests.benchmarks.scaling`: what more processes bring on PostgreSQL, and what idling costs.

Workers are measured on a queue that is full before they are called, through a relay that takes 20 ms
for each mail: sending is waiting, and so many workers wait at once. They run and listen already, so
that no start is in the figure. Webs are measured by eight clients, spread over them. All of it, the
database and the clients too, shares this machine's processors: where they are few, the webs' ratio says
so. Sizes are measured in turns (1 2 4, 1 2 4), each with the processes of the one before and more, and
the ratio is the median of the turns'.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.group import CLIENTS, Group
from tests.benchmarks.idle import figures_of, read_cost
from tests.benchmarks.table import Figure, at_least, table
from tests.house.server_process import ServerProcess, free_port
from tests.postgres import running_postgres

_RELAY_S: Final = 0.02
_LIMITS: Final = {2: 1.8, 4: 3.3}
_CALM_S: Final = 2.0  # after a worker's start: the first round of its chores
_SETTLED_S: Final = 12.0  # before idling is measured: every chore has had its turn


@dataclass(frozen=True)
class Scale:
    """How much is measured, and how many processes at once; `idle_s` of 0 leaves idling out."""

    turns: int = 3
    mails: int = 480
    calm_s: float = _CALM_S
    seconds: float = 5.0
    idle_s: float = 60.0
    workers: tuple[int, ...] = (1, 2, 4)
    webs: tuple[int, ...] = (1, 2)


def figures_in(folder: Path, scale: Scale) -> Iterator[Figure]:
    with (
        running_postgres(keeps_to_the_disk=True) as postgres,
        Group(folder, postgres) as group,
    ):
        yield from _delivered(group, scale)
        yield from _accepted(group, scale)
        if scale.idle_s:
            yield from _idle_there(group, scale.idle_s)
    if scale.idle_s:
        yield from _idle_here(folder / "alone", scale.idle_s)


def _delivered(group: Group, scale: Scale) -> Iterator[Figure]:
    group.sink.tell(f"delay {_RELAY_S}")
    rates: dict[int, list[float]] = {count: [] for count in scale.workers}
    cpu_ms: dict[int, list[float]] = {count: [] for count in scale.workers}
    for _ in range(scale.turns):
        workers: list[int] = []
        for count in scale.workers:
            workers += [one.pid for one in group.start_workers(count - len(workers))]
            time.sleep(scale.calm_s)
            before = read_cost(workers)
            rates[count].append(group.deliver(scale.mails))
            cpu_ms[count].append((read_cost(workers).cpu_s - before.cpu_s) * 1000 / scale.mails)
        group.end()
    group.sink.tell("delay 0")
    for count in scale.workers:
        name = f"delivered a second, {count} workers (peer: one), relay takes 20 ms"
        yield from compare(name, rates, count, _LIMITS.get(count))
        spent = statistics.median(cpu_ms[count])
        yield Figure("  a worker's own time for each mail", f"{spent:.1f} ms CPU", "")


def _accepted(group: Group, scale: Scale) -> Iterator[Figure]:
    rates: dict[int, list[float]] = {count: [] for count in scale.webs}
    for _ in range(scale.turns):
        webs: list[ServerProcess] = []
        for count in scale.webs:
            webs += group.start_webs(count - len(webs))
            rates[count].append(group.accept(webs, scale.seconds))
        group.end()
    for count in scale.webs:
        name = f"accepted a second, {count} webs (peer: one), {CLIENTS} clients, delivering too"
        yield from compare(name, rates, count, None)


def compare(
    name: str, rates: dict[int, list[float]], count: int, limit: float | None
) -> Iterator[Figure]:
    """The row of `count` processes; one alone has nothing to be held against."""
    ours, one = statistics.median(rates[count]), statistics.median(rates[1])
    ratio = statistics.median(a / b for a, b in zip(rates[count], rates[1], strict=True))
    if count == 1:
        yield Figure(name.replace("workers (peer: one)", "worker").replace("webs (peer: one)", "web"),
                     f"{ours:.1f}/s", "")  # fmt: skip
    elif limit is None:
        yield Figure(name, f"{ours:.1f}/s", f"{one:.1f}/s", f"{ratio:.2f}x")
    else:
        yield at_least(name, f"{ours:.1f}/s", f"{one:.1f}/s", ratio, limit)


def _idle_there(group: Group, seconds: float) -> Iterator[Figure]:
    (web,), (worker,) = group.start_webs(1), group.start_workers(1)
    time.sleep(_SETTLED_S)
    yield from figures_of(
        {"serve on PostgreSQL": [web.pid], "worker": [worker.pid],
         "PostgreSQL itself": group.database_pids()},
        seconds,
    )  # fmt: skip
    group.end()


def _idle_here(folder: Path, seconds: float) -> Iterator[Figure]:
    folder.mkdir()
    alone = ServerProcess(folder, free_port())
    alone.init()
    alone.start()
    try:
        time.sleep(_SETTLED_S)
        yield from figures_of({"serve on SQLite": [alone.pid]}, seconds)
    finally:
        alone.kill()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.scaling",
        description="What more processes bring on PostgreSQL, and what idling costs.",
    )
    parser.add_argument("--turns", type=int, default=Scale.turns)
    parser.add_argument("--mails", type=int, default=Scale.mails, help="for each number of workers")
    parser.add_argument(
        "--seconds", type=float, default=Scale.seconds, help="for each number of webs"
    )
    parser.add_argument(
        "--idle-s", type=float, default=Scale.idle_s, help="for each store; 0 leaves it out"
    )
    parser.add_argument("--json", action="store_true")
    given = vars(parser.parse_args(arguments))
    as_json = given.pop("json")
    with tempfile.TemporaryDirectory(prefix="scaling-") as folder:
        figures = list(figures_in(Path(folder), Scale(**given)))
    print(json.dumps([asdict(one) for one in figures]) if as_json else table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
