"""What stands beside a shared link."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site, plan_pages, render_page
from outreach_kit.web.sharing import card_name
from tests.outreach_kit.web.things import Document, make_group, render_all

PROFILE = "/clinicians/nora-ellison/"
CARD = "/assets/card.0123456789.png"
OWN_CARD = "/assets/card.9876543210.png"


def said(page: str) -> dict[str, str]:
    """The page's Open Graph and card, by their names; each name once."""
    return {
        one.attributes.get("property") or one.attributes["name"]: one["content"]
        for one in Document(page).all("meta")
        if one.attributes.get("property", "").startswith("og:")
        or one.attributes.get("name", "").startswith("twitter:")
    }


def with_cards(site: Site) -> Site:
    cards = {card_name("en"): CARD, card_name("en", site.practice.clinicians[0]): OWN_CARD}
    return dataclasses.replace(site, assets={**site.assets, **cards})


def test_every_page_that_is_to_be_found_says_how_it_is_shared(site: Site) -> None:
    shown = with_cards(site)
    pages = {one.url: render_page(one, shown) for one in plan_pages(shown) if one.listed}
    assert len(pages) > 8
    for url, page in pages.items():
        shared = said(page)
        assert shared["og:url"] == f"https://harborstreet.example{url}"
        assert shared["og:site_name"] == site.practice.name
        assert shared["og:locale"] == "en_US"
        assert shared["og:description"]
        assert shared["og:image"].startswith("https://harborstreet.example/assets/card.")
        assert (shared["og:image:width"], shared["og:image:height"]) == ("1200", "630")
        assert shared["twitter:card"] == "summary_large_image"


def test_a_page_is_what_it_is_about(site: Site) -> None:
    pages = render_all(site)
    note = next(url for url in pages if url.startswith("/notes/") and url.count("/") == 3)
    kinds = [said(pages[url])["og:type"] for url in ("/", PROFILE, note)]
    assert kinds == ["website", "profile", "article"]


def test_a_profile_is_shared_with_the_clinicians_own_card(site: Site) -> None:
    pages = render_all(with_cards(site))
    assert said(pages["/"])["og:image"].endswith(CARD)
    assert said(pages[PROFILE])["og:image"].endswith(OWN_CARD)


def test_the_picture_is_told_in_the_words_that_stand_on_it(site: Site, practice: Practice) -> None:
    (nora,) = practice.clinicians
    alt = said(render_all(with_cards(site))["/"])["og:image:alt"]
    assert alt == f"Nora Ellison, LICSW · {practice.name} · {nora.facts.niche} · Alder Falls, WA"
    group = dataclasses.replace(with_cards(site), practice=make_group(practice))
    assert said(render_all(group)["/"])["og:image:alt"].startswith(practice.name)


def test_without_a_card_the_words_are_shared_alone(site: Site) -> None:
    shared = said(render_all(site)["/"])
    assert "og:image" not in shared
    assert shared["twitter:card"] == "summary"


def test_without_a_public_address_nothing_is_claimed(site: Site) -> None:
    nowhere = dataclasses.replace(with_cards(site), site_url=None)
    assert [said(page) for url, page in render_all(nowhere).items() if url.endswith("/")].count(
        {}
    ) > 8


def test_what_is_not_to_be_found_is_not_shared(site: Site) -> None:
    assert said(render_all(with_cards(site))["/404.html"]) == {}
