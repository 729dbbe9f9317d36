"""A practice of two languages has every page in both, and each language keeps to itself."""

from __future__ import annotations

import dataclasses
import pickle
from urllib.parse import urlsplit

import pytest

from outreach_kit.errors import ContentError
from outreach_kit.practice import Page, Prose, load_practice
from outreach_kit.web import PagePlan, Site, plan_pages, render_page
from tests.outreach_kit.web.things import TODAY, Document
from tests.samples import GROUP_PRACTICE

_NO_LANGUAGE = ("/assets/", "/contact/", "/print/")
"""Where files lie that all languages share; none of these is a page."""


class _AnyAsset(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"/assets/{name}"


@pytest.fixture(scope="module")
def group() -> Site:
    practice = load_practice(GROUP_PRACTICE)
    return Site(
        practice=practice,
        today=TODAY,
        form_url=practice.identity.form_url,
        site_url=practice.identity.site_url,
        assets=_AnyAsset(),
    )


@pytest.fixture(scope="module")
def plans(group: Site) -> tuple[PagePlan, ...]:
    return plan_pages(group)


@pytest.fixture(scope="module")
def spanish(group: Site, plans: tuple[PagePlan, ...]) -> dict[str, Document]:
    """The Spanish pages by address."""
    return {
        plan.url: Document(render_page(plan, group))
        for plan in plans
        if plan.language == "es" and plan.path.endswith(".html")
    }


def test_every_page_is_there_in_both_languages(plans: tuple[PagePlan, ...]) -> None:
    pages = {
        language: [plan.page for plan in plans if plan.listed and plan.language == language]
        for language in ("en", "es")
    }
    assert pages["en"] == pages["es"]
    assert len(pages["en"]) > 15


def test_a_further_language_lies_below_its_own_folder(plans: tuple[PagePlan, ...]) -> None:
    for plan in plans:
        folder = "/es" if plan.language == "es" else ""
        assert plan.url == f"{folder}{plan.page}" or plan.page == plan.url
        assert plan.path.startswith("es/") is (plan.language == "es")
    assert {"/es/404.html", "/es/notes/feed.xml"} <= {plan.url for plan in plans}


def test_what_machines_read_is_there_once(plans: tuple[PagePlan, ...]) -> None:
    for name in ("robots.txt", "_headers", "handoff.json", "sitemap.xml", "practice.vcf"):
        assert len([plan for plan in plans if plan.path.endswith(name)]) == 1, name


def test_pages_of_a_language_link_to_pages_of_that_language(spanish: dict[str, Document]) -> None:
    for url, page in spanish.items():
        links = [urlsplit(one["href"]).path for one in page.all("a") if one["href"][0] == "/"]
        assert len(links) > 10, url
        strays = [
            link
            for link in links
            if not link.startswith("/es/")
            and not (link.startswith(_NO_LANGUAGE) and not link.endswith("/"))
        ]
        assert strays == [], url


def test_pages_link_to_pages_that_exist(
    spanish: dict[str, Document], plans: tuple[PagePlan, ...]
) -> None:
    known = {plan.url for plan in plans}
    for url, page in spanish.items():
        links = {urlsplit(one["href"]).path for one in page.all("a") if one["href"][0] == "/"}
        assert {link for link in links if link not in known} == set(), url


def test_rows_can_be_handed_to_another_process(plans: tuple[PagePlan, ...]) -> None:
    assert pickle.loads(pickle.dumps(plans)) == plans


def test_a_page_of_the_owner_cannot_take_the_place_of_a_language(group: Site) -> None:
    own = Page("es", "Estonia", "", Prose("Text", "pages/es.md"), "en")
    practice = dataclasses.replace(group.practice, pages=(own,))
    with pytest.raises(ContentError) as refused:
        plan_pages(dataclasses.replace(group, practice=practice))
    assert "/es/" in refused.value.problems[0].what
