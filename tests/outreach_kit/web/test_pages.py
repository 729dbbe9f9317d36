"""What stands on the pages, read back as a browser would read it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from urllib.parse import urldefrag

import pytest

from outreach_kit.practice import Practice, Prose
from outreach_kit.web import Assets, PrintLink, Site, plan_pages
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import (
    TODAY,
    Document,
    change_clinician,
    change_facts,
    make_group,
    render_all,
)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Document]:
    return read(site)


def test_home_says_whom_to_send_and_how_to_call(pages: dict[str, Document], site: Site) -> None:
    home = pages["/"]
    assert home.one("h1").text == site.practice.niche
    assert "You know how some people have chest pain" in home.text
    assert "Panic attacks, with cardiac causes excluded" in home.text
    assert "Active psychosis or mania" in home.text
    assert "In network with Regence, Premera and Kaiser PPO" in home.text
    assert "214 Harbor St, Suite 3" in home.text
    assert "Monday to Thursday" in home.text
    assert home.all("a", href="tel:+13605550142", class_="button")
    assert home.all("a", href="/refer/", class_="button quiet")


def test_the_guide_names_three_doors_and_what_happens_by_when(pages: dict[str, Document]) -> None:
    guide = pages["/for-offices/"]
    assert [door.text.split()[0] for door in guide.all("li", class_="door")] == [
        "Phone", "Fax", "Form",
    ]  # fmt: skip
    assert "(360) 555-0143" in guide.text
    assert "I recommend Nora Ellison, by name." in guide.text
    assert "I will help you find who is right." in guide.text
    assert "within 4 working hours" in guide.text
    assert "Usually within 10 days" in guide.text


def test_the_profile_leads_with_the_patient_and_has_every_fact(pages: dict[str, Document]) -> None:
    profile = pages["/clinicians/nora-ellison/"]
    order = [profile.text.index(part) for part in ("I help adults", "Nora Ellison, LICSW")]
    assert order == sorted(order)
    for fact in ("Cognitive behavioral therapy (CBT)", "18 to 65", "English", "1234567893"):
        assert fact in profile.text
    assert "Online for people in Washington" in profile.text
    assert "What it is like" in [heading.text for heading in profile.all("h2")]


def test_fees_carry_the_notice_that_the_law_asks_for(pages: dict[str, Document]) -> None:
    fees = pages["/fees/"]
    for fact in ("$190", "$160", "$90", "Regence", "superbill", "24 hours’ notice"):
        assert fact in fees.text
    assert "good-faith estimate" in fees.text
    assert "within 1 business day" in fees.text
    assert fees.all("a", href="https://www.cms.gov/nosurprises")


def test_the_owners_page_stands_at_its_own_address(pages: dict[str, Document]) -> None:
    privacy = pages["/privacy/"]
    assert privacy.one("h1").text == "Privacy"
    assert "The referral form" in [heading.text for heading in privacy.all("h2")]


def test_the_print_page_shows_each_sheet(pages: dict[str, Document]) -> None:
    sheets = pages["/print/"]
    assert sheets.one("img")["src"] == "/print/guide-letter.png"
    assert sheets.one("a", href="/print/guide-letter.pdf").text.startswith("US Letter")
    assert "For physicians, nurses and front desks. 1 page, PDF." in sheets.text


def test_an_office_finds_the_sheets_in_the_order_of_the_catalogue(site: Site) -> None:
    """And none is said to be left at its desk, or taken along to it."""
    guide, pad = (
        PrintLink(title, f"{title}.pdf", "", 1, "letter") for title in ("A guide", "A pad")
    )
    page = read(dataclasses.replace(site, prints=(guide, pad)))["/print/"]
    assert [one.text for one in page.all("h2", class_="h3")] == ["A guide", "A pad"]
    assert "at an office" not in page.text


def test_a_site_without_sheets_says_so(site: Site) -> None:
    empty = read(dataclasses.replace(site, prints=()))["/print/"]
    assert "No sheets have been made yet." in empty.text


def test_every_page_is_one_well_formed_document(pages: dict[str, Document], site: Site) -> None:
    assert set(pages) == {plan.url for plan in plan_pages(site) if plan.path.endswith(".html")}
    for url, document in pages.items():
        assert len(document.all("h1")) == 1, url
        assert document.one("html")["lang"] == "en"
        ids = [element["id"] for element in document.elements if "id" in element.attributes]
        assert len(ids) == len(set(ids)), url
        levels = [int(one.tag[1]) for one in document.elements if re.fullmatch("h[1-6]", one.tag)]
        first = levels.index(1)
        steps = zip(levels[first:], levels[first + 1 :], strict=False)
        assert all(after - before <= 1 for before, after in steps), url
        assert document.all("meta", name="description") or url == "/404.html"


def test_nothing_is_inline_and_nothing_foreign_is_loaded(pages: dict[str, Document]) -> None:
    for url, document in pages.items():
        for element in document.elements:
            assert "style" not in element.attributes, url
            assert not [name for name in element.attributes if name.startswith("on")], url
            assert element.tag != "style", url
            for name in ("src", "srcset"):
                assert element.attributes.get(name, "/").startswith("/"), url
        for script in document.all("script"):
            assert "src" in script.attributes or script["type"] == "application/ld+json", url
        assert all(link["href"].startswith("/") for link in document.all("link")
                   if link["rel"] != "canonical"), url  # fmt: skip


def test_every_link_leads_to_something_that_exists(
    pages: dict[str, Document], assets: Assets, site: Site
) -> None:
    machine_files = {plan.url for plan in plan_pages(site) if not plan.path.endswith(".html")}
    printed = {"/print/guide-letter.pdf", "/print/guide-letter.png"}
    checked = 0
    for url, document in pages.items():
        for element in document.elements:
            target = element.attributes.get("href") or element.attributes.get("src") or ""
            if not target.startswith(("/", "#")):
                continue
            path, anchor = urldefrag(target)
            path = path.partition("?")[0] or url
            files = path in {*assets.files, *printed, *machine_files, "/apple-touch-icon.png"}
            assert path in pages or files, f"{target} on {url}"
            if anchor:
                ids = {one.attributes.get("id") for one in pages[path].elements}
                assert anchor in ids, f"{target} on {url}"
            checked += 1
    assert checked > 100


def test_without_a_form_server_no_page_offers_a_form(site: Site) -> None:
    pages = read(dataclasses.replace(site, form_url=None))
    for url, document in pages.items():
        assert not document.all("form"), url
        assert not document.all("a", href="/refer/"), url
    assert len(pages["/for-offices/"].all("li", class_="door")) == 2
    assert pages["/"].all("a", href="/for-offices/#doors", class_="button quiet")


def test_fresh_openings_carry_their_day(pages: dict[str, Document]) -> None:
    [shown] = pages["/"].all("span", data_fresh_until="2026-11-30")
    assert shown.text == "3 openings on November 16, the first on Monday, November 23"


@pytest.mark.parametrize("days", [-30, 10, 365])
def test_openings_that_are_not_fresh_are_not_shown(site: Site, days: int) -> None:
    later = dataclasses.replace(site, today=TODAY + dt.timedelta(days=days))
    for url, document in read(later).items():
        assert "openings on" not in document.text, url
    assert "Call for current openings" in read(later)["/"].text


def test_initials_stand_in_for_a_missing_portrait(pages: dict[str, Document]) -> None:
    assert pages["/"].one("svg", class_="arch initials").text.strip() == "NE"
    assert not pages["/"].all("img")


def test_a_portrait_is_shown_with_its_size_and_words(site: Site, practice: Practice) -> None:
    clinician = dataclasses.replace(practice.clinicians[0], portrait=practice.folder / "me.jpg")
    with_picture = dataclasses.replace(practice, clinicians=(clinician,))
    manifest = {
        **site.assets,
        "portraits/nora-ellison": "/assets/nora.webp",
        "portraits/nora-ellison@320": "/assets/small.webp",
    }
    shown = dataclasses.replace(site, practice=with_picture, assets=manifest)
    picture = read(shown)["/"].one("img")
    assert (picture["src"], picture["alt"]) == ("/assets/nora.webp", "Portrait of Nora Ellison")
    assert (picture["width"], picture["height"]) == ("640", "800")
    assert picture["srcset"] == "/assets/small.webp 320w, /assets/nora.webp 640w"
    assert "loading" not in picture.attributes, "the first screen waits for nothing"
    group = dataclasses.replace(shown, practice=make_group(with_picture))
    [listed] = read(group)["/"].all("img")
    assert (listed["loading"], listed["sizes"]) == ("lazy", "7rem")


def test_what_the_owner_wrote_stays_text(site: Site, practice: Practice) -> None:
    hostile = '"><script>alert(1)</script>{{ 7 * 7 }}&amp;</textarea><!--'
    changed = change_facts(
        change_clinician(practice, niche=hostile, name=hostile, approaches=(hostile,)),
        practice={"name": hostile},
        insurance={"plans": (hostile,)},
        address={"parking": hostile},
    )
    calm = read(site)
    for url, document in reshaped(site, changed).items():
        assert len(document.all("script")) == len(calm[url].all("script")), url
        assert "49" not in document.one("title").text
        assert hostile in document.text, url


def test_a_script_in_the_owners_prose_stays_text(site: Site, practice: Practice) -> None:
    prose = Prose("Write `<script>alert(1)</script>` **here**.", "profile.md")
    clinician = dataclasses.replace(practice.clinicians[0], profile={"en": prose})
    [document] = [
        document
        for url, document in reshaped(
            site, dataclasses.replace(practice, clinicians=(clinician,))
        ).items()
        if url.startswith("/clinicians/")
    ]
    assert document.one("code").text == "<script>alert(1)</script>"


def test_a_group_is_introduced_one_by_one(site: Site, practice: Practice) -> None:
    pages = reshaped(site, make_group(practice))
    assert [one.text for one in pages["/"].all("h3")][:2] == [
        "Nora Ellison, LICSW",
        "Marguerite Okonkwo-Villanueva-Thistlethwaite, PsyD",
    ]
    guide = pages["/for-offices/"]
    assert guide.one("h1").text == "How to refer to Harbor Street Counseling PLLC"
    assert len(guide.all("blockquote")) == 2


def test_a_sparse_practice_still_has_whole_pages(site: Site, practice: Practice) -> None:
    sparse = change_facts(
        change_clinician(
            practice, credentials=(), title=None, pronouns=None, npi=None, license=None,
            approaches=(), telehealth=(), openings=None,
        ),
        contact={"fax": None, "email": None},
        address={"street": None, "unit": None, "po_box": "PO Box 7", "parking": None, "access": None},
        booking={"url": None, "consultation_minutes": None, "note": None},
        insurance={"plans": (), "superbills": False, "note": None},
        payment={"methods": (), "due": None, "cancellation": None},
        promise={"seen_within_days": None},
    )  # fmt: skip
    sparse = dataclasses.replace(sparse, facts=sparse.facts.model_copy(update={"fees": ()}))
    pages = reshaped(site, sparse)
    assert all("None" not in document.text for document in pages.values())
    assert "PO Box 7" in pages["/"].text
    assert "Ask us about your plan" in pages["/"].text
    assert len(pages["/for-offices/"].all("li", class_="door")) == 2


def test_equal_sites_give_equal_bytes(site: Site) -> None:
    assert render_all(site) == render_all(dataclasses.replace(site))


def test_a_site_without_an_address_claims_none(site: Site) -> None:
    for document in read(dataclasses.replace(site, site_url=None)).values():
        assert not document.all("link", rel="canonical")


def test_the_page_that_is_missing_is_not_to_be_found(pages: dict[str, Document]) -> None:
    assert pages["/404.html"].one("meta", name="robots")["content"] == "noindex"
    assert not pages["/404.html"].all("link", rel="canonical")
    assert (
        pages["/fees/"].one("link", rel="canonical")["href"] == "https://harborstreet.example/fees/"
    )
