"""The website beside its peers: `python -m tests.benchmarks.site [--turns N] [--pages N …]`.

Pelican (`--pelican PYTHON`) and Hugo (`--hugo COMMAND`) take part where they are installed. All get the
same pages (see `site_folders`), on a disk in memory where there is one, in turns; PDFs are left out.

A build is cold when nothing is left of any earlier one that was made from the practice: no site, no record
of it, nothing that was found out about a text. What belongs to the program stays, as it does for the peers:
byte code, compiled templates, fonts cut for the alphabets that it brings along, and its icons in the
colours and initial of the house. Ours is a copy of this checkout with a cache of its own, so that nothing
here is touched but the byte code of the packages: it is written even where a setting forbids that, because
else each build would compile anew what the peers have long compiled.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.site_folders import (
    edit_body,
    make_hugo,
    make_pelican,
    make_practice,
    page_in_hugo,
    page_in_practice,
    page_name,
)
from tests.benchmarks.site_processes import (
    copy_program,
    forget_practices,
    measured,
    serving,
    shown_after,
)
from tests.benchmarks.table import Figure, at_most, table

MEMORY_DISK = Path("/dev/shm")
EDITED = 0
"""The page that is edited."""
_LOADED_ALL = 1000
_LIMITS = {10: 0.9}
_LIMIT = 0.8


@dataclass(frozen=True)
class Peers:
    """How to run them; empty for one that is not here."""

    pelican: str = ""
    hugo: str = ""


@dataclass(frozen=True)
class Turns:
    """Says of each turn whether it counts: those before compile byte code, templates and faces."""

    counted: int
    before: int = 1

    def __iter__(self) -> Iterator[bool]:
        yield from (False,) * self.before
        yield from (True,) * self.counted

    def at_most(self, counted: int) -> Turns:
        return Turns(min(counted, self.counted), self.before)


@dataclass(frozen=True)
class Folders:
    """The same pages for each; Pelican's and Hugo's only where they are here."""

    home: Path
    pages: int
    peers: Peers
    program: Path

    @property
    def practice(self) -> Path:
        return self.home / "practice"

    @property
    def site(self) -> Path:
        return self.home / "site"

    def make(self) -> Folders:
        make_practice(self.practice, self.pages)
        if self.peers.pelican:
            make_pelican(self.home / "pelican", self.pages)
        if self.peers.hugo:
            make_hugo(self.home / "hugo", self.pages)
        return self

    def ours(self, *more: str) -> list[str]:
        return [
            sys.executable, "build.py", "--quiet", "--only", "site", "--practice", str(self.practice),
            "--out", str(self.site), *more,
        ]  # fmt: skip

    def pelican(self) -> list[str]:
        home = self.home / "pelican"
        return [
            self.peers.pelican, "-m", "pelican", "-q", "-s", str(home / "settings.py"),
            "-o", str(home / "output"), str(home / "content"),
        ]  # fmt: skip

    def hugo(self, *more: str) -> list[str]:
        command, source = self.peers.hugo, str(self.home / "hugo")
        return [command, *more, "--quiet", "--source", source]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 1000, 10_000])
    parser.add_argument(
        "--pelican", default="", metavar="PYTHON", help="an interpreter with Pelican"
    )
    parser.add_argument("--hugo", default="", metavar="COMMAND", help="how Hugo is started")
    options = parser.parse_args(arguments)
    disk = MEMORY_DISK if MEMORY_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(dir=disk) as folder:
        peers = Peers(options.pelican, options.hugo)
        print(table(run(Path(folder), Turns(options.turns), options.pages, peers)))


def run(folder: Path, turns: Turns, pages: Sequence[int], peers: Peers) -> list[Figure]:
    """All figures; those of edits are measured at 1,000 pages, or at the last number where that is less."""
    program = copy_program(folder / "program")
    figures: list[Figure] = []
    peaks: dict[int, float] = {}
    for count in pages:
        folders = Folders(folder / str(count), count, peers, program).make()
        # The ten-thousand-page builds take minutes in all: a median of three is steady there.
        cold, peaks[count] = _cold(folders, turns.at_most(3) if count > 5000 else turns)
        figures.append(cold)
        if count == min(1000, max(pages)):
            figures += [_edited(folders, turns), _nothing(folders, turns), _watched(folders, turns)]
        shutil.rmtree(folders.home)
    return [*figures, *_memory(peaks)]


def _cold(folders: Folders, turns: Turns) -> tuple[Figure, float]:
    """Whole processes with nothing built before; the most megabytes that ours held."""
    ours, theirs, peaks = [], [], []
    for counts in turns:
        shutil.rmtree(folders.site, ignore_errors=True)
        forget_practices(folders.program)
        took_ms, peak_mb = measured(folders.ours(), folders.program)
        peer_ms = 0.0
        if folders.peers.pelican:
            shutil.rmtree(folders.home / "pelican" / "output", ignore_errors=True)
            peer_ms, _ = measured(folders.pelican())
        if counts:
            ours.append(took_ms)
            theirs.append(peer_ms)
            peaks.append(peak_mb)
    name = f"cold build, {folders.pages:,} pages (peer: Pelican)"
    limit = _LIMITS.get(folders.pages, _LIMIT)
    said = f"{statistics.median(ours):.0f} ms, {max(peaks):.0f} MB"
    if not folders.peers.pelican:
        missing = Figure(name, said, "not given: --pelican PYTHON", "", f"<= {limit:g}x")
        return missing, max(peaks)
    return _beside(name, ours, theirs, limit, said), max(peaks)


def _edited(folders: Folders, turns: Turns) -> Figure:
    """One body edited, a new process; beside Hugo's only way, which is to build all."""
    page = page_in_practice(folders.practice, EDITED)
    ours, theirs = [], []
    for counts in turns:
        edit_body(page, f"turn {time.monotonic_ns()}")
        took_ms, _ = measured(folders.ours(), folders.program)
        peer_ms = measured(folders.hugo())[0] if folders.peers.hugo else 0.0
        if counts:
            ours.append(took_ms)
            theirs.append(peer_ms)
    name = f"one body edited, new process, {folders.pages:,} pages (peer: Hugo, full build)"
    if not folders.peers.hugo:
        return Figure(name, _ms(ours), "not given: --hugo COMMAND", "", "<= 0.3x")
    return _beside(name, ours, theirs, 0.3)


def _nothing(folders: Folders, turns: Turns) -> Figure:
    """Nothing changed since; beside an interpreter that imports one module of its own."""
    ours, theirs = [], []
    for counts in turns:
        took_ms, _ = measured(folders.ours(), folders.program)
        peer_ms, _ = measured([sys.executable, "-c", "import sqlite3"])
        if counts:
            ours.append(took_ms)
            theirs.append(peer_ms)
    name = f"nothing changed, {folders.pages:,} pages (peer: python -c 'import sqlite3')"
    return _beside(name, ours, theirs, 3)


def _watched(folders: Folders, turns: Turns) -> Figure:
    """From the saved edit to the page that shows it, both servers at work and asked in turns."""
    url = f"/{page_name(EDITED)}/"
    name = f"--serve --watch, edit to page, {folders.pages:,} pages (peer: Hugo's server)"
    ours, theirs = [], []
    with ExitStack() as stack:
        port = stack.enter_context(
            serving(
                lambda port: folders.ours("--watch", "--serve", str(port)), url, folders.program
            )
        )
        peer = 0
        if folders.peers.hugo:
            serve = ("server", "--bind", "127.0.0.1", "--port")
            peer = stack.enter_context(serving(lambda port: folders.hugo(*serve, str(port)), url))
        for counts in turns:
            took_ms = shown_after(page_in_practice(folders.practice, EDITED), port, url)
            peer_ms = (
                shown_after(page_in_hugo(folders.home / "hugo", EDITED), peer, url) if peer else 0.0
            )
            if counts:
                ours.append(took_ms)
                theirs.append(peer_ms)
    if not folders.peers.hugo:
        return Figure(name, _ms(ours), "not given: --hugo COMMAND", "", "<= 0.1x")
    return _beside(name, ours, theirs, 0.1)


def _memory(peaks: dict[int, float]) -> list[Figure]:
    """How much more the greatest site takes than a smaller one, a page.

    A build of a few pages has loaded less of the program. Beside one, that counts as the pages', and the
    figure is only reported.
    """
    most = max(peaks)
    smaller = [one for one in peaks if one < most]
    if not smaller:
        return []
    few = min(smaller, key=lambda one: abs(one - _LOADED_ALL))
    kilobytes = (peaks[most] - peaks[few]) * 1024 / (most - few)
    figure = Figure(f"memory a page, from {few:,} to {most:,} pages", f"{kilobytes:.1f} kB", "")
    if few < _LOADED_ALL:
        return [figure]
    return [replace(figure, limit="< 5 kB", held=kilobytes < 5)]


def _beside(
    name: str, ours: Sequence[float], theirs: Sequence[float], limit: float, said: str = ""
) -> Figure:
    """The median of the turns' own ratios: what else the machine does in a turn slows both."""
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return at_most(name, said or _ms(ours), _ms(theirs), ratio, limit)


def _ms(times_ms: Sequence[float]) -> str:
    return f"{statistics.median(times_ms):.0f} ms"


if __name__ == "__main__":
    main()
