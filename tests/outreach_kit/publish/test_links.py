"""A link that leads nowhere is found in the owner's words, with its line."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from outreach_kit.errors import ContentError
from outreach_kit.practice import load_practice
from outreach_kit.publish.links import check_links, find_dead_anchors, find_dead_links
from outreach_kit.web import Site, plan_pages, render_page
from tests.outreach_kit.practice.conftest import Spoil, folder, spoil
from tests.outreach_kit.web.things import AnyAsset
from tests.samples import GROUP_PRACTICE

__all__ = ["folder", "spoil"]
KNOWN = frozenset({"/", "/fees/", "/print/guide-letter.pdf"})
OWN_ADDRESS = "https://harborstreet.example"
PLACES = {"/fees/": {"plans", "payment"}, "/privacy/": {"main"}}
SHOWN_AT = {"pages/privacy.md": "/privacy/"}


@pytest.mark.parametrize(
    ("target", "todo"),
    [
        ("/prices-and-plans/", "one of the site's own pages"),
        ("/fee/", "Did you mean “/fees/”?"),
        ("/fees", "Write “/fees/”"),
        ("/Fees/index.html", "Write “/fees/”"),
        ("/print/guide.pdf", "Did you mean “/print/guide-letter.pdf”?"),
        ("https://harborstreet.example/feess/", "Did you mean “/fees/”?"),
    ],
)
def test_dead_link_is_named_with_file_and_line(
    folder: Path, spoil: Spoil, target: str, todo: str
) -> None:
    spoil("pages/privacy.md", "## Not for", f"[x]({target})\n\n## Not for")
    (problem,) = find_dead_links(load_practice(folder), KNOWN, OWN_ADDRESS)
    assert problem.file == "pages/privacy.md"
    text = (folder / "pages/privacy.md").read_text("utf-8").splitlines()
    assert target in text[problem.line - 1]
    assert todo in problem.todo


@pytest.mark.parametrize(
    "target",
    [
        "/fees/",
        "/fees/#plans",
        "https://example.org/x",
        "#below",
        "tel:988",
        OWN_ADDRESS,
        f"{OWN_ADDRESS}/fees/#plans",
        f"{OWN_ADDRESS}.evil.example/x",
    ],
)
def test_living_and_foreign_links_pass(folder: Path, spoil: Spoil, target: str) -> None:
    spoil("pages/privacy.md", "## Not for", f"[x]({target})\n\n## Not for")
    assert not list(find_dead_links(load_practice(folder), KNOWN, OWN_ADDRESS))


def test_links_to_sheets_are_left_alone_when_none_were_made(folder: Path, spoil: Spoil) -> None:
    spoil("pages/privacy.md", "## Not for", "[x](/print/guide.pdf) [y](/gone/)\n\n## Not for")
    (problem,) = find_dead_links(load_practice(folder), frozenset({"/", "/print/"}))
    assert "/gone/" in problem.what


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("notes/three-questions-about-sleep.md", "## When to ask"),
        ("clinicians/nora-ellison/resume.md", "## Teaching"),
        ("clinicians/nora-ellison/elevator-speech.md", "You know how"),
    ],
)
def test_dead_links_are_looked_for_in_every_text(
    folder: Path, spoil: Spoil, file: str, old: str
) -> None:
    spoil(file, old, f"[x](/gone/)\n\n{old}")
    assert [one.file for one in find_dead_links(load_practice(folder), KNOWN)] == [file]


@pytest.mark.parametrize(
    ("target", "todo"),
    [
        ("/fees/#prices", "There are: #payment, #plans."),
        ("#below", "There are: #main."),
    ],
)
def test_link_to_a_place_that_its_page_does_not_have_names_those_there_are(
    folder: Path, spoil: Spoil, target: str, todo: str
) -> None:
    spoil("pages/privacy.md", "## Not for", f"[x]({target})\n\n## Not for")
    (problem,) = find_dead_anchors(load_practice(folder), SHOWN_AT, PLACES.get)
    text = (folder / "pages/privacy.md").read_text("utf-8").splitlines()
    assert target in text[problem.line - 1]
    assert problem.todo == todo


@pytest.mark.parametrize(
    "target", ["/fees/#plans", "/fees/", "#main", "/print/x.pdf#page=2", "https://example.org/#x"]
)
def test_living_places_and_those_of_others_pass(folder: Path, spoil: Spoil, target: str) -> None:
    spoil("pages/privacy.md", "## Not for", f"[x]({target})\n\n## Not for")
    assert not list(find_dead_anchors(load_practice(folder), SHOWN_AT, PLACES.get))


def test_places_are_read_from_the_rendered_page_and_told_as_advice(
    folder: Path, spoil: Spoil
) -> None:
    spoil("pages/privacy.md", "## Not for", "[a](/404.html#nowhere) [b](#main)\n\n## Not for")
    site = Site(load_practice(folder), dt.date(2026, 11, 21))
    plans = tuple(one for one in plan_pages(site) if one.url in {"/404.html", "/privacy/"})
    (advice,) = check_links(site, plans, frozenset())
    assert (advice.rule, advice.level) == ("dead-anchor", "advice")
    assert "colophon" not in advice.problem.todo
    assert "#nowhere" in advice.problem.what
    with pytest.raises(ContentError) as caught:
        check_links(site, plans[:1], frozenset())
    assert [one.rule for one in caught.value.problems] == ["dead-link"]


def test_headings_of_the_owner_s_are_places_and_those_of_a_topic_are_looked_for_too(
    folder: Path, spoil: Spoil
) -> None:
    spoil(
        "topics/panic.md", "## What helps",
        "[a](#why-it-comes-back) [b](/privacy/#not-for-emergencies) [c](#why)\n\n## What helps",
    )  # fmt: skip
    site = Site(load_practice(folder), dt.date(2026, 11, 21))
    (advice,) = check_links(site, plan_pages(site), frozenset())
    assert advice.problem.file == "topics/panic.md"
    assert "“#why”" in advice.problem.what
    assert "#what-you-may-notice" in advice.problem.todo


def test_a_profile_s_links_to_its_own_places_are_followed(folder: Path, spoil: Spoil) -> None:
    """Although the clinician's card is about the same person."""
    spoil("clinicians/nora-ellison/profile.md", "That is where I come in.", "[here](#nowhere)")
    site = Site(load_practice(folder), dt.date(2026, 11, 21))
    (advice,) = check_links(site, plan_pages(site), frozenset())
    assert advice.problem.file == "clinicians/nora-ellison/profile.md"


def test_a_text_leads_to_the_pages_of_its_own_language(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    shutil.copytree(GROUP_PRACTICE, folder)
    note = folder / "notes" / "monday-stomach-aches.es.md"
    note.write_text(
        f"{note.read_text()}\n[a](/fees/) [b](/es/fees/#main) [c](/fees/#nowhere) [d](/fee/)\n"
    )
    practice = load_practice(folder)
    site = Site(practice, dt.date(2026, 11, 21))
    with pytest.raises(ContentError) as caught:
        check_links(site, plan_pages(site), frozenset())
    assert [one.what for one in caught.value.problems] == ["The link “/fee/” leads nowhere."]
    assert " /es/" not in caught.value.problems[0].todo

    note.write_text(note.read_text().replace("[d](/fee/)", ""))
    site = Site(load_practice(folder), dt.date(2026, 11, 21))
    (advice,) = check_links(site, plan_pages(site), frozenset())
    assert "“/fees/#nowhere” leads to no place" in advice.problem.what
    plans = plan_pages(site)
    [plan] = [one for one in plans if one.url == "/es/notes/monday-stomach-aches/"]
    assert 'href="/es/fees/"' in render_page(plan, replace(site, assets=AnyAsset()))
