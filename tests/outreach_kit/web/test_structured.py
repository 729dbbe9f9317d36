"""What machines read about the practice: in schema.org's own words, and nothing that is not so."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.clinician import Openings
from outreach_kit.web import Site, plan_pages, render_page
from outreach_kit.web.structured import describe_practice
from outreach_kit.web.structured.pages import MOST_PEOPLE
from tests.outreach_kit.web.schema_org import find_faults, kinds_of
from tests.outreach_kit.web.things import Document, change_clinician, make_group, render_all

GROUP = Path(__file__).parents[2] / "samples" / "group_practice"
PROFILE = "/clinicians/nora-ellison/"


def all_described(site: Site) -> dict[str, Any]:
    """The graph of every page that has one, by the page's address."""
    found = {}
    for url, page in render_all(site).items():
        if url.endswith((".html", "/")):
            for script in Document(page).all("script", type="application/ld+json"):
                found[url] = json.loads(script.text)
    return found


def described(site: Site, url: str) -> dict[str, Any]:
    """The graph of one page."""
    plan = next(one for one in plan_pages(site) if one.url == url)
    script = Document(render_page(plan, site)).one("script", type="application/ld+json")
    found = json.loads(script.text)
    assert isinstance(found, dict)
    return found


Graphs = Mapping[str, dict[str, Any]]


@pytest.fixture(scope="module")
def graphs(site: Site) -> Graphs:
    return all_described(site)


@pytest.fixture(scope="module")
def group_graphs(group: Site) -> Graphs:
    return all_described(group)


@pytest.fixture(scope="module")
def group(site: Site) -> Site:
    return dataclasses.replace(site, practice=load_practice(GROUP))


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing in a graph, from the outside in."""
    if isinstance(value, dict):
        yield value
    for one in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from things(one)


def house_of(graph: Mapping[str, Any]) -> dict[str, Any]:
    return next(one for one in things(graph) if "telephone" in one and "address" in one)


def test_every_word_is_schema_orgs_own(site: Site, graphs: Graphs, group_graphs: Graphs) -> None:
    nowhere = all_described(dataclasses.replace(site, site_url=None))
    checked = 0
    for shown in (graphs, group_graphs, nowhere):
        for url, graph in shown.items():
            assert graph["@context"] == "https://schema.org"
            assert list(find_faults(graph)) == [], url
            checked += 1
    assert checked > 40


def test_the_table_finds_what_is_wrong() -> None:
    person = {"@type": "Person", "name": "Nora", "isAcceptingNewPatients": True}
    assert list(find_faults(person)) == ["isAcceptingNewPatients is no property of Person"]
    assert list(find_faults({"@type": "Doctor"})) == [
        " holds something of the unknown type 'Doctor'"
    ]
    assert list(find_faults({"@type": "Person", "worksFor": person})) == [
        "isAcceptingNewPatients is no property of Person",
        "worksFor holds a Person",
    ]
    assert list(find_faults({"@type": "Person", "name": ""})) == ["name is empty"]


def test_every_name_and_address_is_whole(graphs: Graphs, group_graphs: Graphs) -> None:
    names = set()
    for graph in (*graphs.values(), *group_graphs.values()):
        for thing in things(graph):
            for key in ("@id", "url", "item", "image", "logo"):
                if key in thing:
                    parts = urlsplit(thing[key])
                    assert (parts.scheme, parts.netloc) == ("https", "harborstreet.example")
            names.add(thing.get("@id"))
    assert {
        "https://harborstreet.example/#practice",
        "https://harborstreet.example/#website",
    } <= names


def test_the_same_thing_has_the_same_name_everywhere(group_graphs: Graphs) -> None:
    by_name: dict[str, set[str]] = {}
    for graph in group_graphs.values():
        for thing in things(graph):
            if "#" in thing.get("@id", ""):
                by_name.setdefault(thing["@id"], set()).add(thing.get("name", ""))
    assert len(by_name) > 5
    assert {name: found for name, found in by_name.items() if len(found) > 1} == {}


def test_home_describes_a_business_and_its_people(site: Site, graphs: Graphs) -> None:
    business, website = graphs["/"]["@graph"]
    assert "MedicalBusiness" in business["@type"]
    assert business["telephone"] == "+13605550142"
    assert business["address"]["addressLocality"] == "Alder Falls"
    assert len(business["openingHoursSpecification"]) == 4
    assert business["openingHoursSpecification"][0]["opens"] == "09:00"
    assert business["priceRange"] == "$90–$190"
    assert business["areaServed"] == [{"@type": "AdministrativeArea", "name": "Washington"}]
    assert [one["name"] for one in business["employee"]] == ["Nora Ellison"]
    assert website["name"] == site.practice.name


def test_a_profile_describes_a_person(graphs: Graphs) -> None:
    profile = graphs[PROFILE]
    assert profile["@type"] == "ProfilePage"
    person = profile["mainEntity"]
    assert person["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "usNPI",
        "value": "1234567893",
    }
    assert person["url"] == f"https://harborstreet.example{PROFILE}"
    assert person["worksFor"]["name"] == "Harbor Street Counseling PLLC"
    assert person["hasCredential"]["validIn"]["name"] == "Washington"


def test_in_a_group_a_profile_only_names_the_house(group_graphs: Graphs) -> None:
    """It would else be told anew for each of thousands."""
    house = group_graphs["/clinicians/ana-ruiz/"]["mainEntity"]["worksFor"]
    assert set(house) == {"@type", "@id", "name", "url"}


def test_fees_are_offers(graphs: Graphs) -> None:
    offers = graphs["/fees/"]["mainEntity"]["makesOffer"]
    assert [(one["price"], one["priceCurrency"]) for one in offers] == [
        ("190", "USD"),
        ("160", "USD"),
        ("90", "USD"),
    ]


def test_an_article_says_who_wrote_it_and_when(graphs: Graphs) -> None:
    note = graphs["/notes/after-the-clear-result/"]
    assert note["@type"] == "BlogPosting"
    assert note["datePublished"] == "2026-11-09"
    assert note["author"]["name"] == "Nora Ellison"
    assert note["mainEntityOfPage"]["@type"] == "WebPage"


def test_the_way_to_a_page_is_told_step_by_step(
    site: Site, graphs: Graphs, group_graphs: Graphs
) -> None:
    def steps(shown: Graphs, url: str) -> list[tuple[str, str]]:
        graph = shown[url]
        page = graph.get("mainEntityOfPage", graph)
        listed = page["breadcrumb"]["itemListElement"]
        assert [one["position"] for one in listed] == list(range(1, len(listed) + 1))
        return [(one["name"], urlsplit(one["item"]).path) for one in listed]

    home = (site.practice.name, "/")
    assert steps(graphs, PROFILE) == [home, ("Nora Ellison", PROFILE)]
    assert steps(graphs, "/for-offices/schools/")[1] == ("For offices", "/for-offices/")
    assert steps(graphs, "/notes/after-the-clear-result/")[1] == ("Notes", "/notes/")
    assert [path for _, path in steps(group_graphs, "/es/clinicians/ana-ruiz/")] == [
        "/es/",
        "/es/clinicians/",
        "/es/clinicians/ana-ruiz/",
    ]


@pytest.mark.parametrize(
    ("openings", "said"),
    [
        (Openings(count=3, on=dt.date(2026, 11, 16)), True),
        (Openings(count=0, on=dt.date(2026, 11, 16)), False),
        (Openings(count=3, on=dt.date(2026, 10, 16)), None),
        (None, None),
    ],
)
def test_room_is_claimed_only_while_the_count_is_fresh(
    site: Site, practice: Practice, openings: Openings | None, said: bool | None
) -> None:
    shown = dataclasses.replace(site, practice=change_clinician(practice, openings=openings))
    for url in ("/", PROFILE):
        assert house_of(described(shown, url)).get("isAcceptingNewPatients") is said
    assert "isAcceptingNewPatients" not in house_of(described(shown, "/contact/"))


def test_a_house_is_full_only_when_everybody_has_counted(site: Site, practice: Practice) -> None:
    full = Openings(count=0, on=dt.date(2026, 11, 16))
    two = change_clinician(make_group(practice), openings=full)
    second = two.clinicians[1]
    facts = second.facts.model_copy(update={"openings": None})
    two = dataclasses.replace(
        two, clinicians=(two.clinicians[0], dataclasses.replace(second, facts=facts))
    )
    graph = json.loads(describe_practice(dataclasses.replace(site, practice=two)))
    assert "isAcceptingNewPatients" not in house_of(graph)


def test_a_large_house_does_not_name_everybody_on_its_first_page(
    site: Site, practice: Practice
) -> None:
    nora = practice.clinicians[0]
    many = tuple(dataclasses.replace(nora, slug=f"n{place}") for place in range(MOST_PEOPLE + 1))
    large = dataclasses.replace(site, practice=dataclasses.replace(practice, clinicians=many))
    assert "employee" not in house_of(json.loads(describe_practice(large)))


def test_what_is_not_known_is_left_out_and_not_empty(site: Site, practice: Practice) -> None:
    unknown = change_clinician(practice, npi=None, credentials=(), title=None, license=None)
    nowhere = dataclasses.replace(site, practice=unknown, site_url=None)
    (business,) = described(nowhere, "/")["@graph"]
    person = business["employee"][0]
    absent = {"identifier", "honorificSuffix", "jobTitle", "url", "@id", "hasCredential"}
    assert not absent & set(person)


def test_words_cannot_end_the_element_that_holds_them(site: Site, practice: Practice) -> None:
    niche = "</script><script>alert(1)</script> & more"
    changed = dataclasses.replace(site, practice=change_clinician(practice, niche=niche))
    assert house_of(described(changed, "/"))["description"] == niche


def test_each_kind_of_page_is_a_page(graphs: Graphs) -> None:
    assert graphs["/contact/"]["@type"] == "ContactPage"
    assert "WebPage" in kinds_of(graphs["/first-visit/"])
    assert "/404.html" not in graphs
