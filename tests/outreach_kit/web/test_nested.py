"""A site in a folder of its domain: nothing that its pages lead to lies outside the folder."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import Site
from outreach_kit.web.nested import leave_folder, nest_page
from outreach_kit.web.portraits import PORTRAIT_WIDTH, SMALLER_WIDTHS, portrait_name
from tests.outreach_kit.web.things import AnyAsset, Document, change_facts, render_all
from tests.samples import GROUP_PRACTICE

FOLDER = "/therapy"
SITE_URL = f"https://elm.github.io{FOLDER}"
_LIST_OF_PICTURES = "srcset"


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    """A group in two languages, with a portrait."""
    practice = load_practice(GROUP_PRACTICE)
    first, *others = practice.clinicians
    shown = dataclasses.replace(first, portrait=practice.folder / "me.jpg")
    practice = dataclasses.replace(
        change_facts(practice, practice={"github_pages": True}), clinicians=(shown, *others)
    )
    names = (portrait_name(shown, width) for width in (PORTRAIT_WIDTH, *SMALLER_WIDTHS))
    assets = AnyAsset({name: f"/assets/{name}.webp" for name in names})
    return render_all(
        dataclasses.replace(site, practice=practice, site_url=SITE_URL, assets=assets)
    )


def test_every_address_of_its_own_begins_with_the_folder(pages: dict[str, str]) -> None:
    seen: set[str] = set()
    for url, text in pages.items():
        if not url.endswith((".html", "/")):
            continue
        for element in Document(text).elements:
            for name, value in element.attributes.items():
                addresses = value.split(", ") if name == _LIST_OF_PICTURES else [value]
                for address in addresses:
                    if re.match(r"/(?!/)", address):
                        assert address.startswith(f"{FOLDER}/"), f"{url}: {name}={value}"
                        assert not address.startswith(f"{FOLDER}{FOLDER}"), f"{url}: {value}"
                        seen.add(name)
    assert seen >= {"href", "src", "srcset", "data-index", "data-home"}


def test_whole_addresses_hold_it_once(pages: dict[str, str]) -> None:
    home = Document(pages["/es/"])
    assert home.one("link", rel="canonical")["href"] == f"{SITE_URL}/es/"
    assert {one["href"] for one in home.all("link", rel="alternate", hreflang="en")} == {
        f"{SITE_URL}/"
    }
    assert home.one("meta", property="og:url")["content"] == f"{SITE_URL}/es/"
    described = [one.text for one in home.all("script", type="application/ld+json")]
    assert f'"{SITE_URL}/es/"' in described[0]
    assert f"<loc>{SITE_URL}/fees/</loc>" in pages["/sitemap.xml"]
    assert f"Sitemap: {SITE_URL}/sitemap.xml" in pages["/robots.txt"]
    whole = [text for url, text in pages.items() if FOLDER * 2 in text]
    assert not whole
    assert "/CNAME" not in pages, "the name of the domain is its owner's to set"


def test_what_scripts_read_names_pictures_there(
    pages: dict[str, str],
) -> None:
    told = json.loads(pages["/clinicians/index.json"])
    portraits = [one[told["row"].index("portrait")] for one in told["people"]]
    [named] = filter(None, portraits)
    assert named.startswith(f"{FOLDER}/assets/portraits/")


def test_texts_stay_as_they_are() -> None:
    shown = '<p>Write &lt;a href="/fees/"&gt; and <a href="/fees/" title="/fees/">x</a></p>'
    assert nest_page(shown, FOLDER) == (
        '<p>Write &lt;a href="/fees/"&gt; and <a href="/therapy/fees/" title="/fees/">x</a></p>'
    )
    assert nest_page('<a href="//cdn.example/x">', FOLDER) == '<a href="//cdn.example/x">'
    assert nest_page(shown, "") is shown


def test_a_path_is_told_without_the_folder() -> None:
    paths = ("/therapy", "/therapy/", "/therapy/fees/", "/therapist/", "/")
    assert [leave_folder(path, FOLDER) for path in paths] == ["/", "/", "/fees/", "", ""]
    assert leave_folder("/fees/", "") == "/fees/"
