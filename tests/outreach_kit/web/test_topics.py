"""A reason to refer, told to the person who has it, and reached from wherever it is named."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.reading_ease import grade
from tests.outreach_kit.web.things import FORM_URL, TODAY, AnyAsset, Document, make_group
from tests.samples import GROUP_PRACTICE

PANIC = "/topics/panic/"


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Document]:
    return read(site)


def test_the_page_has_the_owners_words_who_helps_and_the_first_step(
    pages: dict[str, Document],
) -> None:
    page = pages[PANIC]
    assert page.one("h1").text == "Panic attacks, when your heart has been checked"
    assert page.one("h2", id="what-you-may-notice")
    for fact in (
        "It comes out of nowhere.", "Nora Ellison, LICSW", "3 openings on November 16",
        "A free 15-minute call first.", "Call (360) 555-0142", "we do so within 4 working hours",
        "Most people can come within 10 days.",
    ):  # fmt: skip
        assert fact in " ".join(page.one("main").text.split()), fact
    for href in ("/hello/", "/first-visit/", "/fees/", "/clinicians/nora-ellison/"):
        assert page.all("a", href=href), href


@pytest.mark.parametrize("url", ["/", "/for-offices/", "/clinicians/nora-ellison/"])
def test_a_reason_leads_to_its_page_wherever_it_is_named(
    pages: dict[str, Document], url: str
) -> None:
    links = pages[url].all("a", href=PANIC)
    assert "Panic attacks, with cardiac causes excluded" in [one.text for one in links]


def test_all_of_them_are_listed_and_each_leads_to_the_others(pages: dict[str, Document]) -> None:
    titles = [one.text for one in pages["/topics/"].all("h2", class_="h3")]
    assert titles[0] == "Panic attacks, when your heart has been checked"
    assert len(titles) == 4
    assert pages["/"].one("footer").text.count("What we help with") == 1
    assert not pages[PANIC].all("a", href=PANIC)
    assert len(pages[PANIC].all("h3", class_="h3")) == 3


def test_a_person_in_fear_can_read_it(practice: Practice) -> None:
    for topic in (*practice.topics, *load_practice(GROUP_PRACTICE).topics):
        if topic.language == "en":
            assert grade(topic.body.text) <= 8, topic.slug


def test_a_reason_without_a_text_has_neither_page_nor_link(site: Site, practice: Practice) -> None:
    only = dataclasses.replace(practice, topics=practice.topics[-1:])
    [left] = only.topics
    pages = reshaped(site, only)
    assert [url for url in pages if url.startswith("/topics/")] == [
        "/topics/", f"/topics/{left.slug}/",
    ]  # fmt: skip
    assert len(pages["/"].all("a", href=f"/topics/{left.slug}/")) == 1
    assert not pages["/"].all("a", href="/topics/panic/") or left.slug == "panic"
    none = reshaped(site, dataclasses.replace(practice, topics=()))
    assert not any(url.startswith("/topics/") for url in none)
    assert "What we help with" not in none["/"].text


def test_of_a_reason_that_two_take_there_is_one_page_with_both(
    site: Site, practice: Practice
) -> None:
    page = reshaped(site, make_group(practice))[PANIC]
    names = [one.text for one in page.all("h3") if "class" not in one.attributes]
    assert sorted(names) == [
        "Marguerite Okonkwo-Villanueva-Thistlethwaite, PsyD", "Nora Ellison, LICSW",
    ]  # fmt: skip


def test_of_very_many_a_few_are_shown_and_the_rest_counted(site: Site, practice: Practice) -> None:
    group = make_group(practice)
    many = tuple(dataclasses.replace(group.clinicians[1], slug=f"one-{n}") for n in range(15))
    other = dataclasses.replace(
        many[0],
        slug="other",
        facts=many[0].facts.model_copy(update={"refer_when": practice.reasons[1:2]}),
    )
    for people, everybody in ((many, "/clinicians/"), ((*many, other), "/clinicians/need/panic/")):
        page = reshaped(site, dataclasses.replace(group, clinicians=people))[PANIC]
        assert len([one for one in page.all("h3") if "class" not in one.attributes]) == 12
        assert "and 3 more" in [one.text for one in page.all("a", href=everybody)]


def test_without_a_form_server_the_telephone_remains(site: Site) -> None:
    page = read(dataclasses.replace(site, form_url=None))[PANIC]
    assert "Ask us to call you" not in page.text
    assert "Call (360) 555-0142" in page.text


def test_a_language_has_its_own_words_or_the_main_ones_marked() -> None:
    practice = load_practice(GROUP_PRACTICE)
    site = Site(practice, TODAY, form_url=FORM_URL, assets=AnyAsset())
    spanish = reshaped(site, practice)["/es/topics/postpartum/"]
    assert spanish.one("h1").text == "Cuando la alegría no llega con el bebé"
    assert [one.text for one in spanish.all("a", href="/es/topics/school-refusal/")]
    untold = tuple(one for one in practice.topics if one.language == "en")
    fallen = reshaped(site, dataclasses.replace(practice, topics=untold))["/es/topics/postpartum/"]
    assert fallen.one("h1").text == "When joy does not come with the baby"
    assert fallen.one("div", class_="prose")["lang"] == "en"


def test_the_sample_is_told_in_full() -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    reasons = {one.slug for one in practice.reasons} - {"other"}
    assert {one.slug for one in practice.topics} == reasons
