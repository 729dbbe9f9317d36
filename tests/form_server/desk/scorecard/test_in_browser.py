"""The scorecard looked at, on a phone and on a desktop, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach_kit.web import Assets
from tests.browser import PHONE_WIDTH, browser, check_everywhere, check_width, follow, page
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.scorecard.office_year import MILL, fill_year
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        fill_year(stage)
        yield stage


def test_a_chart_is_drawn_read_aloud_and_beside_its_table(page: Page, served: Stage) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    enter(page, served, "/desk/scorecard")
    page.get_by_text("The same as a table").click()
    check_everywhere(page)
    chart = page.get_by_role("img", name="Referrals by month, Dec 2025 to today")
    box = chart.bounding_box()
    assert box is not None
    assert box["height"] > 200
    columns = [one.bounding_box() for one in page.locator(".chart .fit-in").all()]
    heights = sorted({round(one["height"]) for one in columns if one})
    assert heights, "columns are drawn"
    assert 0 < heights[0] <= heights[-1] < box["height"]
    assert page.get_by_role("row").filter(has_text="Nov 2026").first.is_visible()

    follow(page, "By source A, B, C")
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    follow(page, "24 months")
    check_width(page)
    follow(page.locator(".bars").first, "Mill Road & Sons Clinic")
    assert page.url.endswith(f"/desk/offices/{MILL}")
    assert page.get_by_role("img", name="Referrals by month").is_visible()
    check_width(page)
    assert not complaints
