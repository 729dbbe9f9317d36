"""A practice folder is read whole, or every problem in it is told at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from outreach_kit.errors import ContentError, Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.outreach_kit.practice.conftest import CLINICIAN, Spoil

Problems = Callable[[], tuple[Problem, ...]]


def line_with(folder: Path, name: str, text: str) -> int:
    rows = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, 1) if text in row)


def test_sample_practice_loads_with_its_facts() -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    assert practice.name == "Harbor Street Counseling PLLC"
    assert practice.contact.phone.display == "(360) 555-0142"
    assert practice.contact.phone.href == "tel:+13605550142"
    assert [one.slug for one in practice.clinicians] == ["nora-ellison"]
    assert [one.slug for one in practice.reasons][-1] == "other"
    assert {Path(path).name for path in practice.files} >= {
        "practice.toml",
        "clinician.toml",
        "profile.md",
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "says"),
    [
        ("practice.toml", '"(360) 555-0142"', '"call me"', "contact.phone", "not a phone number"),
        ("practice.toml", '"(360) 555-0142"', '"555-0142"', "contact.phone", "not a phone number"),
        ("practice.toml", "price = 190", 'price = "a lot"', "fees.0.price", "not an amount"),
        ("practice.toml", "price = 160", "price = -5", "fees.1.price", "not an amount"),
        (
            "practice.toml",
            'monday = "9:00-18:00"',
            'monday = "9-18"',
            "hours.monday",
            "opening hours",
        ),
        (
            "practice.toml",
            "America/Los_Angeles",
            "America/Los_Angles",
            "practice.time_zone",
            "not a time zone",
        ),
        (
            "practice.toml",
            "https://refer.",
            "http://refer.",
            "practice.form_url",
            "not a secure web address",
        ),
        ("practice.toml", "hello@", "hello at ", "contact.email", "not an e-mail address"),
        (
            "practice.toml",
            "superbills = true",
            'superbills = "yes"',
            "insurance.superbills",
            "Yes or no",
        ),
        (
            "practice.toml",
            'preset = "harbor"',
            'preset = "pink"',
            "brand.preset",
            "not one of the choices",
        ),
        (
            "practice.toml",
            'languages = ["en"]',
            'languages = ["en", "es", "en"]',
            "practice.languages",
            "twice",
        ),
        ("practice.toml", "fax =", "faks =", "contact.faks", "no key “faks”"),
        (CLINICIAN, '"1234567893"', '"1234567890"', "npi", "check digit"),
        (CLINICIAN, '"1234567893"', '"12345"', "npi", "ten digits"),
        (CLINICIAN, "on = 2026-11-16", 'on = "soon"', "openings.on", "not a date"),
        (CLINICIAN, "count = 3, on = 2026-11-16,", "count = 3,", "openings.on", "“on” is missing"),
        (
            CLINICIAN,
            "A GAD-7 score of 10 or more",
            "more " * 50,
            "refer_when.3.text",
            "49 characters",
        ),
        (CLINICIAN, "youngest = 18", "youngest = 81", "ages", "oldest age is below"),
        (CLINICIAN, 'slug = "panic"', 'slug = "Panic!"', "refer_when.0.slug", "web address"),
        (CLINICIAN, 'slug = "panic"', 'slug = "gad-7"', "", "Two reasons"),
    ],
)
def test_bad_value_is_named_with_its_line_and_key(
    folder: Path,
    spoil: Spoil,
    problems: Problems,
    name: str,
    old: str,
    new: str,
    key: str,
    says: str,
) -> None:
    spoil(name, old, new)
    (problem,) = problems()
    assert (problem.file, problem.key) == (name, key)
    assert says in problem.what
    assert problem.todo
    if key and key != "ages":
        assert problem.line == line_with(folder, name, new)


def test_niche_of_four_sentences_is_refused(folder: Path, spoil: Spoil, problems: Problems) -> None:
    spoil(CLINICIAN, "I help adults", "One. Two. I help adults")
    (problem,) = problems()
    assert problem.key == "niche"
    assert "4 sentences" in problem.what
    assert problem.line == line_with(folder, CLINICIAN, "niche =")


def test_titles_and_initials_do_not_end_a_sentence(folder: Path, spoil: Spoil) -> None:
    spoil(CLINICIAN, "I help adults", "With Dr. J. Ito I help adults")
    assert load_practice(folder).niche.startswith("With Dr. J. Ito")


def test_missing_niche_is_named(folder: Path, spoil: Spoil, problems: Problems) -> None:
    spoil(CLINICIAN, "niche =", "recommended =")
    found = {problem.key: problem for problem in problems()}
    assert "missing" in found["niche"].what
    assert "no key “recommended”" in found["recommended"].what
    assert "Did you mean “recommend”" in found["recommended"].todo


def test_all_problems_of_all_files_come_at_once(
    folder: Path, spoil: Spoil, problems: Problems
) -> None:
    spoil("practice.toml", '"(360) 555-0142"', '"none"')
    spoil("practice.toml", "working_hours = 4", "working_hours = 4\nworking_days = 1")
    spoil(CLINICIAN, '"1234567893"', '"1234567890"')
    spoil("pages/privacy.md", "This website", "This <b>website</b>")
    (folder / "clinicians/nora-ellison/elevator-speech.md").unlink()
    files = [problem.file for problem in problems()]
    assert files == [
        CLINICIAN,
        "clinicians/nora-ellison/elevator-speech.md",
        "pages/privacy.md",
        "practice.toml",
        "practice.toml",
    ]


def test_syntax_error_is_one_problem_and_other_files_are_still_read(
    folder: Path, spoil: Spoil, problems: Problems
) -> None:
    spoil("practice.toml", 'fax = "(360) 555-0143"', 'fax = "(360) 555-0143')
    spoil(CLINICIAN, '"1234567893"', '"1"')
    first, second = problems()
    assert (first.file, second.file) == (CLINICIAN, "practice.toml")
    assert "not TOML" in second.what
    assert second.line == line_with(folder, "practice.toml", "fax =")


@pytest.mark.parametrize("value", ["“(360) 555-0143”", "[“(360) 555-0143”]", "‘(360) 555-0143’"])
def test_the_curly_quotes_of_a_word_processor_are_called_by_name(
    spoil: Spoil, problems: Problems, value: str
) -> None:
    spoil("practice.toml", '"(360) 555-0143"', value)
    assert [problem.todo for problem in problems()] == ['Write straight ones: "…".']


def test_file_that_is_not_utf8_is_named(folder: Path, problems: Problems) -> None:
    (folder / "clinicians/nora-ellison/profile.md").write_bytes(b"caf\xe9")
    assert [problem.what for problem in problems()] == ["The file is not UTF-8 text."]


def test_missing_folder_and_missing_practice_say_how_to_begin(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ContentError, match="--new"):
            load_practice(folder)


def test_practice_without_clinicians_is_refused(folder: Path, problems: Problems) -> None:
    (folder / "clinicians/nora-ellison").rename(folder / "clinicians/_nora")
    assert [problem.what for problem in problems()] == ["No clinician is described."]


def test_missing_portrait_is_named_on_its_line(
    folder: Path, spoil: Spoil, problems: Problems
) -> None:
    spoil(CLINICIAN, "npi =", 'portrait = "me.jpg"\nnpi =')
    (problem,) = problems()
    assert problem.line == line_with(folder, CLINICIAN, "portrait")
    assert "no picture “me.jpg”" in problem.what


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_text("not a picture"), "not a picture that can be read"),
        (lambda path: Image.new("1", (9000, 9000)).save(path, "PNG"), "81 megapixels"),
        (lambda path: Image.new("RGB", (50, 50)).save(path, "PNG"), "only 50×50"),
    ],
)
def test_unusable_portrait_is_refused(
    folder: Path, spoil: Spoil, problems: Problems, make: Callable[[Path], object], says: str
) -> None:
    make(folder / "clinicians/nora-ellison/me.png")
    spoil(CLINICIAN, "npi =", 'portrait = "me.png"\nnpi =')
    (problem,) = problems()
    assert says in problem.what


def test_portrait_outside_the_folder_is_refused(
    folder: Path, spoil: Spoil, problems: Problems
) -> None:
    spoil(CLINICIAN, "npi =", 'portrait = "../../practice.toml"\nnpi =')
    (problem,) = problems()
    assert "outside" in problem.what


def test_page_needs_a_title_and_knows_its_fields(spoil: Spoil, problems: Problems) -> None:
    spoil("pages/privacy.md", "title: Privacy", "titel: Privacy")
    assert [(p.line, p.key) for p in problems()] == [(1, "title"), (2, "titel")]


def test_text_per_language_is_kept_apart(folder: Path) -> None:
    (folder / "clinicians/nora-ellison/profile.es.md").write_text("Hola.", encoding="utf-8")
    (clinician,) = load_practice(folder).clinicians
    assert sorted(clinician.profile) == ["en", "es"]
    assert clinician.profile["es"].text == "Hola."


def test_everything_in_the_sample_but_the_schemas_is_read() -> None:
    """What lies in the folder and is never read would be written for nobody."""
    there = {path for path in SAMPLE_PRACTICE.rglob("*") if path.is_file()}
    unread = there - set(map(Path, load_practice(SAMPLE_PRACTICE).files))
    assert {path.parent.name for path in unread} == {"schemas"}


def test_who_forgets_the_promise_is_told_what_a_promise_is(
    folder: Path, problems: Problems
) -> None:
    path = folder / "practice.toml"
    head, _, rest = path.read_text("utf-8").partition("[promise]")
    path.write_text(head + rest[rest.index("[") :], "utf-8")
    (problem,) = problems()
    assert problem.what == "[promise] is missing."
    assert problem.todo == "Add it: How soon you call a referred patient, like working_hours = 4."
