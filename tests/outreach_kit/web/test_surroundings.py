"""Head and foot are made once for all pages that they do not name, and look as if made for each."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import Site
from outreach_kit.web.surroundings import surround
from outreach_kit.web.tongues import list_tongues
from tests.outreach_kit.web.reading import read
from tests.samples import GROUP_PRACTICE


def test_pages_that_no_link_leads_to_have_the_same(site: Site) -> None:
    first = surround(site, "/some-page/", ())
    assert surround(site, "/another-page/", ()) is first
    assert surround(dataclasses.replace(site), "/some-page/", ()) is not first


@pytest.mark.parametrize("page", ["/fees/", "/contact/", "/for-offices/"])
def test_a_page_that_a_link_leads_to_marks_that_link(site: Site, page: str) -> None:
    surround(site, "/some-page/", ())
    around = surround(site, page, ())
    assert f'href="{page}" aria-current="page"' in around.masthead + around.colophon
    assert 'aria-current="page"' not in surround(site, "/some-page/", ()).masthead


def test_each_language_has_its_own_and_its_way_to_the_others(site: Site) -> None:
    group = dataclasses.replace(site, practice=load_practice(GROUP_PRACTICE))
    spanish = group.in_language("es")
    assert group.in_language("es") is spanish
    one, other = (
        surround(at, "/some-page/", list_tongues(at, "/some-page/")) for at in (group, spanish)
    )
    assert 'href="/es/some-page/"' in one.masthead
    assert 'href="/some-page/"' in other.masthead
    assert one.colophon != other.colophon


def test_every_page_of_a_site_has_them(site: Site) -> None:
    for url, page in read(site).items():
        assert len(page.all("header", class_="masthead")) == 1, url
        assert len(page.all("footer", class_="colophon")) == 1, url
