"""The benchmark runs and measures what it says; no time is asserted."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.intake import Scale, run
from tests.benchmarks.table import table


def test_every_figure_is_measured_beside_its_peer(tmp_path: Path) -> None:
    figures = run(tmp_path, Scale(turns=1, posts=10, seconds=0.3, mails=3))
    ratios = [one for one in figures if one.ratio]
    assert len(ratios) == 5
    assert all(one.ours and one.peer and one.limit for one in ratios)
    (errors,) = (one for one in figures if one.name.startswith("errors"))
    assert (errors.ours, errors.peer) == ("0%", "100%")
    assert len(table(figures).splitlines()) == len(figures) + 2
