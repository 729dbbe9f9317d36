"""The Spanish pages on a phone, the way between the languages, and a page that is read from the right."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import Assets, Site
from tests.browser import PHONE_WIDTH, check, find_violations, follow, settle
from tests.outreach_kit.web.filling_in import RECEIPT
from tests.outreach_kit.web.host import serve_site
from tests.outreach_kit.web.test_languages import without_words
from tests.outreach_kit.web.things import FORM_URL, TODAY, render_all
from tests.samples import GROUP_PRACTICE, SPANISH_PRACTICE

if TYPE_CHECKING:
    from playwright.sync_api import Page

READ = ["/es/", "/es/for-offices/", "/es/refer/", "/es/404.html", "/he/", "/he/refer/"]
"""The parts that differ by language are on these; the rules of all others are looked at in English."""


@pytest.fixture(scope="module")
def pages(assets: Assets) -> dict[str, bytes]:
    site = Site(
        load_practice(GROUP_PRACTICE), TODAY, FORM_URL, "https://x.example", assets.manifest
    )
    alone = dataclasses.replace(site, practice=load_practice(SPANISH_PRACTICE))
    hebrew = render_all(without_words(site, "he"))
    files = {
        **{url: html for url, html in hebrew.items() if url.startswith("/he/")},
        **render_all(site),
        "/alone/": render_all(alone)["/"],
    }
    return {url: text.encode() if isinstance(text, str) else text for url, text in files.items()}


@pytest.fixture(scope="module")
def origin(pages: dict[str, bytes], assets: Assets) -> Iterator[str]:
    with serve_site({**pages, **assets.files}, FORM_URL) as origin:
        yield origin


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    page.route(f"{FORM_URL}/**", lambda route: route.abort())
    return page


@pytest.mark.parametrize("path", READ)
def test_the_page_can_be_read_by_everybody(phone: Page, origin: str, path: str) -> None:
    phone.goto(origin + path)
    check(phone)


def test_the_way_leads_to_the_same_page_and_back(phone: Page, origin: str) -> None:
    phone.goto(f"{origin}/fees/")
    assert phone.locator("html").get_attribute("lang") == "en"
    follow(phone, "Español")
    assert phone.url == f"{origin}/es/fees/"
    assert phone.get_by_role("heading", level=1, name="Tarifas y seguro").is_visible()
    follow(phone, "English")
    assert phone.url == f"{origin}/fees/"
    phone.emulate_media(media="print")
    assert not phone.get_by_role("link", name="Español").is_visible()


def test_a_patient_reads_the_hour_as_the_pages_say_it(phone: Page, origin: str) -> None:
    phone.route(
        f"{FORM_URL}/referrals",
        lambda route: route.fulfill(
            json=RECEIPT, status=201, headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    from playwright.sync_api import expect

    phone.goto(f"{origin}/es/hello/")
    for name, typed in {"name": "Ana", "phone": "360 555 0188"}.items():
        phone.locator(f"[name=patient_{name}]").fill(typed)
    phone.locator("[name=reasons]").fill("No puedo dormir")
    phone.locator("#referral button[type=submit]").first.click()
    said = phone.locator("#receipt [data-slot=promised_by]")
    expect(said).to_have_text(re.compile("23 de noviembre"))
    assert re.search(r"\b1:00\sp\.\s?m\.", said.inner_text()), "and not 13:00"


@pytest.mark.parametrize("path", ["/", "/es/", "/alone/"])
def test_the_name_of_the_practice_keeps_its_room(phone: Page, origin: str, path: str) -> None:
    phone.goto(origin + path)
    assert not find_violations(phone, ["target-size"])
    name, doors = (
        phone.locator(one).bounding_box() for one in (".masthead-name", ".masthead-doors")
    )
    assert name is not None
    assert doors is not None
    assert name["width"] >= 150
    assert name["height"] <= 50  # two lines
    assert doors["y"] >= name["y"] + name["height"]
    phone.evaluate("document.querySelector('.masthead-name').textContent = 'Elm'")
    short = phone.locator(".masthead-name").bounding_box()
    assert short is not None
    assert short["height"] >= 44, "a short one is as large a target as a long one"


def test_no_entry_of_the_menu_stands_alone_on_its_line(phone: Page, origin: str) -> None:
    phone.goto(f"{origin}/alone/")
    settle(phone)
    tops = phone.evaluate(
        "[...document.querySelectorAll('.masthead-menu a')].map((one) => one.getBoundingClientRect().top)"
    )
    lines = Counter(tops)
    assert len(lines) == 2, "four Spanish entries are too long for one line"
    assert min(lines.values()) == 2


def test_every_button_has_its_picture_where_its_line_begins(phone: Page, origin: str) -> None:
    sides = """() => [...document.querySelectorAll('main .button:has(.icon)')].map((button) => {
      const icon = button.querySelector('.icon'), words = document.createRange();
      words.selectNodeContents(button);
      words.setStartAfter(icon);
      const [mark, said] = [icon, words].map((one) => one.getBoundingClientRect());
      return said.left >= mark.right ? 'left' : 'right';
    })"""
    for path, side in (("/he/", "right"), ("/alone/", "left")):
        phone.goto(origin + path)
        found = phone.evaluate(sides)
        assert len(found) == 2 + 2
        assert set(found) == {side}
