"""The notes on their pages, and the feed by which they are followed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from xml.etree import ElementTree as ET

import pytest

from outreach_kit.practice import Practice, Prose
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import Document, change_facts, render_all

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = "/notes/after-the-clear-result/"


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Document]:
    return read(site)


def feed_of(site: Site) -> ET.Element:
    return ET.fromstring(render_all(site)["/notes/feed.xml"])


def said(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_notes_are_listed_the_newest_first(pages: dict[str, Document]) -> None:
    titles = [one.text for one in pages["/notes/"].all("h2", lang="en")]
    assert titles == [
        "What to say after a clear result",
        "Three questions for somebody who cannot sleep",
    ]
    assert pages["/notes/"].one("time", datetime="2026-11-09").text == "November 9, 2026"


def test_a_note_has_its_day_its_author_and_its_words(pages: dict[str, Document]) -> None:
    note = pages[FIRST]
    assert note.one("h1").text == "What to say after a clear result"
    assert note.all("time", datetime="2026-11-09")
    assert "Nora Ellison" in note.one("p", class_="overline").text
    assert "nobody mends a false alarm by searching the house again" in note.text
    assert note.all("a", href="/notes/three-questions-about-sleep/")
    assert not note.one("main").text.count(FIRST)


def test_a_note_describes_itself_to_machines(pages: dict[str, Document]) -> None:
    about = json.loads(pages[FIRST].one("script", type="application/ld+json").text)
    assert (about["@type"], about["datePublished"]) == ("BlogPosting", "2026-11-09")
    assert about["author"]["name"] == "Nora Ellison"
    assert about["url"] == f"https://harborstreet.example{FIRST}"


def test_every_page_leads_to_the_feed(pages: dict[str, Document]) -> None:
    for url, page in pages.items():
        [link] = page.all("link", rel="alternate")
        assert (link["type"], link["href"]) == ("application/atom+xml", "/notes/feed.xml"), url


def test_the_feed_has_what_atom_asks_for(site: Site) -> None:
    feed = feed_of(site)
    assert said(feed, "id") == "https://harborstreet.example/notes/"
    assert said(feed, "title") == "Harbor Street Counseling PLLC"
    assert said(feed, "updated") == "2026-11-09T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Nora Ellison"
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://harborstreet.example/notes/feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert said(entries[0], "title") == "What to say after a clear result"
    assert [said(one, "updated") for one in entries] == [
        "2026-11-09T00:00:00Z",
        "2026-09-14T00:00:00Z",
    ]
    assert "<h2>" in said(entries[0], "content")


def test_an_entry_keeps_its_name_when_its_words_change(site: Site, practice: Practice) -> None:
    first, *others = practice.notes
    reworded = dataclasses.replace(first, title="Other words", body=Prose("Other.", "n.md"))
    changed = dataclasses.replace(practice, notes=(reworded, *others))
    later = dataclasses.replace(site, practice=changed, today=site.today + dt.timedelta(days=400))
    before, after = (
        [said(one, "id") for one in feed_of(one).findall(f"{ATOM}entry")] for one in (site, later)
    )
    assert before == after
    assert before[0] == "tag:harborstreet.example,2026-11-09:/notes/after-the-clear-result"


def test_a_feed_holds_whole_addresses_and_nothing_that_breaks_it(
    site: Site, practice: Practice
) -> None:
    first, *others = practice.notes
    hostile = dataclasses.replace(
        first,
        title="]]></title><script>",
        body=Prose("See [the fees](/fees/) & `</content>`.", "n.md"),
    )
    changed = dataclasses.replace(practice, notes=(hostile, *others))
    [entry, _] = feed_of(dataclasses.replace(site, practice=changed)).findall(f"{ATOM}entry")
    assert said(entry, "title") == "]]></title><script>"
    assert 'href="https://harborstreet.example/fees/"' in said(entry, "content")
    assert "&lt;/content&gt;" in said(entry, "content")


def test_without_an_address_there_are_notes_and_no_feed(site: Site) -> None:
    nowhere = read(dataclasses.replace(site, site_url=None))
    assert FIRST in nowhere
    assert not nowhere["/notes/"].all("link", rel="alternate")
    assert "feed reader" not in nowhere["/notes/"].text


def test_a_practice_without_notes_has_no_page_of_them(site: Site, practice: Practice) -> None:
    pages = reshaped(site, dataclasses.replace(practice, notes=()))
    assert "/notes/" not in pages
    assert not pages["/"].all("link", rel="alternate")


def test_note_in_a_further_language_alone_is_in_the_feed_of_that_one(
    site: Site, practice: Practice
) -> None:
    told = change_facts(practice, practice={"languages": ("en", "es")})
    notes = tuple(dataclasses.replace(one, language="es") for one in practice.notes)
    files = render_all(dataclasses.replace(site, practice=dataclasses.replace(told, notes=notes)))
    assert "/es/notes/feed.xml" in files
    assert not {"/notes/", "/notes/feed.xml"} & set(files)
    assert "feed.xml" not in files["/"]
