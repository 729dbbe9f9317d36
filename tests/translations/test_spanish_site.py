"""The website of a practice that speaks Spanish has no English word of ours."""

from __future__ import annotations

import pytest

from outreach_kit.paper import CATALOGUE
from outreach_kit.practice import load_practice
from outreach_kit.web import PrintLink, Site, collect_assets
from tests.outreach_kit.web.things import TODAY, AnyAsset, render_all
from tests.samples import GROUP_PRACTICE, SPANISH_PRACTICE
from tests.translations.visitors import find_english, said_on


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """All HTML pages by address; the faces are left out, because they take long and say nothing."""
    practice = load_practice(SPANISH_PRACTICE)
    assets = collect_assets(
        practice, lambda name, make: b"" if name.startswith("fonts/") else make()
    )
    prints = tuple(
        PrintLink(
            title=f"{number}", filename=f"{sheet.name}-letter.pdf", preview="",
            pages=sheet.pages, paper="letter", about=sheet.about, audience=sheet.audience,
        )
        for number, sheet in enumerate(CATALOGUE)
    )  # fmt: skip
    site = Site(
        practice=practice,
        today=TODAY,
        form_url=practice.identity.form_url,
        site_url=practice.identity.site_url,
        assets=assets.manifest,
        prints=prints,
    )
    return {url: page for url, page in render_all(site).items() if "<html" in page}


def test_every_page_is_spanish(pages: dict[str, str]) -> None:
    assert {"/", "/for-offices/", "/fees/", "/print/", "/first-visit/", "/refer/"} <= set(pages)
    for url, page in pages.items():
        said = said_on(page)
        assert len(said.split()) > 40, url
        assert find_english(said) == [], url
        assert '<html lang="es"' in page, url


def test_the_spanish_half_of_a_site_in_two_languages_is_spanish() -> None:
    practice = load_practice(GROUP_PRACTICE)
    identity = practice.identity
    site = Site(practice, TODAY, identity.form_url, identity.site_url, AnyAsset())
    pages = {url: page for url, page in render_all(site).items() if url.startswith("/es/")}
    looked_at = 0
    for url, page in pages.items():
        # The page for what is missing says it in every language.
        if url.endswith("/"):
            assert find_english(said_on(page)) == [], url
            looked_at += 1
    assert looked_at > 25
