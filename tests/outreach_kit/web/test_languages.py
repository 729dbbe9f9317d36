"""A practice of two languages has every page in both, and each language keeps to itself."""

from __future__ import annotations

import dataclasses
import pickle
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from outreach_kit.errors import ContentError
from outreach_kit.practice import Page, Prose, load_practice
from outreach_kit.web import PagePlan, PrintLink, Site, plan_pages, render_page
from outreach_kit.web.language import words_in
from tests.outreach_kit.web.things import TODAY, AnyAsset, Document, render_all
from tests.samples import GROUP_PRACTICE

_NO_LANGUAGE = ("/assets/", "/contact/", "/print/")
"""Where files lie that all languages share; none of these is a page."""


@pytest.fixture(scope="module")
def group() -> Site:
    practice = load_practice(GROUP_PRACTICE)
    return Site(
        practice=practice,
        today=TODAY,
        form_url=practice.identity.form_url,
        site_url=practice.identity.site_url,
        assets=AnyAsset(),
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


def own_links(page: Document) -> list[str]:
    """The paths of all links to this site, save those that are meant for another language."""
    links = [one for one in page.all("a") if "hreflang" not in one.attributes]
    return [urlsplit(one["href"]).path for one in links if one["href"].startswith("/")]


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
        links = own_links(page)
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
        links = set(own_links(page))
        assert {link for link in links if link not in known} == set(), url


def test_every_way_to_another_language_leads_to_a_page(
    spanish: dict[str, Document], plans: tuple[PagePlan, ...]
) -> None:
    known = {plan.url for plan in plans}
    for url, page in spanish.items():
        told = [one for one in (*page.all("a"), *page.all("link")) if "hreflang" in one.attributes]
        ways = {urlsplit(one["href"]).path for one in told}
        assert ways, url
        assert ways - known == set(), url


def test_rows_can_be_handed_to_another_process(plans: tuple[PagePlan, ...]) -> None:
    assert pickle.loads(pickle.dumps(plans)) == plans


def test_a_page_of_the_owner_cannot_take_the_place_of_a_language(group: Site) -> None:
    own = Page("es", "Estonia", "", Prose("Text", "pages/es.md"), "en")
    practice = dataclasses.replace(group.practice, pages=(own,))
    with pytest.raises(ContentError) as refused:
        plan_pages(dataclasses.replace(group, practice=practice))
    assert "/es/" in refused.value.problems[0].what


def test_each_page_leads_to_itself_in_the_other_language(spanish: dict[str, Document]) -> None:
    for url, page in spanish.items():
        switch = page.one("nav", class_="masthead-tongues")
        [link] = [one for one in page.all("a", hreflang="en", lang="en") if one.text == "English"][
            :1
        ]
        assert "English" in switch.text
        assert link["href"] == ("/" if url == "/es/404.html" else url.removeprefix("/es"))


def test_search_engines_are_told_of_every_language(spanish: dict[str, Document]) -> None:
    head = spanish["/es/fees/"]
    told = {
        one["hreflang"]: one["href"]
        for one in head.all("link", rel="alternate")
        if "hreflang" in one.attributes
    }
    assert told == {
        "en": "https://tworivers.example/fees/",
        "es": "https://tworivers.example/es/fees/",
        "x-default": "https://tworivers.example/fees/",
    }  # fmt: skip
    assert head.one("link", rel="canonical")["href"] == "https://tworivers.example/es/fees/"
    assert head.one("html")["lang"] == "es"


def test_what_is_not_to_be_found_has_no_alternates(spanish: dict[str, Document]) -> None:
    assert not [one for one in spanish["/es/404.html"].all("link") if "hreflang" in one.attributes]


def test_the_sitemap_names_each_page_in_both_languages(
    group: Site, plans: tuple[PagePlan, ...]
) -> None:
    [plan] = [one for one in plans if one.kind == "sitemap.xml"]
    root = ElementTree.fromstring(render_page(plan, group))
    spaces = {
        "m": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    rows = root.findall("m:url", spaces)
    assert len(rows) == len([one for one in plans if one.listed])
    for row in rows:
        links = [one.get("hreflang") for one in row.findall("x:link", spaces)]
        assert links == ["en", "es", "x-default"]


def test_a_site_of_one_language_offers_no_other(site: Site) -> None:
    for url, html in render_all(site).items():
        assert "hreflang" not in html, url
        assert "masthead-tongues" not in html, url


def test_a_missing_page_is_explained_in_every_language(
    group: Site, plans: tuple[PagePlan, ...]
) -> None:
    [plan] = [one for one in plans if one.url == "/404.html"]
    page = Document(render_page(plan, group))
    assert "Esta página no está aquí" in page.one("section", lang="es").text
    assert page.all("a", href="/es/")


def without_words(site: Site, language: str = "es") -> Site:
    """The same practice with nothing translated by its owner."""
    home = site.practice.in_language(site.practice.languages[0])
    plain = dataclasses.replace(
        home,
        overlays={},
        clinicians=tuple(
            dataclasses.replace(one, profile={"en": one.profile["en"]}) for one in home.clinicians
        ),
        notes=tuple(one for one in home.notes if one.language == "en"),
        pages=tuple(one for one in home.pages if one.language == "en"),
    )
    identity = plain.facts.practice.model_copy(update={"languages": ("en", language)})
    facts = plain.facts.model_copy(update={"practice": identity})
    return dataclasses.replace(site, practice=dataclasses.replace(plain, facts=facts))


def test_what_nobody_translated_says_in_which_language_it_is(group: Site) -> None:
    pages = render_all(without_words(group))
    home = Document(pages["/es/"])
    assert home.one("h1")["lang"] == "en"
    profile = Document(pages["/es/clinicians/ana-ruiz/"])
    assert profile.one("div", class_="prose")["lang"] == "en"
    assert profile.one("p", class_="lead")["lang"] == "en"
    assert [one["lang"] for one in profile.all("ul", class_="marked")] == ["en", "en"]
    schools = Document(pages["/es/for-offices/schools/"])
    assert next(one["lang"] for one in schools.all("p", class_="lead")) == "en"
    talks = Document(pages["/es/trainings/"])
    assert {one["lang"] for one in talks.all("ul", class_="marked")} == {"en"}
    assert Document(pages["/es/sites/"]).one("article")["lang"] == "en"
    assert Document(pages["/es/notes/monday-stomach-aches/"]).one("article")["lang"] == "en"


def test_what_is_translated_is_not_marked(spanish: dict[str, Document]) -> None:
    assert "lang" not in spanish["/es/"].one("h1").attributes
    assert "lang" not in spanish["/es/sites/"].one("article").attributes
    for url in ("/es/clinicians/ana-ruiz/", "/es/trainings/", "/es/for-offices/"):
        lists = spanish[url].all("ul", class_="marked")
        assert lists, url
        assert not [one for one in lists if "lang" in one.attributes], url


def test_text_in_another_direction_says_so(group: Site) -> None:
    pages = render_all(without_words(group, "ar"))
    page = Document(pages["/ar/"])
    assert (page.one("html")["lang"], page.one("html")["dir"]) == ("ar", "rtl")
    assert page.one("h1")["dir"] == "ltr"
    note = Document(pages["/ar/notes/monday-stomach-aches/"]).one("article")
    assert (note["lang"], note["dir"]) == ("en", "ltr")


def test_a_page_that_only_one_language_has_leads_to_the_first_page_of_the_other(
    group: Site,
) -> None:
    own = Page("permiso", "Permiso", "", Prose("Texto", "pages/permiso.es.md"), "es")
    topics = [
        one for one in group.practice.topics if (one.slug, one.language) != ("postpartum", "en")
    ]
    assert len(topics) == len(group.practice.topics) - 1
    practice = dataclasses.replace(
        group.practice, pages=(*group.practice.pages, own), topics=tuple(topics)
    )
    pages = render_all(dataclasses.replace(group, practice=practice))
    for url in ("/permiso/", "/topics/postpartum/"):
        assert url not in pages
        page = Document(pages[f"/es{url}"])
        assert [one["href"] for one in page.all("a", hreflang="en")] == ["/"], url
        assert not [one for one in page.all("link") if "hreflang" in one.attributes], url


def test_sheets_in_the_language_of_the_page_come_first(group: Site) -> None:
    prints = tuple(
        PrintLink(title, f"{title}.pdf", "", 1, "letter", language=language)
        for title, language in (("Guide", ""), ("Guía", "es"))
    )
    pages = render_all(dataclasses.replace(group, prints=prints))
    cards = {
        url: [
            (one.text, one.attributes.get("lang"))
            for one in Document(pages[url]).all("h2", class_="h3")
        ]
        for url in ("/print/", "/es/print/")
    }
    assert cards["/print/"] == [("Guide", None), ("Guía", "es")]
    assert cards["/es/print/"] == [("Guía", None), ("Guide", "en")]


def test_words_that_nobody_translated_keep_their_dates_and_addresses_together(group: Site) -> None:
    page = Document(render_all(without_words(group, "he"))["/he/"])
    assert page.one("nav", class_="masthead-tongues").text.strip() == "English"
    assert "Monday and Tuesday" in page.text
    assert "418 Cedar Ave, Second Floor" in [one.text for one in page.all("bdi")]


def test_each_language_is_named_in_itself() -> None:
    names = [words_in(one).own_name for one in ("en", "es", "es-MX", "he", "ar", "tlh")]
    assert names == ["English", "Español", "Español", "עברית", "العربية", "Tlh"]
