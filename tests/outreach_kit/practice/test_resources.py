"""Lines that answer near here, and colleagues who agreed to be listed: strictly read."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import ColleaguesFile, ListedColleague, load_practice
from outreach_kit.practice.colleagues_text import MARK, render_colleagues
from outreach_kit.practice.faults import Invalid
from tests.outreach_kit.practice.conftest import Spoil
from tests.samples import GROUP_PRACTICE

Problems = Callable[[], tuple[Problem, ...]]
WRITTEN_ON = dt.date(2026, 11, 20)


def test_the_sample_has_lines_near_here_and_listed_colleagues() -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    assert [one.slug for one in practice.lines] == ["county", "warm-line"]
    assert practice.trusted is not None
    assert all(one.agreed_on <= practice.trusted.written_on for one in practice.trusted.colleague)


def test_a_line_is_told_in_the_second_language_and_keeps_its_number() -> None:
    practice = load_practice(GROUP_PRACTICE)
    main, told = practice.lines[0], practice.in_language("es").lines[0]
    assert told.name.startswith("Línea de crisis")
    assert told.phone == main.phone


def test_a_folder_without_them_has_none(folder: Path) -> None:
    for name in ("resources.toml", "colleagues.toml"):
        (folder / name).unlink()
    practice = load_practice(folder)
    assert (practice.lines, practice.trusted) == ((), None)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('phone = "(360) 555-0190"', "", "line.0", "Nobody can reach this line."),
        ('phone = "(360) 555-0190"', 'phone = "911"', "line.0.phone", "not a phone number"),
        ('phone = "(360) 555-0190"', 'text_to = "ask us"', "line.0.text_to", "wrong form"),
        ('phone = "(360) 555-0190"', 'text_to = "3600550190"', "line.0.text_to", "not a phone"),
        ('slug = "warm-line"', 'slug = "county"', "", "Two lines are called “county”."),
        ('hours = "Day', 'open = "Day', "line.0.open", "no key “open”"),
    ],
)
def test_a_mistake_in_a_line_is_named(
    spoil: Spoil, problems: Problems, old: str, new: str, key: str, says: str
) -> None:
    spoil("resources.toml", old, new)
    (problem,) = problems()
    assert (problem.file, problem.key) == ("resources.toml", key)
    assert says in problem.what


def listed(**facts: object) -> ListedColleague:
    said: dict[str, object] = {"name": "Iris Okafor", "agreed_on": dt.date(2026, 2, 1), **facts}
    return ListedColleague.model_validate(said)


def test_nobody_is_listed_without_the_day_on_which_they_agreed(
    folder: Path, problems: Problems
) -> None:
    (folder / "colleagues.toml").write_text(
        'written_on = 2026-11-20\n[[colleague]]\nname = "Iris Okafor"\n', encoding="utf-8"
    )
    (problem,) = problems()
    assert (problem.line, problem.key) == (2, "colleague.0.agreed_on")
    assert problem.what == "“agreed_on” is missing."


@pytest.mark.parametrize("key", ["email", "fax", "notes", "source_code", "miles", "openings"])
def test_what_is_not_for_the_public_is_refused(key: str) -> None:
    with pytest.raises(Invalid, match=key):
        listed(**{key: "x"})


def test_nobody_agreed_after_the_list_was_written() -> None:
    with pytest.raises(Invalid, match="Iris Okafor"):
        ColleaguesFile(written_on=dt.date(2026, 1, 31), colleague=(listed(),))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example", "https://", "a.example"])
def test_a_link_is_a_page_of_the_web(url: str) -> None:
    with pytest.raises(Invalid, match="web address"):
        listed(website=url)


def test_what_the_desk_writes_is_read_as_it_was_meant() -> None:
    hostile = 'A "quoted" \\ name — Łódź, שלום'
    everybody = (
        listed(
            name=hostile, credentials="PhD", practice=hostile, phone="(360) 555-0161 ext. 12",
            website="https://northfork.example/a?b=c#d", booking_url="http://book.example/",
            takes=["Grief", hostile], youngest=16, oldest=99, languages=["Español"],
            plans=["Regence"], self_pay=True, online_in=["WA", "OR"], town="Mill Creek",
        ),
        listed(name="Only a name"),
    )  # fmt: skip
    file = ColleaguesFile(written_on=WRITTEN_ON, colleague=everybody)
    text = render_colleagues(file)
    assert MARK in text
    assert ColleaguesFile.model_validate(tomllib.loads(text)) == file
    assert "sliding_scale" not in text


def test_an_empty_list_is_a_list() -> None:
    file = ColleaguesFile(written_on=WRITTEN_ON)
    assert ColleaguesFile.model_validate(tomllib.loads(render_colleagues(file))) == file
