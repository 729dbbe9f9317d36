"""The benchmark runs and measures what it says; no time is asserted."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.paper import run


def test_every_figure_is_measured_and_a_missing_peer_is_named(tmp_path: Path) -> None:
    guide, whole, everything, *offices = run(tmp_path, turns=1, offices=[2], sheets=2)
    assert "--weasyprint" in guide.peer
    assert whole.ours.endswith("ms")
    assert everything.ratio
    assert everything.peer.endswith("ms")
    assert [one.name for one in offices] == ["guides for 2 offices, merged and packed"]
