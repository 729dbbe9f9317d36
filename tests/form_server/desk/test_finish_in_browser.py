"""What every page of the desk shares: targets for a thumb, one edge, a ring around what has focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from outreach_kit.web import Assets
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, browser, page, settle
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]

_PAGES: Final = (
    "/desk/", "/desk/copies", "/desk/devices", "/desk/record", "/desk/settings/hours",
    "/desk/settings/keys", "/desk/no/such/page",
)  # fmt: skip
_TOO_SMALL: Final = """() => [...document.querySelectorAll('a[href], button, summary, select')]
  .filter((one) => one.checkVisibility() && !one.matches('.skip'))
  // A link within a sentence, and one whose whole row can be tapped, are met otherwise.
  .filter((one) => !(one.matches('p:not([class*=links]) a') && one.parentElement.innerText.length
    > one.innerText.length + 3))
  .filter((one) => getComputedStyle(one, '::after').position !== 'absolute')
  .filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => `${one.tagName} ${one.innerText}`)"""
_WITHOUT_RING: Final = """() => {
  const ring = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const one = document.activeElement;
  return ring(getComputedStyle(one)) || ring(getComputedStyle(one, '::after'))
    ? '' : one.outerHTML.slice(0, 80);
}"""


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def test_a_thumb_meets_what_opens_and_what_leads_on_everywhere(page: Page, served: Stage) -> None:
    referral = served.receive()
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    enter(page, served, "/desk/")
    for path in (*_PAGES, f"/desk/referrals/{referral.id}"):
        page.goto(f"{served.origin}{path}")
        settle(page)
        assert page.evaluate(_TOO_SMALL) == [], path


def test_every_page_begins_at_the_edge_of_the_bar(page: Page, served: Stage) -> None:
    referral = served.receive()
    page.set_viewport_size({"width": DESKTOP_WIDTH, "height": 844})
    enter(page, served, "/desk/")
    edges = set()
    for path in (*_PAGES, f"/desk/referrals/{referral.id}"):
        page.goto(f"{served.origin}{path}")
        settle(page)
        for part in (".home", "main h1"):
            box = page.locator(part).bounding_box()
            assert box is not None
            edges.add(round(box["x"]))
    assert len(edges) == 1


def test_what_the_keyboard_reaches_has_a_ring(page: Page, served: Stage) -> None:
    served.receive()
    enter(page, served, "/desk/")
    settle(page)
    reached = page.locator("a[href], button").evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).length"
    )
    assert reached > 8
    for _ in range(reached):
        page.keyboard.press("Tab")
        assert page.evaluate(_WITHOUT_RING) == ""
