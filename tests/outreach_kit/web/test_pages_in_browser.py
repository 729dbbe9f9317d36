"""Every page in a real browser, on a phone and on a desk, by day and by night."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from outreach_kit.web import (
    Assets,
    Site,
    form_view,
    render_form,
    render_problem,
    render_risk,
    render_status,
    status_view,
)
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    check,
    check_everywhere,
    check_width,
    find_violations,
    settle,
)
from tests.outreach_kit.web.host import serve_site
from tests.outreach_kit.web.things import (
    FORM_URL,
    change_clinician,
    change_facts,
    make_group,
    render_all,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff"
    "9fa11e00068102ff1a5f4cf40000000049454e44ae426082"
)
PAGES = [
    "/", "/for-offices/", "/refer/", "/clinicians/nora-ellison/", "/fees/", "/privacy/", "/print/",
    "/404.html", "/mistakes/", "/status/", "/problem/", "/group/", "/group/for-offices/", "/hello/",
    "/hello/mistakes/", "/hello/status/", "/risk/",
]  # fmt: skip

PLAIN_PAGES = [
    "/for-offices/schools/", "/front-desk/", "/first-visit/", "/contact/", "/trainings/", "/notes/",
    "/notes/after-the-clear-result/", "/topics/", "/topics/panic/", "/resources/", "/accessibility/",
    "/thanks/",
]  # fmt: skip
"""Of parts that the pages above have too: judged on a phone by day and on a desk by night."""


def server_pages(site: Site) -> dict[str, str]:
    """What the form server shows, and a group's pages, at addresses of their own."""
    now = dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC)
    sent = status_view(
        site, receipt="blue heron 42", received_at=now, promised_by=now, just_sent=True
    )
    own = status_view(site, receipt="blue heron 42", received_at=now, promised_by=now, kind="self")
    errors = {"patient_name": "Give the name.", "reasons": "Tick one.", "note": "It is too long."}
    group = render_all(dataclasses.replace(site, practice=make_group(site.practice)))
    return {
        "/mistakes/": render_form(form_view(site, errors=errors)),
        "/status/": render_status(sent),
        "/problem/": render_problem(site, "Your referral was not stored", "Please call us."),
        "/hello/mistakes/": render_form(form_view(site, kind="self", errors=errors)),
        "/hello/status/": render_status(own),
        "/risk/": render_risk(site, "office", [("note", "wants to die")]),
        "/group/": group["/"],
        "/group/for-offices/": group["/for-offices/"],
    }


@pytest.fixture(scope="module")
def files(site: Site, assets: Assets) -> dict[str, bytes]:
    texts = {**render_all(site), **server_pages(site)}
    pages = {url: text.encode() for url, text in texts.items()}
    return {**pages, **assets.files, "/print/guide-letter.png": PIXEL}


@pytest.fixture(scope="module")
def origin(files: dict[str, bytes]) -> Iterator[str]:
    with serve_site(files, FORM_URL) as address:
        yield address


def answer_no_times(route: Route) -> None:
    """What a form server says that holds no first-call times."""
    route.fulfill(json={"times": [], "office": None}, headers={"Access-Control-Allow-Origin": "*"})


def answer_openings(text: str) -> Callable[[Route], None]:
    """What a form server says that was told at the desk; empty for a count that is out of date."""
    said = {"clinicians": [{"slug": "nora-ellison", "text": text}]}
    return lambda route: route.fulfill(json=said, headers={"Access-Control-Allow-Origin": "*"})


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_accessible_and_fits(page: Page, origin: str, path: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route(f"{FORM_URL}/first-calls.json", answer_no_times)
    page.route(f"{FORM_URL}/openings.json", answer_openings("1 opening on November 22"))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(origin + path)
    check_everywhere(page)
    assert not said, "a script failed, or the policy refused something"
    assert all(url.startswith((origin, FORM_URL)) for url in requests)


@pytest.mark.parametrize("path", PLAIN_PAGES)
def test_the_plain_page_is_accessible_and_fits(page: Page, origin: str, path: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route(f"{FORM_URL}/**", answer_openings(""))
    page.goto(origin + path)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    page.emulate_media(color_scheme="light")
    check(page)
    page.set_viewport_size({"width": DESKTOP_WIDTH, "height": 844})
    page.emulate_media(color_scheme="dark")
    check(page)
    assert not said, "a script failed, or the policy refused something"


def test_the_form_is_accessible_when_all_of_it_is_open(page: Page, origin: str) -> None:
    page.goto(f"{origin}/refer/")
    page.get_by_text("More, if it helps").click()
    assert page.get_by_label("Parent or guardian").is_visible()
    assert find_violations(page) == []


@pytest.mark.parametrize("path", ["/", "/refer/", "/ask/"])
def test_the_first_page_is_light(
    files: dict[str, bytes], page: Page, origin: str, path: str
) -> None:
    """60 kB over the wire, as a host sends it: text compressed, faces as they are. Whoever scans a
    code begins with a form.
    """
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url.removeprefix(origin)))
    page.route(f"{FORM_URL}/**", lambda route: route.abort())
    page.goto(origin + path)
    settle(page)
    assert len(loaded) > 4
    sent = sum(
        len(files[path] if path.endswith(".woff2") else gzip.compress(files[path]))
        for path in loaded
        if path in files
    )
    assert sent < 60_000


def test_openings_disappear_from_a_page_that_has_grown_old(browser: Browser, origin: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(f"{FORM_URL}/**", lambda route: route.abort())
    page.clock.install(time=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    page.goto(f"{origin}/")
    assert page.get_by_text("3 openings on November 16").is_visible()
    assert page.get_by_text("the first on Monday, November 23").is_visible()
    told = page.locator('script[type="application/ld+json"]')
    assert "isAcceptingNewPatients" in told.inner_text()
    page.clock.set_fixed_time(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))
    page.reload()
    assert page.get_by_text("3 openings on November 16", exact=True).is_visible()
    assert not page.get_by_text("the first on").is_visible()
    page.clock.set_fixed_time(dt.datetime(2026, 12, 24, 12, tzinfo=dt.UTC))
    page.reload()
    assert page.get_by_text("Call for current openings").is_visible()
    assert not page.get_by_text("3 openings on November 16").is_visible()
    assert "isAcceptingNewPatients" not in told.inner_text(), "nor are programs told so"
    assert json.loads(told.inner_text())["@graph"][0]["telephone"] == "+13605550142"
    context.close()


@pytest.mark.parametrize("path", ["/", "/clinicians/nora-ellison/", "/for-offices/"])
def test_openings_are_those_that_the_desk_counted_last(page: Page, origin: str, path: str) -> None:
    page.clock.install(time=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    page.route(f"{FORM_URL}/openings.json", answer_openings("1 opening on November 22"))
    page.goto(origin + path)
    page.get_by_text("1 opening on November 22").wait_for()
    assert not page.get_by_text("3 openings on November 16").is_visible()

    page.route(f"{FORM_URL}/openings.json", answer_openings(""))
    page.reload()
    page.get_by_text("Call for current openings").wait_for()
    assert not page.get_by_text("3 openings on November 16").is_visible()


def test_no_name_however_long_breaks_the_head_of_a_page(
    page: Page, site: Site, assets: Assets
) -> None:
    """The menu stays on one line on a desk, and nothing sticks out of the 404 page on a phone."""
    long = "Maximiliana-Theodora Featherstonehaugh-Cholmondeley-Wriothesley"
    named = change_facts(change_clinician(site.practice, name=long), practice={"name": long * 2})
    texts = render_all(dataclasses.replace(site, practice=named))
    pages = {url: texts[url].encode() for url in ("/404.html", "/front-desk/")}
    with serve_site({**pages, **assets.files}, FORM_URL) as origin:
        page.goto(f"{origin}/front-desk/")
        settle(page)
        menu = page.evaluate("document.querySelector('.masthead-menu').offsetHeight")
        assert 40 <= menu < 60
        page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
        page.goto(f"{origin}/404.html")
        check_width(page)


def test_a_phone_shows_the_front_desk_every_door_at_once(page: Page, origin: str) -> None:
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    page.goto(f"{origin}/front-desk/")
    settle(page)
    bottom = page.evaluate("document.querySelector('.desk-doors').getBoundingClientRect().bottom")
    assert 200 < bottom < 844


def test_the_keyboard_reaches_the_content_first(page: Page, origin: str) -> None:
    page.goto(f"{origin}/fees/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{origin}/fees/#*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_headings_are_set_in_the_practices_own_faces(page: Page, origin: str) -> None:
    page.goto(f"{origin}/")
    settle(page)
    widths = page.evaluate(
        """() => {
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = '600 100px "Handoff Serif"';
            return ['“', '”'].map((quote) => pen.measureText(quote).width);
        }"""
    )
    assert page.evaluate("document.fonts.check('600 1rem \"Handoff Serif\"')")
    assert widths[0] == pytest.approx(widths[1], abs=5), "a quote is cut in half"


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("path", ["/status/", "/hello/status/"])
def test_the_receipt_and_the_slip_print_on_one_sheet(
    page: Page, origin: str, path: str, paper: str
) -> None:
    page.goto(origin + path)
    settle(page)
    document = pdfium.PdfDocument(page.pdf(format=paper))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    assert "988" in text
    assert "Print the slip" not in text
    document.close()
