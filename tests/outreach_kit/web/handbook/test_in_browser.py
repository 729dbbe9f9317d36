"""The documentation opened from a disk, as whoever built it does first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach_kit.publish.handbook import DOCS
from outreach_kit.web.handbook import load_book, render_book
from tests.browser import PHONE_WIDTH, check_everywhere, check_width

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs")
    files: Mapping[str, bytes] = render_book(load_book(DOCS), lambda _, how: how())
    for name, content in files.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(content)
    return out


@pytest.mark.parametrize("name", ["index", "tutorial", "delivery"])
def test_anybody_can_read_it_by_day_and_by_night(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / f"{name}.html").as_uri())
    check_everywhere(page)


@pytest.mark.parametrize("name", ["addresses", "commands", "operating", "security"])
def test_no_page_is_wider_than_a_phone(page: Page, folder: Path, name: str) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    page.goto((folder / f"{name}.html").as_uri())
    check_width(page)


def test_every_picture_is_there_also_when_it_is_printed_at_once(page: Page, folder: Path) -> None:
    page.goto((folder / "tutorial.html").as_uri(), wait_until="load")
    widths = page.locator("figure img").evaluate_all("all => all.map((one) => one.naturalWidth)")
    assert len(widths) == 2
    assert min(widths) > 0
