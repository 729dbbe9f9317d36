"""No page is without the crisis lines, whoever it was made for: nobody chooses where they read it."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.practice import Practice, load_practice
from outreach_kit.web import Site, plan_pages, render_page
from tests.samples import GROUP_PRACTICE

CRISIS_LINES = ("tel:911", "tel:988", "AYUDA", "838255")


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


@pytest.mark.parametrize("is_group", [False, True], ids=["one clinician", "a group"])
def test_every_page_names_them_all(site: Site, group: Practice, *, is_group: bool) -> None:
    shown = dataclasses.replace(site, practice=group) if is_group else site
    pages = [plan for plan in plan_pages(shown) if plan.path.endswith(".html")]
    assert len(pages) >= 10
    assert {"index.html", "404.html", "for-offices/index.html"} <= {plan.path for plan in pages}
    for plan in pages:
        html = render_page(plan, shown)
        assert [one for one in CRISIS_LINES if one not in html] == [], plan.path
