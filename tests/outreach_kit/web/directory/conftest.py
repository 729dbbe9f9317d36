"""A network of sixty in two languages, as a site with everything that its pages load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import Assets, Site, collect_assets, plan_pages, render_page
from outreach_kit.web.fonts import Cache
from tests.browser import browser, page  # noqa: F401 - fixtures for the tests below
from tests.outreach_kit.web.host import serve_site
from tests.outreach_kit.web.things import TODAY
from tests.samples.network import write_network

FORM_URL = "https://refer.valley.example"


@pytest.fixture(scope="session")
def network_assets(tmp_path_factory: pytest.TempPathFactory, cache: Cache) -> tuple[Site, Assets]:
    folder = write_network(tmp_path_factory.mktemp("network"), 60, spanish=True)
    practice = load_practice(folder)
    assets = collect_assets(practice, cache)
    return Site(practice, TODAY, FORM_URL, "https://valley.example", assets.manifest), assets


@pytest.fixture(scope="session")
def network(network_assets: tuple[Site, Assets]) -> Site:
    return network_assets[0]


@pytest.fixture(scope="session")
def pages(network: Site) -> dict[str, str]:
    """The pages that list people, by their addresses; profiles are left out."""
    kinds = {
        "home",
        "directory",
        "directory.json",
        "match",
        "offices",
        "front-desk",
        "contact",
        "refer",
    }
    return {row.url: render_page(row, network) for row in plan_pages(network) if row.kind in kinds}


@pytest.fixture(scope="module")
def origin(network_assets: tuple[Site, Assets], pages: dict[str, str]) -> Iterator[str]:
    files = {url: text.encode() for url, text in pages.items()}
    with serve_site({**network_assets[1].files, **files}, FORM_URL) as origin:
        yield origin
