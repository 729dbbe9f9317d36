"""`python -m tests.benchmarks.intake`: taking a referral in, beside what others would have built.

Ours is the real server: the referral checked, sealed, committed with its deliveries, and mailed by
the worker meanwhile. The two sides of a ratio are measured in turns (A B A B), and the ratio is the
median of the turns', because the machine itself drifts. What is left to deliver after a turn of ours
is delivered before the peer's turn begins.
"""

from __future__ import annotations

import argparse
import json
import math
import smtplib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks.letter import a_notice
from tests.benchmarks.stage import FORM, JSON, Measured, Stage
from tests.benchmarks.table import Figure, at_least, at_most, table

_DRAIN_WITHIN_S: Final = 120.0
_CLIENTS: Final = 8
_PACE: Final = 20.0  # a second
_SLOW_S: Final = 0.5
_SILENT_LIMIT_MS: Final = 10.0
_SUBJECT: Final = "New referral "


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    turns: int = 5
    posts: int = 300
    seconds: float = 4.0
    mails: int = 150


@dataclass
class Intake:
    stage: Stage
    scale: Scale
    bare: int
    tutorial: int

    def __post_init__(self) -> None:
        self._mails = 0
        self._notice = a_notice()

    def figures(self) -> Iterator[Figure]:
        self._warm_up()
        yield from self._one_client()
        yield self._eight_clients()
        yield from self._until_received()
        yield self._slow_relay()
        yield from self._silent_relay()
        yield self._relay_down()

    def _warm_up(self) -> None:
        for port, kind in ((self.stage.ours.port, JSON), (self.bare, JSON), (self.tutorial, FORM)):
            self._settle(self.stage.measure(port, count=30, kind=kind), mailed=port != self.bare)

    def _one_client(self) -> Iterator[Figure]:
        """One office after the other, and one now and then, each on a connection of its own."""

        def post(port: int, per_second: float) -> float:
            count = self.scale.posts if not per_second else self.scale.mails // self.scale.turns
            measured = self.stage.measure(
                port, count=max(1, count), per_second=per_second, fresh=True, kind=JSON
            )
            self._settle(measured, mailed=port != self.bare)
            return _p50_ms(measured.latencies_ns)

        for name, pace in (("without a pause", 0.0), (f"{_PACE:g} a second", _PACE)):
            turns = self._turns(
                partial(post, self.stage.ours.port, pace), partial(post, self.bare, pace)
            )
            name = f"POST answered, 1 client, {name}, p50 (peer: bare Flask + 1 commit)"
            yield at_most(name, *_in_ms(turns), _ratio(turns), 1.5)

    def _eight_clients(self) -> Figure:
        turns = self._turns(
            lambda: self._throughput(self.stage.ours.port), lambda: self._throughput(self.tutorial)
        )
        name = f"answers a second, {_CLIENTS} clients (peer: inline tutorial)"
        return at_least(name, *_per_second(turns), _ratio(turns), 2.0)

    def _until_received(self) -> Iterator[Figure]:
        """Twenty a second, each followed by one mail of a program that only keeps a connection."""
        waits_ms: list[float] = []
        offices_ms: list[float] = []
        sends_ms: list[float] = []
        with smtplib.SMTP("127.0.0.1", self.stage.sink.port, "[127.0.0.1]") as smtp:
            for turn in range(self.scale.turns):
                count = max(1, self.scale.mails // self.scale.turns)
                measured = self.stage.measure(
                    self.stage.ours.port, count=count, per_second=_PACE, kind=JSON
                )
                self._settle(measured)
                after_answer, after_post = self._waits_ms(measured)
                waits_ms += after_answer
                offices_ms += after_post
                sends_ms += self._bare_sends_ms(smtp, f"bare-{turn}", count)
        ours, peer = statistics.median(waits_ms), statistics.median(sends_ms)
        name = "answer to received by SMTP, p50 (peer: bare kept-alive send)"
        yield at_most(name, f"{ours:.2f} ms", f"{peer:.2f} ms", ours / peer, 1.2)
        whole = statistics.median(offices_ms)
        yield Figure("  the same from the request's first byte", f"{whole:.2f} ms", "")
        yield self._after_idling()

    def _after_idling(self) -> Figure:
        """An hour's idling ends the connection; the first mail after it has to dial again."""
        waits_ms = []
        for _ in range(self.scale.turns):
            self.stage.sink.tell("drop")
            measured = self.stage.measure(self.stage.ours.port, count=1, kind=JSON)
            self._settle(measured)
            waits_ms += self._waits_ms(measured)[0]
        return Figure(
            "  the first mail after the connection was lost",
            f"{statistics.median(waits_ms):.2f} ms",
            "",
        )

    def _slow_relay(self) -> Figure:
        self.stage.sink.tell(f"delay {_SLOW_S}")
        turns = self._turns(
            lambda: self._throughput(self.stage.ours.port, settle=False),
            lambda: self._throughput(self.tutorial, settle=False),
        )
        name = f"answers a second, {_CLIENTS} clients, relay takes {_SLOW_S} s"
        return at_least(name, *_per_second(turns), _ratio(turns), 40.0)

    def _silent_relay(self) -> Iterator[Figure]:
        stage = self.stage
        stage.sink.tell("silent")
        stage.sink.tell("drop")
        began = [
            stage.begin(port, "--connections", str(_CLIENTS), "--seconds", "30", kind=FORM)
            for port in (stage.ours.port, self.tutorial)
        ]
        time.sleep(0.5)
        began[0].kill()
        began[0].communicate()
        ours = stage.measure(stage.ours.port, count=200, method="GET", path="/healthz")
        peer = stage.measure(self.tutorial, count=1, seconds=2.5, method="GET", path="/healthz")
        began[1].kill()
        began[1].communicate()
        slowest_ms = max(ours.latencies_ns) / 1e6
        said = f"{_p50_ms(peer.latencies_ns):.1f} ms" if peer.good else "no answer in 3 s"
        yield Figure(
            "/healthz with the relay silent, slowest of 200",
            f"{slowest_ms:.1f} ms",
            said,
            limit=f"< {_SILENT_LIMIT_MS:g} ms",
            held=ours.good == 200 and slowest_ms < _SILENT_LIMIT_MS,
        )
        yield Figure("  p50", f"{_p50_ms(ours.latencies_ns):.1f} ms", "")

    def _relay_down(self) -> Figure:
        self.stage.sink.stop()
        time.sleep(0.5)  # the peer's threads notice
        ours, peer = (
            self.stage.measure(
                port, clients=_CLIENTS, count=self.scale.posts, seconds=10, kind=FORM
            )
            for port in (self.stage.ours.port, self.tutorial)
        )
        return Figure(
            "errors with the relay down",
            f"{ours.error_share:.0%}",
            f"{peer.error_share:.0%}",
            limit="0%",
            held=ours.error_share == 0,
        )

    def _throughput(self, port: int, *, settle: bool = True) -> float:
        measured = self.stage.measure(port, clients=_CLIENTS, seconds=self.scale.seconds, kind=FORM)
        if settle:
            self._settle(measured)
        return measured.good / measured.seconds

    def _turns(
        self, ours: Callable[[], float], peer: Callable[[], float]
    ) -> list[tuple[float, float]]:
        return [(ours(), peer()) for _ in range(self.scale.turns)]

    def _settle(self, measured: Measured, *, mailed: bool = True) -> None:
        """Until everything that was accepted has been mailed."""
        assert measured.good == measured.answers, measured.statuses
        if mailed:
            self._mails += measured.good
            self.stage.sink.wait_for(self._mails, _DRAIN_WITHIN_S)

    def _waits_ms(self, measured: Measured) -> tuple[list[float], list[float]]:
        """Until the sink had the mail: from each answer, and from each request's first byte."""
        arrivals = self.stage.sink.arrivals()
        came_ns = {
            subject.removeprefix(_SUBJECT).partition(":")[0]: at_ns
            for subject, at_ns in arrivals.items()
        }
        since_answer = [
            came_ns[receipt] - answered_ns
            for receipt, answered_ns in zip(measured.receipts, measured.answered_ns, strict=True)
        ]
        since_post = [
            wait + latency
            for wait, latency in zip(since_answer, measured.latencies_ns, strict=True)
        ]
        return [one / 1e6 for one in since_answer], [one / 1e6 for one in since_post]

    def _bare_sends_ms(self, smtp: smtplib.SMTP, name: str, count: int) -> list[float]:
        """The mail that a notice is, byte for byte but for its subject, by the standard library."""
        begun_ns = {}
        for number in range(count):
            subject = f"{name}-{number}"
            message = self._notice.replace(b"Subject: ", b"Subject: %s " % subject.encode(), 1)
            begun_ns[subject] = time.monotonic_ns()
            smtp.sendmail("referrals@harborstreet.example", ["nora@harborstreet.example"], message)
            time.sleep(0.05)
        self._mails += count
        self.stage.sink.wait_for(self._mails, _DRAIN_WITHIN_S)
        arrivals = self.stage.sink.arrivals()
        came_ns = {subject.partition(" ")[0]: at_ns for subject, at_ns in arrivals.items()}
        return [(came_ns[name] - at_ns) / 1e6 for name, at_ns in begun_ns.items()]


def run(folder: Path, scale: Scale) -> list[Figure]:
    with Stage(folder) as stage:
        return list(
            Intake(stage, scale, stage.start_peer("bare"), stage.start_peer("tutorial")).figures()
        )


def _p50_ms(times_ns: Sequence[int]) -> float:
    return statistics.median(times_ns) / 1e6


def _ratio(turns: Sequence[tuple[float, float]]) -> float:
    """A peer that got nothing done is outdone by whatever was done."""
    return statistics.median(
        ours / peer if peer else math.inf if ours else 0.0 for ours, peer in turns
    )


def _in_ms(turns: Sequence[tuple[float, float]]) -> tuple[str, str]:
    ours, peer = (statistics.median(side) for side in zip(*turns, strict=True))
    return f"{ours:.2f} ms", f"{peer:.2f} ms"


def _per_second(turns: Sequence[tuple[float, float]]) -> tuple[str, str]:
    ours, peer = (statistics.median(side) for side in zip(*turns, strict=True))
    return f"{ours:.0f}/s", f"{peer:.0f}/s"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.intake", description="Taking a referral in, beside others."
    )
    parser.add_argument("--turns", type=int, default=Scale.turns)
    parser.add_argument("--posts", type=int, default=Scale.posts, help="for each p50 and turn")
    parser.add_argument("--seconds", type=float, default=Scale.seconds, help="for each throughput")
    parser.add_argument("--mails", type=int, default=Scale.mails)
    parser.add_argument("--json", action="store_true")
    given = vars(parser.parse_args(arguments))
    as_json = given.pop("json")
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        figures = run(Path(folder), Scale(**given))
    print(json.dumps([asdict(one) for one in figures]) if as_json else table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
