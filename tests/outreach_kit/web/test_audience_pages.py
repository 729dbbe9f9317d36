"""The guide in the words of each audience, and the ways that lead to it."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import Document, change_clinician, make_group

SCHOOLS = "/for-offices/schools/"


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Document]:
    return read(site)


def test_a_school_is_spoken_to_as_a_school(pages: dict[str, Document]) -> None:
    school = pages[SCHOOLS]
    assert school.one("h1").text == "How to refer students to Nora Ellison"
    assert "For school counselors, school nurses and teachers" in school.text
    assert "I see students from 18 on" in school.text
    assert "Stomach aches or lost sleep before every exam" in school.text
    assert "Somebody here in town knows this well. Her name is Nora Ellison." in school.text
    assert "Grades, records and reasons for absence stay with you." in school.text
    assert "patient" not in school.one("main").text


def test_an_audience_without_words_of_its_own_borrows_the_clinicians(
    site: Site, practice: Practice
) -> None:
    schools = practice.audiences[1].model_copy(
        update={"refer_when": (), "say": None, "how": (), "opening": None}
    )
    bare = dataclasses.replace(practice, audiences=(practice.audiences[0], schools))
    school = reshaped(site, bare)[SCHOOLS]
    assert "Panic attacks, with cardiac causes excluded" in school.text
    assert "I recommend Nora Ellison, by name." in school.text
    assert practice.niche in school.text
    assert "Call while they are still with you." in school.text


def test_each_guide_leads_to_the_others_and_not_to_itself(pages: dict[str, Document]) -> None:
    for url in ("/for-offices/", SCHOOLS, "/for-offices/agencies/"):
        others = {one["href"] for one in pages[url].elements if one.tag == "a"}
        assert {"/for-offices/", SCHOOLS, "/for-offices/agencies/"} <= others | {url}
        assert len(pages[url].all("a", aria_current="page")) >= 1


def test_in_a_group_an_audience_is_shown_who_is_for_it(site: Site, practice: Practice) -> None:
    group = make_group(practice)
    schools = practice.audiences[1].model_copy(update={"clinicians": ("marguerite",)})
    chosen = dataclasses.replace(group, audiences=(practice.audiences[0], schools))
    school = reshaped(site, chosen)[SCHOOLS].one("main")
    assert "Marguerite Okonkwo-Villanueva-Thistlethwaite" in school.text
    assert "Nora Ellison" not in school.text


def test_a_practice_whose_first_audience_is_no_office_says_so_in_its_guide(
    site: Site, practice: Practice
) -> None:
    only = dataclasses.replace(practice, audiences=practice.audiences[1:2])
    pages = reshaped(site, only)
    assert pages["/for-offices/"].one("h1").text == "How to refer students to Nora Ellison"
    assert SCHOOLS not in pages


def test_home_shows_six_reasons_and_the_way_to_the_rest(site: Site, practice: Practice) -> None:
    reason = practice.clinicians[0].facts.refer_when[0]
    many = tuple(
        reason.model_copy(update={"slug": f"reason-{n}", "text": f"Reason number {n}"})
        for n in range(25)
    )
    pages = reshaped(site, change_clinician(practice, refer_when=many))
    assert [n for n in range(25) if f"Reason number {n}" in pages["/"].text] == [0, 1, 2, 3, 4, 5]
    assert pages["/"].one("a", href="/clinicians/nora-ellison/#fit").text == "and 19 more"
    assert "Reason number 24" in pages["/clinicians/nora-ellison/"].text


def test_a_very_long_name_does_not_stand_in_the_menu(site: Site, practice: Practice) -> None:
    long = "Maximiliana-Theodora Featherstonehaugh-Cholmondeley-Wriothesley"
    for url, page in reshaped(site, change_clinician(practice, name=long)).items():
        [menu] = page.all("nav", aria_label="Main")
        assert long not in menu.text, url
        assert "About" in menu.text, url
