"""All processes of one installation: webs that deliver too, and workers whose clocks disagree."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tests.house.server_process import ServerProcess, free_port

_WRONG_BY_S: Final = (180.0, -150.0, 60.0, -45.0)


@dataclass(frozen=True)
class Fleet:
    """`webs` is never empty; all stand on one database and one folder of state."""

    webs: Sequence[ServerProcess]
    workers: Sequence[ServerProcess] = ()

    @classmethod
    def of(cls, first: ServerProcess, webs: int, workers: int) -> Fleet:
        more = [replace(first, port=free_port()) for _ in range(webs - 1)]
        askew = [
            replace(first, entry=("tests.torture.askew", str(_WRONG_BY_S[n % len(_WRONG_BY_S)])))
            for n in range(workers)
        ]
        for number, one in enumerate((*more, *askew)):
            one.log = first.home / f"server-{number + 2}.log"
        return cls((first, *more), tuple(askew))

    @property
    def ports(self) -> tuple[int, ...]:
        return tuple(one.port for one in self.webs)

    @property
    def all(self) -> tuple[ServerProcess, ...]:
        return (*self.webs, *self.workers)

    def start(self) -> None:
        """Whoever does not run; returns once every web answers."""
        for worker in self.workers:
            if not worker.is_running:
                worker.launch()
        for web in self.webs:
            if not web.is_running:
                web.start()

    def kill(self) -> None:
        for one in self.all:
            one.kill()

    def kill_one_worker(self, chance: random.Random) -> None:
        chance.choice(self.workers).kill()

    def signal(self, number: int) -> None:
        for one in self.all:
            one.signal(number)

    def stop(self) -> list[int]:
        """By SIGTERM, all at once; the exit codes."""
        running = [one for one in self.all if one.is_running]
        return [one.stop() for one in running]
