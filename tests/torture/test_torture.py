"""A short storm: what the long one shows with a thousand kills must hold with six."""

from __future__ import annotations

from pathlib import Path

from tests.torture.aftermath import Order
from tests.torture.figures import figures_of
from tests.torture.storm import Storm
from tests.torture.verdict import Verdict


def test_no_referral_is_lost_leaked_or_mailed_twice_without_cause(tmp_path: Path) -> None:
    after = Storm(Order(referrals=60, kills=6), tmp_path).run()
    with after.open_ledger() as ledger:
        verdict = Verdict(after, ledger)
        figures = figures_of(verdict)
    assert verdict.broken == ()
    assert (figures.posted, figures.killed, figures.lost) == (60, 6, 0)
    # Proof that there was a storm, and that it struck where it meant to.
    assert figures.struck_in_time >= 4
    assert sum(after.weather.faults.values()) > 0
    assert figures.mails >= 2 * figures.accepted
