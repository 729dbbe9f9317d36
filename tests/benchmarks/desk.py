"""`python -m tests.benchmarks.desk --referrals 20000`: how long the desk's pages take over years.

A ledger is filled with sealed referrals, somebody signs in with their six words, and each page is
fetched in turns through the whole application: guard, session, ledger, opening, template. What is
printed is the time that the server takes; the network is not in it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from form_server.ledger import Ledger
from tests.benchmarks.desk_years import Years
from tests.form_server.desk.stage import MovableClock, Stage, found_practice, hidden, make_stage

LIMIT_MS: Final = 100.0
_WARM_UP: Final = 3


@dataclass(frozen=True)
class Measured:
    """`limited` says whether the limit is meant for it; others are only reported."""

    page: str
    p50_ms: float
    p95_ms: float
    limited: bool = True

    @property
    def held(self) -> bool:
        return not self.limited or self.p50_ms < LIMIT_MS


def open_years(folder: Path, referrals: int) -> tuple[Ledger, Stage]:
    """A founded ledger that holds so many, and a desk over it; who opens it closes the ledger."""
    url, clock = f"sqlite:///{folder / 'ledger.db'}", MovableClock()
    founding, user_key = found_practice(url)
    ledger = Ledger.open(url, clock=clock)
    Years(ledger, founding.inbox_id, founding.user_id, clock()).fill(referrals)
    return ledger, make_stage(ledger, clock, founding, user_key)


def pages_of(stage: Stage, referral_id: str = "") -> Mapping[str, Callable[[], None]]:
    """Each fetches one page and looks whether it is the right one. Somebody is signed in.

    The referral that is opened is the newest, unless another is named.
    """

    def get(path: str, says: str) -> Callable[[], None]:
        def fetch() -> None:
            answer = stage.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            assert says in answer.text, path

        return fetch

    inbox = stage.get("/desk/inbox").text
    opened = referral_id or inbox.split('href="/desk/referrals/')[1].split('"')[0]
    form = {"csrf_token": hidden(inbox, "csrf_token"), "sought": "delgado"}

    def search() -> None:
        assert "Names and numbers were looked for" in stage.post("/desk/inbox", form).text

    return {
        "Today": get("/desk/", "waiting"),
        "Inbox, newest": get("/desk/inbox", "Older</a>"),
        "Inbox, oldest": get("/desk/inbox?from=oldest", "Newer</a>"),
        "Inbox, a common sieve": get("/desk/inbox?state=closed&fit=in", "like that"),
        "Inbox, a rare sieve": get(
            "/desk/inbox?state=open&fit=out&mark=read_first&source=office-3", "like that"
        ),
        "One referral": get(f"/desk/referrals/{opened}", "Receipt"),
        "What is owed": get("/desk/owed", "What is owed"),
        "Pulse": get("/desk/pulse", "waiting"),
        "Search, 500 opened": search,
    }


def measure(pages: Mapping[str, Callable[[], None]], rounds: int) -> list[Measured]:
    """In turns, so that a slow moment of the machine meets every page."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(_WARM_UP + rounds):
        for name, fetch in pages.items():
            began_s = time.perf_counter()
            fetch()
            if number >= _WARM_UP:
                times[name].append((time.perf_counter() - began_s) * 1000)
    return [
        Measured(
            name, statistics.median(taken), statistics.quantiles(taken, n=20)[-1],
            limited=not name.startswith("Search"),
        )
        for name, taken in times.items()
    ]  # fmt: skip


def show(measured: list[Measured], of_what: str) -> str:
    lines = [f"{of_what}, one inbox; limit: p50 under {LIMIT_MS:g} ms", ""]
    lines += [f"{'page':<24}{'p50':>10}{'p95':>10}  held"]
    for one in measured:
        held = ("yes" if one.held else "NO") if one.limited else "(no limit)"
        lines.append(f"{one.page:<24}{one.p50_ms:>7.1f} ms{one.p95_ms:>7.1f} ms  {held}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.desk", description="The desk's pages over years."
    )
    parser.add_argument("--referrals", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        ledger, stage = open_years(Path(folder), given.referrals)
        with ledger:
            stage.sign_in()
            measured = measure(pages_of(stage), given.rounds)
    print(show(measured, f"{given.referrals:,} referrals"))
    return 0 if all(one.held for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
