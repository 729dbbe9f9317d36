"""The guide in the words of those who read it: schools, congregations, agencies, and a group's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outreach_kit.paper import Paper, Press, SheetTooLong, plan_sheets
from outreach_kit.paper.views import Commission, SheetView, view_sheet
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, SITE_URL, TIMESTAMP, TODAY
from tests.samples import GROUP_PRACTICE

AUDIENCES = "audiences.toml"
OF_A_CLINIC = re.compile(r"\bpatients?\b|referral pad|\bchart\b|\broom\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def schools(press: Press) -> str:
    return reading.text_of(printed(press, folders.sample(), "schools"))


def test_a_school_reads_of_students_and_of_nothing_from_a_clinic(schools: str) -> None:
    own_words = folders.sample().audience("schools")
    assert own_words
    said = schools.replace(own_words.say or "", "").replace("from my room", "")
    assert OF_A_CLINIC.findall(said) == []
    assert "I call the student." in schools
    assert "You hear how it went, if the student agrees." in schools
    assert "Referral guide for Schools" not in schools
    assert "REFERRAL GUIDE: SCHOOLS" in schools


def test_opening_reasons_sentence_and_steps_are_the_school_s_own(schools: str) -> None:
    audience = folders.sample().audience("schools")
    assert audience
    assert audience.opening
    for words in (audience.opening, *audience.refer_when, *audience.how):
        assert words in schools
    assert "Her name is Nora Ellison. Would you like to call her from my room?" in schools
    assert "GAD-7" not in schools
    assert schools.index(audience.opening) < schools.index("I help adults whose anxiety")


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
@pytest.mark.parametrize("edition", ["congregations", "agencies"])
def test_each_audience_has_one_page(press: Press, edition: str, paper: Paper) -> None:
    pdf = printed(press, folders.sample(), edition, paper)
    assert reading.page_count(pdf) == 1
    assert min(one.bottom for one in reading.characters(pdf)) >= 12.6


def test_its_title_names_the_audience(press: Press) -> None:
    pdf = printed(press, folders.sample(), "agencies")
    title = reading.properties(pdf).title
    assert title == "Referral guide for Agencies: Nora Ellison, LICSW"


def test_an_audience_of_few_words_gets_ours(tmp_path: Path) -> None:
    folders.sample_with(tmp_path)
    with (tmp_path / AUDIENCES).open("a", encoding="utf-8") as audiences:
        audiences.write(
            '[[audience]]\nslug = "dentists"\nname = "Dentists"\nperson = "guest"\n'
            'people = "guests"\nwho = "dentists"\n'
        )
    data = view(load_practice(tmp_path), "dentists").data
    assert data["steps"]["heading"] == "Three steps, while you are together"
    assert [step["name"] for step in data["steps"]["steps"]] == [
        "Say the name", "Write it down", "Hand over",
    ]  # fmt: skip
    assert data["steps"]["sentence"].startswith("“I recommend Nora Ellison, by name.")
    assert "IBS or insomnia with worry that keeps it going" in data["refer"]["groups"][0]["items"]
    assert data["opening"] == ""
    assert "I call the guest." in [step["what"] for step in data["next"]["steps"]]


def test_a_group_recommends_itself_by_name(press: Press) -> None:
    practice = load_practice(GROUP_PRACTICE)
    text = reading.text_of(printed(press, practice, ""))
    assert "“I recommend Two Rivers Family Therapy Collective PLLC, by name." in text
    assert "…" not in text


def test_a_group_sends_an_audience_to_those_who_are_for_it(press: Press) -> None:
    text = reading.text_of(printed(press, load_practice(GROUP_PRACTICE), "schools"))
    assert "Samuel Okonkwo" in text
    assert "Tomás Delgado" in text
    assert "Ana Lucía" not in text
    assert "I recommend …" not in text


def test_a_group_that_sends_an_audience_to_one_names_that_one(tmp_path: Path) -> None:
    folders.group(tmp_path)
    audiences = tmp_path / AUDIENCES
    text = audiences.read_text(encoding="utf-8")
    text = text.replace('slug = "schools"\n', 'slug = "schools"\nclinicians = ["ben-osei"]\n')
    audiences.write_text(text, encoding="utf-8")
    practice = load_practice(tmp_path)
    data = view(practice, "schools").data
    assert "Ben Osei" in data["steps"]["sentence"]
    assert "Ben Osei" in data["glance"]
    assert "Nora Ellison" not in data["glance"]


def test_steps_that_do_not_fit_are_named_where_they_stand(tmp_path: Path, press: Press) -> None:
    folders.sample_with(tmp_path)
    audiences = tmp_path / AUDIENCES
    text = audiences.read_text(encoding="utf-8")
    many = ",\n".join(
        f'  "Step number {n} of very many, each a line or two long"' for n in range(16)
    )
    first, rest = text.split('slug = "schools"')
    rest = rest.replace("how = [", f"how = [\n{many},", 1)
    audiences.write_text(f'{first}slug = "schools"{rest}', encoding="utf-8")
    with pytest.raises(SheetTooLong) as refused:
        printed(press, load_practice(tmp_path), "schools")
    problems = {problem.key: problem for problem in refused.value.problems}
    assert problems["audience.1.how"].file == AUDIENCES
    assert "Cut " in problems["audience.1.how"].todo


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
def test_a_full_page_gives_up_air_before_a_line(press: Press, tmp_path: Path, paper: Paper) -> None:
    practice = folders.hard(tmp_path)
    pdf = printed(press, practice, "", paper)
    text = reading.text_of(pdf)
    assert all(plan in text for plan in folders.PLANS)
    assert f"Call while the {practice.audiences[0].person} is still in the room" in text
    assert min(one.bottom for one in reading.characters(pdf)) >= 12.6


def test_an_address_is_the_same_address_in_spanish(press: Press) -> None:
    practice = load_practice(GROUP_PRACTICE)
    jobs = plan_sheets(practice, papers=[Paper.LETTER], only="guide")
    name = "margarethe-hohenstein-guide-es-letter.pdf"
    job = next(job for job in jobs if job.filename == name)
    pdf = press.pdf(
        job, practice, today=TODAY, timestamp=TIMESTAMP, form_url=FORM_URL, site_url=SITE_URL
    ).bytes
    words = reading.text_of(pdf).replace(" ", "")
    assert "refer/margarethe-hohenstein" in words


def view(practice: Practice, edition: str) -> SheetView:
    jobs = plan_sheets(practice, papers=[Paper.LETTER], only="guide")
    job = next(job for job in jobs if job.edition == edition)
    return view_sheet(Commission(job, practice, TODAY, "en", FORM_URL, None))


def printed(press: Press, practice: Practice, edition: str, paper: Paper = Paper.LETTER) -> bytes:
    """The guide for the whole practice, for that audience."""
    jobs = plan_sheets(practice, papers=[paper], only="guide")
    job = next(job for job in jobs if job.edition == edition)
    return press.pdf(
        job, practice, today=TODAY, timestamp=TIMESTAMP, form_url=FORM_URL, site_url=SITE_URL
    ).bytes
