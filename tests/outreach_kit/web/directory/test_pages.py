"""The group's pages as they are made: which there are, what each says, and who is not on them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

import pytest

from outreach_kit.web import PagePlan, Site, form_view, plan_pages, render_page
from outreach_kit.web.addresses import facet_url
from outreach_kit.web.directory import PER_PAGE, sort_out
from outreach_kit.web.views.directory import MOST_PAGES
from outreach_kit.web.views.people import refer_href
from tests.outreach_kit.web.directory.groups import TODAY, the_group
from tests.outreach_kit.web.things import AnyAsset, Document, render_all

PROFILE = re.compile(r"/clinicians/([a-z-]+-\d+)/")


@pytest.fixture(scope="module")
def plans(network: Site) -> tuple[PagePlan, ...]:
    return tuple(one for one in plan_pages(network) if one.kind == "directory")


@pytest.fixture(scope="module")
def group() -> dict[str, Document]:
    site = Site(the_group(), TODAY, "https://refer.tworivers.example", None, AnyAsset())
    rows = render_all(site)
    wanted = {url: text for url, text in rows.items() if "clinicians/" in url or "match" in url}
    wanted |= {url: rows[url] for url in ("/", "/contact/", "/first-visit/")}
    return {url: Document(text) for url, text in wanted.items() if url.endswith("/")}


def people_on(text: str) -> list[str]:
    """The slugs of those who are linked to, each once, in order."""
    return list(dict.fromkeys(PROFILE.findall(text)))


def test_pages_of_the_whole_list_hold_everybody_once_in_order(
    network: Site, pages: dict[str, str]
) -> None:
    everybody = [one.clinician.slug for one in sort_out(network.practice, TODAY).entries]
    for folder in ("", "/es"):
        shown = [
            one
            for number in ("", "page/2/", "page/3/")
            for one in people_on(
                pages[f"{folder}/clinicians/{number}"].partition('id="cards"')[2].partition("</ul>\n    <template")[0]
            )
        ]  # fmt: skip
        assert shown == everybody
    assert "/clinicians/page/4/" not in pages


def test_each_thing_that_tells_some_from_others_has_a_page_and_nothing_else_has(
    network: Site, plans: tuple[PagePlan, ...]
) -> None:
    directory = sort_out(network.practice, TODAY)
    wanted = {facet_url(one) for one in directory.facets if directory.has_page(one)}
    assert len(wanted) > 30
    listed = [one for one in plans if one.language == "en" and one.listed]
    assert {one.page for one in listed} == {"/clinicians/", *wanted}
    assert max(Counter(one.title for one in listed).values()) == 1
    assert all(30 < len(one.description) < 160 for one in listed)


def test_further_pages_of_a_list_are_not_to_be_found_by_search(
    plans: tuple[PagePlan, ...], pages: dict[str, str]
) -> None:
    further = [one for one in plans if "/page/" in one.url]
    assert further
    for row in further:
        assert not row.listed
        assert 'content="noindex"' in pages[row.url]
    assert pages["/clinicians/"].count('rel="canonical"') == 1


def test_facet_that_many_answer_to_ends_after_some_pages_and_says_so(network: Site) -> None:
    plans = plan_pages(network)
    assert not [one for one in plans if f"/page/{MOST_PAGES + 1}/" in one.url]
    many = replace(
        network.practice, clinicians=tuple(
            replace(one, slug=f"{one.slug}-{turn}")
            for turn in range(4)
            for one in network.practice.clinicians
        ),
    )  # fmt: skip
    rows = {one.page: one for one in plan_pages(replace(network, practice=many))}
    plan = f"/clinicians/age/adult/page/{MOST_PAGES}/"
    assert plan in rows
    assert f"/clinicians/age/adult/page/{MOST_PAGES + 1}/" not in rows
    assert f"/clinicians/page/{4 * 60 // PER_PAGE}/" in rows


@pytest.mark.parametrize("url", ["/", "/for-offices/", "/front-desk/", "/contact/"])
def test_no_other_page_lists_a_large_group_and_all_lead_to_the_list(
    pages: dict[str, str], url: str
) -> None:
    assert len(people_on(pages[url])) <= 6
    main = pages[url].partition("<main")[2].partition("</main>")[0]
    assert 'href="/clinicians/"' in main
    assert ".vcf" not in main.replace("/contact/practice.vcf", "")


def test_index_tells_everybody_in_order_with_what_they_answer_to(
    network: Site, pages: dict[str, str]
) -> None:
    told = json.loads(pages["/clinicians/index.json"])
    rows = [dict(zip(told["row"], one, strict=True)) for one in told["people"]]
    for row, entry in zip(rows, sort_out(network.practice, TODAY).entries, strict=True):
        assert row["slug"] == entry.clinician.slug
        assert bool(row["room"]) == entry.has_room
        for by, slugs in entry.slugs.items():
            assert [told["choices"][by][place][0] for place in row[by]] == list(slugs)
    spanish = json.loads(pages["/es/clinicians/index.json"])
    assert ["es", "Español"] in spanish["choices"]["language"]


def test_index_stays_small(pages: dict[str, str]) -> None:
    """Of five thousand it is then about a megabyte, and an eighth of that over the wire."""
    assert len(pages["/clinicians/index.json"].encode()) / 60 < 260


def test_small_group_leads_from_each_need_to_whoever_answers(group: dict[str, Document]) -> None:
    links = {one.text: one["href"] for one in group["/clinicians/"].all("a")}
    assert links["Pregnancy loss: Ana Lucía Ruiz-Montenegro"] == "/clinicians/ana-ruiz/"
    assert links["Spanish"] == "/clinicians/language/es/"
    assert "English" not in links
    assert "Speaks English" in group["/clinicians/"].text
    assert group["/clinicians/language/es/"].one("h1").text == "Clinicians who speak Spanish"


def test_filtered_page_shows_who_answers_to_it_and_has_it_chosen(
    group: dict[str, Document],
) -> None:
    document = group["/clinicians/site/port-wren/"]
    names = {one.text for one in document.all("a", data_slot="name")}
    assert names == {"Ana Lucía Ruiz-Montenegro", "Samuel Okonkwo", "Tomás Delgado", ""}
    (chosen,) = document.all("option", selected="")
    assert chosen["value"] == "port-wren"


def test_contact_shows_every_door(group: dict[str, Document]) -> None:
    text = group["/contact/"].text
    assert "418 Cedar Ave" in text
    assert "9 Harbor Way" in text
    assert "beside the library" in text


@pytest.mark.parametrize("url", ["/", "/first-visit/"])
def test_page_that_tells_the_way_to_one_door_names_the_other(
    group: dict[str, Document], url: str
) -> None:
    assert "418 Cedar Ave" in group[url].text
    (way,) = [one for one in group[url].all("a") if one.text == "Also at Port Wren"]
    assert way["href"] == "/contact/"


def test_card_for_an_address_book_has_the_doors_of_its_clinician() -> None:
    site = Site(the_group(), TODAY, None, None, AnyAsset())
    doors = {
        row.subject: re.findall(
            r"^(?:place\d\.)?ADR;TYPE=work:;;([^;]*);", render_page(row, site), re.MULTILINE
        )
        for row in plan_pages(site)
        if row.kind == "clinician.vcf"
    }
    assert doors["tomas-delgado"] == ["9 Harbor Way"]
    assert len(doors["ana-ruiz"]) == 2


def test_match_names_the_few_for_each_need_without_a_script(group: dict[str, Document]) -> None:
    document = group["/match/"]
    headings = [one.text for one in document.all("h3")]
    assert "Pregnancy loss" in headings
    assert "911" in document.all("section", class_="emergency")[0].text
    assert "Ana Lucía Ruiz-Montenegro, LMFT, PMH-C" in document.text


def test_form_of_a_large_group_names_only_whom_it_was_opened_for(network: Site) -> None:
    people = network.practice.clinicians
    last = replace(people[0], slug="one-more")
    large = replace(network, practice=replace(network.practice, clinicians=(*people, last)))
    for kind in ("office", "self"):
        fields = {
            clinician: [
                [option.value for option in field.options]
                for group in form_view(large, kind=kind, clinician=clinician).groups
                for field in group.fields
                if field.name == "clinician"
            ]
            for clinician in (None, "one-more")
        }
        assert fields == {None: [], "one-more": [["", "one-more"]]}
    assert refer_href(large, "one-more") == "https://refer.valley.example/refer/one-more"
    assert refer_href(network, "ada") == "/refer/?clinician=ada"


def test_one_clinician_has_no_directory(site: Site) -> None:
    kinds = {one.kind for one in plan_pages(site)}
    assert not kinds & {"directory", "directory.json", "match"}
