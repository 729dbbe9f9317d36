"""Any page of the site, printed from the browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from outreach_kit.web import Assets, Site, render_status, status_view
from tests.browser import settle
from tests.outreach_kit.web.host import serve_site
from tests.outreach_kit.web.things import FORM_URL, render_all

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_SHEETS = {
    "/": 2,
    "/for-offices/": 2,
    "/clinicians/nora-ellison/": 2,
    "/fees/": 2,
    "/contact/": 1,
    "/privacy/": 1,
}


@pytest.fixture(scope="module")
def origin(site: Site, assets: Assets) -> Iterator[str]:
    pages = {url: text.encode() for url, text in render_all(site).items()}
    with serve_site({**pages, **assets.files}, FORM_URL) as address:
        yield address


def print_out(page: Page, address: str) -> list[str]:
    """The text of each sheet."""
    page.route(f"{FORM_URL}/**", lambda route: route.abort())
    page.goto(address)
    settle(page)
    document = pdfium.PdfDocument(page.pdf(format="Letter"))
    texts = [one.get_textpage().get_text_bounded() for one in document]
    document.close()
    return texts


def test_pages_take_few_sheets_and_hold_only_what_paper_can_say(page: Page, origin: str) -> None:
    page.emulate_media(color_scheme="dark")
    for path, most in MOST_SHEETS.items():
        sheets = print_out(page, origin + path)
        assert 1 <= len(sheets) <= most, path
        text = "\n".join(sheets)
        assert "(360) 555-0142" in text, path
        assert "988" in sheets[-1], "the crisis lines stand at the end"
        assert all(len(sheet.split()) > 25 for sheet in sheets), (
            f"a sheet of {path} is nearly empty"
        )
        for clicked in ("Skip to the content", "Refer a patient", "follows nobody"):
            assert clicked not in text, (path, clicked)


def test_paper_is_white_whatever_the_screen_was(page: Page, origin: str) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(f"{origin}/")
    settle(page)
    ground, ink = page.evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert ground == "rgb(255, 255, 255)"
    assert max(map(int, ink[4:-1].split(", "))) < 60


def test_a_link_that_leads_out_of_the_site_is_written_out(page: Page, origin: str) -> None:
    (text,) = (" ".join(print_out(page, f"{origin}{path}")) for path in ["/"])
    assert "harborstreet.example/book" in "".join(text.split())
    assert "/fees/" not in text
    (contact,) = print_out(page, f"{origin}/contact/")
    assert "openstreetmap" not in contact, "nobody types the address of a map"


def test_who_is_told_to_call_reads_the_number_there(page: Page, origin: str) -> None:
    text = " ".join(" ".join(print_out(page, f"{origin}/topics/panic/")).split())
    first_step = text.partition("The first step")[2].partition("What it costs")[0]
    assert "(360) 555-0142" in first_step
    assert "Book a time online (https://harborstreet.example/book" in first_step


def test_an_address_that_is_written_out_already_is_printed_once(
    page: Page, origin: str, site: Site
) -> None:
    moment = dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC)
    view = status_view(site, receipt="blue heron 42", received_at=moment, promised_by=moment)
    page.route(
        f"{origin}/status/x",
        lambda route: route.fulfill(body=render_status(view), content_type="text/html"),
    )
    (text,) = print_out(page, f"{origin}/status/x")
    assert "".join(text.split()).count("harborstreet.example/book") == 1


def test_nothing_is_cut_in_two_and_no_heading_stands_alone(page: Page, origin: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{origin}/for-offices/")
    settle(page)
    broken = page.evaluate(
        """() => [...document.querySelectorAll('main li, .door, .colophon, main h2')]
          .filter((one) => one.matches('h2')
            ? getComputedStyle(one).breakAfter !== 'avoid'
            : getComputedStyle(one).breakInside !== 'avoid')
          .map((one) => one.className || one.tagName)"""
    )
    assert broken == []
