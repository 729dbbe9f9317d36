"""The benchmark runs and measures what it says; no time is asserted."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.site import Peers, Turns, run
from tests.benchmarks.site_folders import make_hugo, make_pelican, page_body, page_in_hugo


def test_every_figure_is_measured_and_a_missing_peer_is_named(tmp_path: Path) -> None:
    once = Turns(1, before=0)
    small, cold, edited, nothing, watched, memory = run(tmp_path, once, [1, 2], Peers())
    assert [small.name[:22], cold.name[:22]] == ["cold build, 1 pages (p", "cold build, 2 pages (p"]
    for figure in (small, cold, edited, watched):
        assert "not given" in figure.peer
        assert "ms" in figure.ours
    assert nothing.ratio
    assert memory.ours.endswith("kB")


def test_the_peers_get_the_same_words(tmp_path: Path) -> None:
    settings = make_pelican(tmp_path / "pelican", 2)
    assert page_body(1) in (settings.parent / "content/page-00001.md").read_text("utf-8")
    assert page_body(1) in page_in_hugo(make_hugo(tmp_path / "hugo", 2), 1).read_text("utf-8")
    assert 380 <= len(page_body(1).split()) <= 450
