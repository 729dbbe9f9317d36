"""The owner's page of texts for directories."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.directories import DirectoriesFile, Listing
from outreach_kit.practice.fingerprint import fingerprint
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.publish.directories import directory_pages
from outreach_kit.publish.directories.fitting import count_characters, count_words
from outreach_kit.publish.directories.limits import Asks, directory_of, known_directories
from outreach_kit.publish.directories.page import render_directories
from outreach_kit.publish.directories.texts import Teller
from outreach_kit.web.language import words_in
from tests.browser import browser, check, page, settle  # noqa: F401 - fixtures for the tests below
from tests.outreach_kit.web.things import TODAY, Document, change_clinician, change_facts

GROUP = Path(__file__).parents[3] / "samples" / "group_practice"


@pytest.fixture(scope="module")
def sample() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def listed(practice: Practice, **keys: Any) -> Practice:
    return dataclasses.replace(practice, listings=(Listing(**keys),))


def render(practice: Practice, today: dt.date = TODAY) -> str:
    return render_directories(practice, practice.clinicians[0], today).decode()


def texts(html: str) -> dict[str, str]:
    return {one["id"]: one.text for one in Document(html).all("textarea")}


def test_the_table_names_the_directories_of_the_field_with_what_is_known_of_them() -> None:
    assert [one.title for one in known_directories()] == [
        "Psychology Today",
        "Zencare",
        "GoodTherapy",
        "Manhattan Alternative",
    ]
    psychology_today = known_directories()[0]
    assert [one.characters for one in psychology_today.field[:3]] == [640, 360, 360]
    assert all(
        one.looked_on and one.looked_on <= TODAY + dt.timedelta(1) for one in known_directories()
    )


@pytest.mark.parametrize("folder", [SAMPLE_PRACTICE, GROUP], ids=lambda path: path.name)
def test_every_text_keeps_its_limit_and_ends_where_a_sentence_ends(folder: Path) -> None:
    practice, checked = load_practice(folder), 0
    for tag in practice.languages:
        told = practice.in_language(tag)
        for clinician in told.clinicians:
            teller = Teller(told, clinician, words_in(tag))
            for blank in (one for directory in known_directories() for one in directory.field):
                text = teller.fill(blank).text
                assert text, (clinician.slug, blank.title)
                assert blank.characters is None or count_characters(text) <= blank.characters
                assert blank.words is None or count_words(text) <= blank.words
                if blank.asks not in {Asks.APPROACHES, Asks.PLANS, Asks.FEES}:
                    assert text.endswith((".", "?", "!")), text[-40:]
                checked += 1
    assert checked >= 12


def test_the_niche_comes_first_and_whole(sample: Practice) -> None:
    (nora,) = sample.clinicians
    said = texts(render(sample))
    whom, how, start = (said[f"en-psychology-today-{place}"] for place in (1, 2, 3))
    assert whom.startswith(" ".join(split_sentences(nora.facts.niche)))
    assert how.startswith("Most people come for twelve to sixteen sessions.")
    assert "A free 15-minute call first. I call back within 4 working hours." in start
    assert "First session $190, then $160" in start
    assert "In network with Regence, Premera and Kaiser PPO." in start


def test_it_counts_and_says_what_did_not_fit(sample: Practice) -> None:
    html = render(sample)
    whom = texts(html)["en-psychology-today-1"]
    assert f"{count_characters(whom)} of 640 characters" in html
    assert "4 sentences of your profile did not fit." in html
    assert "In its list, people read as far as “results came back clear. The”." in html


def test_its_last_lines_can_be_put_into_the_practice_folder(sample: Practice) -> None:
    (nora,) = sample.clinicians
    pasted = tomllib.loads(texts(render(sample))["en-zencare-record"])
    (listing,) = DirectoriesFile.model_validate(pasted).directory
    assert (listing.name, listing.pasted_on) == ("zencare", TODAY)
    assert listing.facts == fingerprint(sample, nora)
    kept = listed(sample, name="zencare", url="https://zencare.co/nora", title='Nora "E."')
    again = DirectoriesFile.model_validate(tomllib.loads(texts(render(kept))["en-zencare-record"]))
    assert (again.directory[0].url, again.directory[0].title) == (
        "https://zencare.co/nora",
        'Nora "E."',
    )


def test_it_says_how_each_entry_stands(sample: Practice) -> None:
    facts = fingerprint(sample, sample.clinicians[0])
    pasted = listed(
        sample, name="zencare", pasted_on=dt.date(2026, 11, 2), facts=facts,
    )  # fmt: skip
    assert "Pasted on November 2; nothing of it has changed since." in render(pasted)
    moved = change_clinician(pasted, niche="I help adults who do not sleep.")
    moved = change_facts(moved, insurance={"plans": ("Aetna",)})
    html = render(moved)
    assert "Pasted on November 2. Changed since: the niche and the insurance plans." in html
    assert html.count('class="stale"') == 1
    assert "You have not written down yet when you pasted this." in html


def test_a_directory_of_the_owners_own_has_its_text_too(sample: Practice) -> None:
    own = listed(sample, name="local-list", title="The Local List", characters=300)
    text = texts(render(own))["en-local-list-1"]
    assert '<h2 id="en-local-list-title">The Local List</h2>' in render(own)
    assert 0 < count_characters(text) <= 300
    assert directory_of(own.listings[0]).field[0].characters == 300


def test_a_group_has_a_page_for_each_clinician_in_each_language() -> None:
    group = load_practice(GROUP)
    pages = dict(directory_pages(group, TODAY))
    assert list(pages) == [f"directories/{one.slug}.html" for one in group.clinicians]
    ana = texts(pages["directories/ana-ruiz.html"].decode())
    assert 'clinician = "ana-ruiz"' in ana["en-zencare-record"]
    assert ana["es-zencare-1"].startswith(group.in_language("es").clinicians[0].facts.niche[:40])


def test_the_page_can_be_used_by_everybody_and_copies_at_a_touch(
    sample: Practice,
    tmp_path: Path,
    page: Page,  # noqa: F811 - the fixture
) -> None:
    file = tmp_path / "directories.html"
    file.write_text(render(sample), encoding="utf-8")
    page.goto(file.as_uri())
    settle(page)
    check(page)
    page.locator("button[data-copies=en-psychology-today-1]").click()
    page.locator("#said", has_text="Copied.").wait_for(state="attached")
    field = page.locator("#en-psychology-today-1")
    selected = field.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert selected == field.input_value()
