"""Every page of whole sites, in every language: sound HTML, and no link that leads nowhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.web import Site, plan_pages, render_page
from tests.outreach_kit.web.html_rules import Strict
from tests.outreach_kit.web.test_pages_in_browser import server_pages
from tests.outreach_kit.web.things import AnyAsset
from tests.samples import GROUP_PRACTICE, SPANISH_PRACTICE

FOLDERS = {"sample": SAMPLE_PRACTICE, "group": GROUP_PRACTICE, "spanish": SPANISH_PRACTICE}
Pages = Mapping[str, Strict]


@pytest.fixture(scope="module", params=FOLDERS)
def whole(request: pytest.FixtureRequest, site: Site) -> tuple[Pages, frozenset[str]]:
    """The pages by address, and everything else that has an address."""
    practice = load_practice(FOLDERS[request.param])
    own = dataclasses.replace(site, practice=practice, assets=AnyAsset())
    plans = plan_pages(own)
    pages = {
        plan.url: Strict(render_page(plan, own)) for plan in plans if plan.path.endswith(".html")
    }
    files = {plan.url for plan in plans} | {f"/print/{one.filename}" for one in own.prints}
    return pages, frozenset(files - pages.keys())


def test_every_page_keeps_the_rules_of_html(whole: tuple[Pages, frozenset[str]]) -> None:
    pages, _ = whole
    assert len(pages) > 12
    broken = [f"{url}: {said}" for url, page in pages.items() for said in page.broken]
    assert not broken, "\n".join(broken)


def test_no_link_and_no_anchor_leads_nowhere(whole: tuple[Pages, frozenset[str]]) -> None:
    pages, files = whole
    dead, followed = [], 0
    for url, page in pages.items():
        for href in page.hrefs:
            whole_path, place = urldefrag(urljoin(url, href))
            path = whole_path.partition("?")[0]
            if not path.startswith("/"):
                continue  # another site, a number to call, an address to write to
            followed += 1
            target = pages.get(unquote(path))
            if target is None and path not in files:
                dead.append(f"{url}: {href}")
            elif target and place and unquote(place) not in target.ids:
                dead.append(f"{url}: {href} leads to no place there")
    assert followed > 150
    assert not dead, "\n".join(dead)


def test_the_servers_own_pages_keep_the_rules_of_html(site: Site) -> None:
    pages = {url: Strict(text) for url, text in server_pages(site).items()}
    broken = [f"{url}: {said}" for url, page in pages.items() for said in page.broken]
    assert not broken, "\n".join(broken)
