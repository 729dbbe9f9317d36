"""Pages under a reader's own conditions: very large, with text set apart, by keyboard, on a slow line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import Assets, Site
from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, check, check_width, settle
from tests.outreach_kit.web.host import serve_site
from tests.outreach_kit.web.test_pages_in_browser import PIXEL
from tests.outreach_kit.web.things import FORM_URL, render_all
from tests.samples import GROUP_PRACTICE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ENLARGED_WIDTH = 320
"""What is left of 1280 px at 400 % (WCAG 1.4.10)."""
SET_APART = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
    " word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"
)
"""WCAG 1.4.12."""
STICKS_OUT = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const {left, right, width} = one.getBoundingClientRect();
  return width && (right > innerWidth + 1 || left < -1) && !one.closest('.visually-hidden, .skip');
}).map((one) => `${one.tagName} ${one.className}`)"""
FOCUS = """() => {
  const one = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(one);
  const around = getComputedStyle(one.closest('label') ?? one);
  const {width, height} = one.getBoundingClientRect();
  const ringed = [outlineStyle, around.outlineStyle].some((style) => style !== 'none');
  return [one === document.body ? '' : one.outerHTML.slice(0, 90), ringed && width * height > 0];
}"""
PLACES = "['main', 'h1'].map((one) => document.querySelector(one).getBoundingClientRect().top)"

NO_LINE_HOLDS = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen"
FULL_STOPS = """() => [...document.querySelectorAll('main p')].flatMap((one) => {
  const text = one.lastChild, end = text?.length;
  if (text?.nodeType !== Node.TEXT_NODE || !/[a-z][.]$/.test(text.data)) return [];
  const [before, stop] = [end - 2, end - 1].map((start) => {
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, start + 1);
    return range.getBoundingClientRect();
  });
  return [[text.data, stop.left >= before.right - 1]];
})"""


@pytest.fixture(scope="module")
def files(site: Site, assets: Assets) -> dict[str, bytes]:
    group = dataclasses.replace(site, practice=load_practice(GROUP_PRACTICE), prints=())
    spanish = {url: text for url, text in render_all(group).items() if url.startswith("/es/")}
    pages = {**render_all(site), **spanish}
    texts = {url: text.encode() for url, text in pages.items()}
    return {**texts, **assets.files, "/print/guide-letter.png": PIXEL}


@pytest.fixture(scope="module")
def origin(files: dict[str, bytes]) -> Iterator[str]:
    with serve_site(files, FORM_URL) as address:
        yield address


def test_no_page_runs_off_the_screen_however_large_or_set_apart(
    browser: Browser, origin: str, files: dict[str, bytes]
) -> None:
    """Nor on a telephone, where most read the Spanish ones; English ones are looked at there elsewhere."""
    context = browser.new_context(
        viewport={"width": ENLARGED_WIDTH, "height": 700}, bypass_csp=True, java_script_enabled=True
    )
    page = context.new_page()
    page.route(f"{FORM_URL}/**", lambda route: route.abort())
    # A filtered list is laid out like the whole one.
    lists = tuple(f"/es/clinicians/{by}/" for by in ("age", "language", "plan", "site", "need"))
    urls = [one for one in files if one.endswith(("/", "404.html")) and not one.startswith(lists)]
    assert len(urls) > 40
    assert sum(one.startswith("/es/") for one in urls) > 20
    out = {}
    for url in urls:
        page.goto(origin + url)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        out[url] = page.evaluate(STICKS_OUT)
        if url.startswith("/es/"):
            page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
            check_width(page)
            page.set_viewport_size({"width": ENLARGED_WIDTH, "height": 700})
        page.add_style_tag(content=SET_APART)
        out[f"{url} set apart"] = page.evaluate(STICKS_OUT)
    context.close()
    assert not {url: found for url, found in out.items() if found}


@pytest.mark.parametrize(
    "path", ["/", "/fees/", "/contact/", "/clinicians/nora-ellison/", "/refer/"]
)
def test_names_that_no_line_can_hold_are_broken(
    page: Page, origin: str, files: dict[str, bytes], path: str
) -> None:
    text = files[path].decode()
    for name in (
        "Harbor Street", "Nora Ellison", "Individual session", "Regence", "hello@", "Panic attacks",
    ):  # fmt: skip
        text = text.replace(name, NO_LINE_HOLDS)
    page.route(origin + path, lambda route: route.fulfill(body=text, content_type="text/html"))
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    page.goto(origin + path)
    assert NO_LINE_HOLDS in page.inner_text("main")
    assert not page.evaluate(STICKS_OUT)


def test_a_wide_table_of_the_owners_is_moved_by_itself(
    page: Page, site: Site, assets: Assets
) -> None:
    row = "|" + " Individual therapy |" * 7
    told = f"We meet.\n\n{row}\n{'|---' * 7}|\n{row}\n"
    (nora,) = site.practice.clinicians
    prose = dataclasses.replace(nora.profile["en"], text=told)
    person = dataclasses.replace(nora, profile={"en": prose})
    practice = dataclasses.replace(site.practice, clinicians=(person,))
    texts = render_all(dataclasses.replace(site, practice=practice))
    path = "/clinicians/nora-ellison/"
    with serve_site({path: texts[path].encode(), **assets.files}, FORM_URL) as address:
        page.route(f"{FORM_URL}/**", lambda route: route.abort())
        page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
        page.goto(address + path)
        check(page)
        assert page.evaluate(
            "(one => one.scrollWidth > one.clientWidth)(document.querySelector('.scroller'))"
        )


def test_english_on_a_page_from_right_to_left_ends_at_its_own_end(
    page: Page, origin: str, files: dict[str, bytes]
) -> None:
    text = files["/ask/"].decode().replace('dir="ltr"', 'dir="rtl"', 1)
    page.route(origin + "/ask/", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(origin + "/ask/")
    stops = page.evaluate(FULL_STOPS)
    assert len(stops) > 3
    assert not [sentence for sentence, follows in stops if not follows]


@pytest.mark.parametrize("path", ["/", "/refer/", "/for-offices/"])
def test_nothing_jumps_when_the_faces_come(page: Page, origin: str, path: str) -> None:
    page.goto(origin + path)
    settle(page)
    if not page.evaluate(
        """() => {
            const pen = document.createElement('canvas').getContext('2d');
            const wide = (font) => { pen.font = font; return pen.measureText('mill').width; };
            return wide('600 99px "Handoff Serif Near", monospace') !== wide('600 99px monospace');
        }"""
    ):
        pytest.skip("this machine has none of the faces that stand in")
    ours, theirs = [], []
    for width in (PHONE_WIDTH, DESKTOP_WIDTH):
        page.set_viewport_size({"width": width, "height": 844})
        ours.append(page.evaluate(PLACES))
    page.route("**/*.woff2", lambda route: route.abort())
    for width in (PHONE_WIDTH, DESKTOP_WIDTH):
        page.set_viewport_size({"width": width, "height": 844})
        page.reload()
        theirs.append(page.evaluate(PLACES))
    for before, after in zip(theirs, ours, strict=True):
        assert before == pytest.approx(after, abs=2)


def test_the_keyboard_alone_goes_through_the_form_and_out_of_it(page: Page, origin: str) -> None:
    page.goto(f"{origin}/refer/")
    page.evaluate("document.querySelector('details').open = true")
    stops = []
    for _ in range(120):
        page.keyboard.press("Tab")
        shown, ringed = page.evaluate(FOCUS)
        if not shown:
            break  # past the last, into the browser's own bar
        assert ringed, f"where am I? {shown}"
        stops.append(shown)
    assert len(stops) > 50
    assert not shown, "the keyboard is caught"
    names = [one for one in ("referrer_name", "patient_name", "patient_agreed", "note") if not any(
        f'name="{one}"' in stop for stop in stops)]  # fmt: skip
    assert not names
