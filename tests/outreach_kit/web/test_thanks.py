"""Where a form leads that was sent without script."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site, plan_pages
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import change_facts, render_all

URL = "/thanks/"


def test_it_says_what_happens_next_and_by_when(site: Site) -> None:
    page = read(site)[URL]
    text = " ".join(page.one("main").text.split())
    for fact in (
        "Thank you. It came in.", "We call within 4 working hours.", "at the number that you gave",
        "Most people can come within 10 days.", "You hear how it went only if they agree.",
        "Call (360) 555-0142", "Monday to Thursday, 9 AM to 6 PM", "call 911, or call or text 988",
    ):  # fmt: skip
        assert fact in text, fact
    for href in ("/first-visit/", "/refer/", "/resources/"):
        assert page.all("a", href=href), href


def test_it_is_led_to_and_not_found(site: Site) -> None:
    files = render_all(site)
    assert '<meta name="robots" content="noindex">' in files[URL]
    assert URL not in files["/sitemap.xml"]
    assert 'rel="canonical"' not in files[URL]
    for url, text in files.items():
        assert f'href="{URL}"' not in text, url


def test_without_a_form_there_is_nothing_to_thank_for(site: Site) -> None:
    assert URL not in {one.url for one in plan_pages(dataclasses.replace(site, form_url=None))}


def test_where_we_know_no_lines_it_names_none(site: Site, practice: Practice) -> None:
    abroad = dataclasses.replace(
        change_facts(practice, address={"country": "CA"}), lines=(), trusted=None
    )
    page = reshaped(site, abroad)[URL]
    assert not page.all("a", href="/resources/")
    assert "988" not in page.one("main").text


def test_a_practice_that_promises_no_visit_by_a_day_says_none(
    site: Site, practice: Practice
) -> None:
    page = reshaped(site, change_facts(practice, promise={"seen_within_days": None}))[URL]
    assert "Most people can come" not in page.text


def test_a_form_leads_here_only_where_the_practice_wants_it(site: Site, practice: Practice) -> None:
    wanted = change_facts(practice, practice={"thanks_page": True})
    address = "https://harborstreet.example/thanks/"
    for form in ("/refer/", "/hello/"):
        assert not read(site)[form].all("input", name="thanks_page"), form
        [field] = reshaped(site, wanted)[form].all("input", name="thanks_page")
        assert (field["type"], field["value"]) == ("hidden", address), form
    nowhere = reshaped(dataclasses.replace(site, site_url=None), wanted)
    assert not nowhere["/refer/"].all("input", name="thanks_page")
