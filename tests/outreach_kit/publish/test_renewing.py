"""Whatever is edited, a build on top of the last one leaves what a build from nothing makes."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.publish.building import build
from outreach_kit.publish.glance import find_changed
from outreach_kit.publish.records import Left, leave, renew_pages
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.stamps import stamp_inputs
from tests.benchmarks.site_folders import make_practice, page_in_practice
from tests.outreach_kit.publish.drawn import Drawn
from tests.samples import GROUP_PRACTICE, SPANISH_PRACTICE

NOON = dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC)
Edit = Callable[[Path, random.Random], None]
WORDS = (
    "rest",
    "“quiet”",
    "a -- b",
    "*soft*",
    "`<b>`",
    "1 < 2",
    "it's",
    "é",
    "ő",
    "R&amp;D",
    "20 €",
)


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Built:
    """A practice that is built again after each edit, the quick way where it may be taken."""

    def __init__(self, folder: Path, home: Path, drawn: Drawn) -> None:
        self.drawn = drawn
        cache = drawn.lend(home / "cache")
        self.request = BuildRequest(
            practice=folder, out=home / "site", cache=cache, only="site", now=NOON
        )
        self.renewed = 0
        self.left = self._whole()

    def _whole(self) -> Left:
        result = build(self.request)
        self.drawn.keep(self.request.cache)
        left = leave(self.request, result.summary(), result)
        assert left is not None
        self.advice = result.advice_rows()
        return left

    def again(self) -> None:
        changed = find_changed(self.left.record, NOON.timestamp())
        if changed == []:
            return
        quick = renew_pages(self.left, changed, NOON.timestamp()) if changed else None
        if quick is None:
            self.left = self._whole()
            return
        result, self.left = quick
        self.advice = result.advice_rows()
        self.renewed += 1

    def assert_as_from_nothing(self, home: Path) -> None:
        shutil.rmtree(home / "fresh", ignore_errors=True)
        fresh = build(
            BuildRequest(
                practice=self.request.practice,
                out=home / "fresh",
                cache=self.drawn.lend(home / "fresh-cache"),
                only="site",
                now=NOON,
            )
        )
        assert files_in(self.request.out) == files_in(home / "fresh")
        assert self.advice == fresh.advice_rows()


def append(text: str) -> Edit:
    def edit(page: Path, _chance: random.Random) -> None:
        page.write_text(page.read_text("utf-8").rstrip("\n") + f"\n\n{text}\n", "utf-8")

    return edit


def replace(old: str, new: str) -> Edit:
    def edit(page: Path, _chance: random.Random) -> None:
        page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def say_something(page: Path, chance: random.Random) -> None:
    append(" ".join(chance.choices(WORDS, k=12)))(page, chance)


def cut_a_paragraph(page: Path, chance: random.Random) -> None:
    parts = page.read_text("utf-8").split("\n\n")
    del parts[chance.randrange(1, len(parts))]
    page.write_text("\n\n".join(parts), "utf-8")


def move(page: Path, chance: random.Random) -> None:
    page.rename(page.with_name(f"{page.stem}-{chance.randrange(1000)}.md"))


EDITS: tuple[Edit, ...] = (
    say_something,
    say_something,
    cut_a_paragraph,
    append("## A heading of its own"),
    append("[The fees](/fees/) and [this](#what-helps)."),
    append("Join us until March 3, 2026. We have two openings."),
    append("If you are in a crisis, wait."),
    append("An intervention notwithstanding considerable psychopharmacological complexity. " * 8),
    replace("menu: no", "menu: yes"),
    replace("title: Page", "title: Paper"),
    move,
)


def test_random_edits_leave_what_a_build_from_nothing_makes(tmp_path: Path, drawn: Drawn) -> None:
    chance = random.Random(7)
    folder = make_practice(tmp_path / "practice", 3)
    built = Built(folder, tmp_path, drawn)
    for _ in range(14):
        pages = sorted((folder / "pages").glob("page-*.md"))
        chance.choice(EDITS)(chance.choice(pages), chance)
        built.again()
    built.assert_as_from_nothing(tmp_path)


@pytest.mark.parametrize(
    ("edit", "is_renewed"),
    [
        (append("A sentence more."), True),
        (append("If you are in a crisis, wait."), True),
        (append("We have two openings."), True),
        (append("## A heading of its own"), False),
        (append("[The fees](/fees/)"), False),
        (append("Zoltán Erdős"), False),
        (replace("title: Page", "title: Paper"), False),
        (replace("menu: no", "menu: yes"), False),
        (replace("\n---\n", "\n\n---\n"), False),
    ],
)
def test_only_words_that_touch_nothing_else_are_written_into_their_page(
    tmp_path: Path, drawn: Drawn, edit: Edit, is_renewed: bool
) -> None:
    folder = make_practice(tmp_path / "practice", 2)
    built = Built(folder, tmp_path, drawn)
    edit(page_in_practice(folder, 1), random.Random(0))
    built.again()
    assert built.renewed == is_renewed
    edit(page_in_practice(folder, 0), random.Random(0))
    built.again()
    built.assert_as_from_nothing(tmp_path)


@pytest.mark.parametrize(
    "wrong", ["<b>raw</b>", "[x](/nowhere/)", "Nora Ellison", "[x](javascript:x)"]
)
def test_what_a_whole_build_refuses_is_left_to_it(tmp_path: Path, drawn: Drawn, wrong: str) -> None:
    folder = make_practice(tmp_path / "practice", 1)
    built = Built(folder, tmp_path, drawn)
    before = files_in(built.request.out)
    unchanged = stamp_inputs(folder)
    append(wrong)(page_in_practice(folder, 0), random.Random(0))
    assert find_changed(built.left.record, NOON.timestamp(), unchanged) == []
    changed = find_changed(built.left.record, NOON.timestamp())
    assert changed == [str((folder / "pages/page-00000.md").resolve())]
    assert renew_pages(built.left, changed, NOON.timestamp()) is None
    assert files_in(built.request.out) == before


@pytest.mark.parametrize("sample", [GROUP_PRACTICE, SPANISH_PRACTICE], ids=["group", "spanish"])
def test_the_words_of_a_page_stand_in_its_own_files_alone(
    tmp_path: Path, drawn: Drawn, sample: Path
) -> None:
    """Whoever lets another file say them has to tell `rendering` and `bodies`."""
    folder = tmp_path / "practice"
    shutil.copytree(sample, folder)
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages/besides.md").write_text("---\ntitle: Besides\n---\n\nA few words.\n")
    pages = sorted((folder / "pages").glob("*.md"))
    built = Built(folder, tmp_path, drawn)
    for page in pages:
        say_something(page, random.Random(1))
    built.again()
    built.assert_as_from_nothing(tmp_path)


def test_a_page_that_was_touched_from_outside_is_made_anew(tmp_path: Path, drawn: Drawn) -> None:
    folder = make_practice(tmp_path / "practice", 1)
    built = Built(folder, tmp_path, drawn)
    (built.request.out / "page-00000/index.html").write_text("mine")
    append("A sentence more.")(page_in_practice(folder, 0), random.Random(0))
    assert find_changed(built.left.record, NOON.timestamp()) is None
    built.left = built._whole()
    built.assert_as_from_nothing(tmp_path)
