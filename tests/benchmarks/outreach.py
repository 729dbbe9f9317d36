"""`python -m tests.benchmarks.outreach --sources 2000 --events 20000`: the pages of outreach over years.

An address book is filled with offices, visits, referrals, what was left there and gifts; somebody
signs in, and each page is fetched in turns through the whole application.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from form_server.ledger import Ledger
from form_server.serving import pass_over_what_lasts
from tests.benchmarks.desk import measure, show
from tests.benchmarks.outreach_years import OutreachYears
from tests.form_server.desk.stage import MovableClock, Stage, found_practice, make_stage

PAGES: Final = {
    "This week": "/desk/outreach",
    "Offices": "/desk/offices",
    "One office": "/desk/offices/office-8",
    "Thank-yous": "/desk/thanks",
    "Stock": "/desk/stock",
    "Gifts": "/desk/gifts",
    "Newsletter": "/desk/newsletter",
    "Scorecard": "/desk/scorecard",
    "Scorecard, two years": "/desk/scorecard?period=24",
    "What is owed": "/desk/owed",
    "Today": "/desk/",
}


def open_outreach(folder: Path, sources: int, events: int) -> tuple[Ledger, Stage]:
    """A founded ledger that holds so many, and a desk over it; who opens it closes the ledger."""
    url, clock = f"sqlite:///{folder / 'ledger.db'}", MovableClock()
    founding, user_key = found_practice(url)
    ledger = Ledger.open(url, clock=clock)
    OutreachYears(ledger, founding.inbox_id, founding.user_id, clock()).fill(sources, events)
    return ledger, make_stage(ledger, clock, founding, user_key)


def pages_of(stage: Stage) -> Mapping[str, Callable[[], None]]:
    """Each fetches one page. Somebody is signed in."""

    def get(path: str) -> Callable[[], None]:
        def fetch() -> None:
            answer = stage.get(path)
            assert answer.status_code == 200, (path, answer.status_code)

        return fetch

    return {name: get(path) for name, path in PAGES.items()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.outreach", description="The pages of outreach over years."
    )
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="a word of the pages to measure")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="outreach-") as folder:
        ledger, stage = open_outreach(Path(folder), given.sources, given.events)
        with ledger:
            stage.sign_in()
            pages = {name: fetch for name, fetch in pages_of(stage).items() if given.only in name}
            pass_over_what_lasts()  # as the server does once it is up
            measured = measure(pages, given.rounds)
    print(show(measured, f"{given.sources:,} sources, {given.events:,} visits and referrals"))
    return 0 if all(one.held for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
