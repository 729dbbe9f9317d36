"""`python -m tests.torture --referrals N --kills K`: exit code 1 when a promise was broken."""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import random
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from tests.postgres import running_postgres
from tests.torture.aftermath import Order
from tests.torture.figures import figures_of
from tests.torture.storm import Storm
from tests.torture.verdict import Verdict

_SHOWN = 20
_KILLS_AN_OUTAGE = 4


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--referrals", type=int, default=60)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, help="the same faults and strikes again")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite",
                        help="a PostgreSQL of its own is started, and crashed at times")  # fmt: skip
    parser.add_argument("--webs", type=int, default=2, help="processes; on PostgreSQL")
    parser.add_argument("--workers", type=int, default=2, help="processes; on PostgreSQL")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    given = parser.parse_args(arguments)
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd mourns each cut connection
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    order = Order(given.referrals, given.kills, seed, given.clients)
    with contextlib.ExitStack() as stack:
        if given.database == "postgresql":
            postgres = stack.enter_context(running_postgres(survives_crashes=True))
            order = replace(
                order, postgres=postgres, webs=given.webs, workers=given.workers,
                outages=given.kills // _KILLS_AN_OUTAGE,
            )  # fmt: skip
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="torture-"))
        after = Storm(order, Path(home)).run()
        with after.open_ledger() as ledger:
            verdict = Verdict(after, ledger)
            figures = figures_of(verdict)
    if given.json:
        print(json.dumps({"seed": seed, **asdict(figures), "broken": verdict.broken}))
    else:
        print(f"{figures.line} (seed {seed})")
    for one in verdict.broken[:_SHOWN]:
        print(f"broken: {one}", file=sys.stderr)
    if len(verdict.broken) > _SHOWN:
        print(f"broken: and {len(verdict.broken) - _SHOWN} more", file=sys.stderr)
    return 1 if verdict.broken else 0


if __name__ == "__main__":
    sys.exit(main())
