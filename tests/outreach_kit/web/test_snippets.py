"""What stands of a page in a search engine's list."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, Prose, load_practice
from outreach_kit.web import Site, plan_pages, render_page
from outreach_kit.web.snippets import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    SHORTEST_DESCRIPTION,
    describe_in_short,
    name_page,
    opening_of,
)
from tests.outreach_kit.web.things import Document, change_facts

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDERS = (SAMPLE_PRACTICE, SAMPLES / "group_practice", SAMPLES / "spanish_practice")


def named(practice: Practice, name: str) -> Practice:
    return change_facts(practice, practice={"name": name})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_page_has_a_title_and_a_description_of_its_own(site: Site, folder: Path) -> None:
    shown = dataclasses.replace(site, practice=load_practice(folder))
    titles: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    main = shown.practice.language
    for plan in plan_pages(shown):
        if not plan.listed or plan.language != main:
            continue
        page = Document(render_page(plan, shown))
        title = page.one("title").text
        text = page.one("meta", name="description")["content"]
        assert len(title) <= LONGEST_TITLE, title
        assert SHORTEST_DESCRIPTION <= len(text) <= LONGEST_DESCRIPTION, text
        titles[title] += 1
        texts[text] += 1
    assert len(titles) > 12
    assert [one for one, count in (titles + texts).items() if count > 1] == []


def test_a_title_takes_as_much_of_the_practices_name_as_there_is_room_for(
    practice: Practice,
) -> None:
    assert name_page("Fees", practice) == "Fees · Harbor Street Counseling PLLC"
    long = named(practice, "Two Rivers Family Therapy Collective, P.L.L.C.")
    assert name_page("Fees and insurance", long) == (
        "Fees and insurance · Two Rivers Family Therapy Collective"
    )
    assert (
        name_page("A child who will not go to school", long) == "A child who will not go to school"
    )


def test_the_first_page_is_named_with_its_town(practice: Practice) -> None:
    assert name_page(practice.name, practice) == "Harbor Street Counseling PLLC · Alder Falls, WA"
    name = "The Northern Peninsula Center for Cognitive and Behavioral Therapies, PLLC"
    assert name_page(name, named(practice, name)) == (
        "The Northern Peninsula Center for Cognitive and Behavioral…"
    )


def test_credentials_that_do_not_fit_are_left_out_whole(practice: Practice) -> None:
    title = "Margarethe von Hohenstein-Whittaker, PhD, ABPP, CGP, Board Certified in Geropsychology"
    assert name_page(title, practice) == "Margarethe von Hohenstein-Whittaker, PhD, ABPP, CGP"


def test_a_description_ends_with_a_sentence(practice: Practice) -> None:
    first = "We help people who cannot sleep because they worry about it."
    text = f"{first} {'It is a long story with many parts, ' * 4}and it ends."
    assert describe_in_short(text, practice) == first
    whole = f"{first} We also listen."
    assert describe_in_short(whole, practice) == whole


def test_a_long_sentence_is_cut_at_a_word(practice: Practice) -> None:
    said = describe_in_short("We help people, " * 20, practice)
    assert len(said) <= LONGEST_DESCRIPTION
    assert said.endswith("people…")
    assert len(describe_in_short("x" * 400, practice)) <= LONGEST_DESCRIPTION


def test_a_short_description_says_whose_page_it_is(practice: Practice) -> None:
    assert describe_in_short("Where we meet", practice) == (
        "Where we meet. Harbor Street Counseling PLLC, Alder Falls, WA."
    )
    assert describe_in_short("", practice) == ""


def test_a_text_without_a_description_is_described_by_its_first_words() -> None:
    text = "# Privacy\n\nThis site *keeps* nothing.\n\n## More\n\nAsk us."
    assert opening_of(Prose(text, "privacy.md", 1)) == "This site keeps nothing. Ask us."
