"""`python -m tests.torture --referrals N --kills K`: exit code 1 when a promise was broken."""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.torture.aftermath import Order
from tests.torture.figures import figures_of
from tests.torture.storm import Storm
from tests.torture.verdict import Verdict

_SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--referrals", type=int, default=60)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, help="the same faults and strikes again")
    parser.add_argument("--database", default="", help="postgresql://… instead of SQLite")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    given = parser.parse_args(arguments)
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd mourns each cut connection
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    order = Order(given.referrals, given.kills, seed, given.clients, given.database)
    with tempfile.TemporaryDirectory(prefix="torture-") as home:
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
