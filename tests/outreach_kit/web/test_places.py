"""Further places with a telephone, a fax, hours and a clock of their own: wherever one is shown."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from outreach_kit.practice import Practice, load_practice
from outreach_kit.web import Site, status_view
from outreach_kit.web.language import words_in
from outreach_kit.web.times import HeldTime, say_time
from outreach_kit.web.views.doors import MOST_LINES
from tests.outreach_kit.web.reading import read
from tests.outreach_kit.web.things import FORM_URL, TODAY, AnyAsset, Document, render_all
from tests.samples import GROUP_PRACTICE

OWN = ("(360) 555-0170", "(360) 555-0171", "Tuesday, 9 AM to 5 PM", "Thursday, 10 AM to 7 PM")
PRACTICES = ("(360) 555-0160", "(360) 555-0161")


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def site_of(practice: Practice) -> Site:
    return Site(practice, TODAY, FORM_URL, "https://tworivers.example", AnyAsset())


@pytest.fixture(scope="module")
def files(group: Practice) -> dict[str, str]:
    return render_all(site_of(group))


@pytest.fixture(scope="module")
def pages(files: dict[str, str]) -> dict[str, Document]:
    return {url: Document(text) for url, text in files.items() if url.endswith("/")}


def at_wren(group: Practice, **keys: Any) -> Practice:
    [wren] = group.facts.sites
    moved = group.facts.model_copy(update={"sites": (wren.model_copy(update=keys),)})
    return replace(group, facts=moved)


@pytest.mark.parametrize(
    "url", ["/contact/", "/clinicians/tomas-delgado/", "/clinicians/site/port-wren/"]
)
def test_own_number_fax_and_hours_stand_with_the_place(
    pages: dict[str, Document], url: str
) -> None:
    for fact in (*OWN, "9 Harbor Way", "Port Wren, WA 98998"):
        assert fact in pages[url].one("main").text, fact
    assert "Mountain Time" not in pages[url].text


@pytest.mark.parametrize("url", ["/for-offices/", "/front-desk/"])
def test_offices_read_each_number_under_its_place(pages: dict[str, Document], url: str) -> None:
    said = pages[url].one("main").text
    for fact in (*OWN[:2], *PRACTICES, "Port Wren"):
        assert fact in said, fact
    assert pages[url].all("a", href="tel:+13605550170")


def test_what_a_place_lacks_is_the_practices(group: Practice) -> None:
    bare = at_wren(group, phone=None, fax=None, hours=None)
    pages = read(site_of(bare))
    chosen = pages["/clinicians/site/port-wren/"].one("main").text
    for fact in (*PRACTICES, "8 AM to 7 PM"):
        assert fact in chosen, fact
    assert pages["/clinicians/tomas-delgado/"].one("main").text.count(PRACTICES[0])
    for url in ("/for-offices/", "/front-desk/"):
        assert "Port Wren" not in pages[url].one("main").text


def test_hours_by_another_clock_say_by_which(group: Practice) -> None:
    east = at_wren(group, time_zone="America/Boise")
    pages = read(site_of(east))
    assert "Mountain Time" in pages["/contact/"].one("main").text
    assert "Hora de las Montañas Rocosas" in pages["/es/contact/"].one("main").text
    without = read(site_of(at_wren(east, hours=None)))["/clinicians/site/port-wren/"]
    assert "8 AM to 7 PM" not in without.one("main").text
    assert "Mountain Time" in without.text


def test_too_many_numbers_are_read_on_the_page_of_all_places(group: Practice) -> None:
    [wren] = group.facts.sites
    many = tuple(
        wren.model_copy(update={"slug": f"wren-{n}", "name": f"Wren {n}"})
        for n in range(MOST_LINES + 1)
    )
    grown = replace(group, facts=group.facts.model_copy(update={"sites": (wren, *many)}))
    pages = read(site_of(grown))
    assert OWN[0] not in pages["/for-offices/"].one("main").text
    assert pages["/contact/"].one("main").text.count(OWN[0]) == MOST_LINES + 2


def test_cards_hold_the_lines_of_a_place_together(files: dict[str, str], group: Practice) -> None:
    def card(name: str, files: dict[str, str] = files) -> list[str]:
        return files[f"/contact/{name}.vcf"].replace("\r\n ", "").split("\r\n")

    whole = card("practice")
    assert 'TEL;VALUE=uri;PREF=1;TYPE="work,voice":tel:+13605550160' in whole
    for line in (
        "place2.ADR;TYPE=work:;;9 Harbor Way;Port Wren;WA;98998;US",
        "place2.X-ABLABEL:Port Wren",
        'place2.TEL;VALUE=uri;TYPE="work,voice":tel:+13605550170',
        'place2.TEL;VALUE=uri;TYPE="work,fax":tel:+13605550171',
    ):
        assert line in whole, line
    assert not [line for line in whole if "TZ:" in line and line != "TZ:America/Los_Angeles"]
    tomas = card("tomas-delgado")
    assert 'TEL;VALUE=uri;PREF=1;TYPE="work,voice":tel:+13605550170' in tomas
    assert not [line for line in tomas if line.startswith("place2")]
    east = render_all(site_of(at_wren(group, time_zone="America/Boise")))
    assert "TZ:America/Boise" in card("tomas-delgado", east)
    assert "place2.TZ:America/Boise" in card("practice", east)


def test_search_engines_read_what_is_the_places_own(pages: dict[str, Document]) -> None:
    graph = json.loads(pages["/"].one("script", type="application/ld+json").text)
    text = json.dumps(graph)
    assert "+13605550171" in text
    [place] = [one for one in _every(graph) if one.get("name") == "Port Wren"]
    assert place["telephone"] == "+13605550170"
    assert [one["opens"] for one in place["openingHoursSpecification"]] == ["09:00", "10:00"]
    tomas = json.loads(
        pages["/clinicians/tomas-delgado/"].one("script", type="application/ld+json").text
    )
    [person] = [one for one in _every(tomas) if one.get("@type") == "Person"]
    assert person["telephone"] == "+13605550170"


def _every(thing: Any) -> list[dict[str, Any]]:
    """Each node of a graph, at any depth."""
    if isinstance(thing, list):
        return [node for one in thing for node in _every(one)]
    if isinstance(thing, dict):
        return [thing, *_every(list(thing.values()))]
    return []


def test_office_and_patient_read_the_number_of_who_was_asked_for(group: Practice) -> None:
    def said_of(clinician: str) -> str:
        at = dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC)
        view = status_view(
            site_of(group),
            receipt="blue heron 42",
            received_at=at,
            promised_by=at,
            clinician=clinician,
        )
        return f"{view.slip.phone} {view.chart_line}"

    assert said_of("tomas-delgado").count("(360) 555-0170") == 2
    assert said_of("ana-ruiz").count("(360) 555-0160") == 2


def test_time_of_day_says_by_which_clock_where_there_are_several(group: Practice) -> None:
    at = dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)
    east = at_wren(group, time_zone="America/Boise")
    held = HeldTime("1", at, "tomas-delgado")
    said = [
        say_time(held, one.in_language(language), words_in(language), TODAY)
        for one in (group, east)
        for language in ("en", "es")
    ]
    assert said == [
        "Tuesday, November 24, 9 AM, with Tomás Delgado",
        "martes 24 de noviembre, 9 a.m., con Tomás Delgado",
        "Tuesday, November 24, 9 AM (Pacific Time), with Tomás Delgado",
        "martes 24 de noviembre, 9 a.m. (hora del Pacífico), con Tomás Delgado",
    ]
    view = status_view(site_of(east), receipt="blue heron 42", received_at=at, promised_by=at)
    assert view.promised_by.endswith("9 AM (Pacific Time)")
