"""The same practice with its texts in another language; what has none stays, and can be listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.facts import Hours
from tests.outreach_kit.practice.conftest import CLINICIAN, Spoil

Problems = Callable[[], tuple[Problem, ...]]
Write = Callable[[str, str], None]
HOME = "clinicians/nora-ellison"
BOTH = ('languages = ["en"]', 'languages = ["en", "es"]')


@pytest.fixture
def write(folder: Path, spoil: Spoil) -> Write:
    """Write a file of the copied practice, which now has Spanish too."""
    spoil("practice.toml", *BOTH)

    def put(name: str, text: str) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return put


def spanish(folder: Path) -> Practice:
    return load_practice(folder).in_language("es")


def test_words_lie_over_the_facts_and_the_facts_stay(folder: Path, write: Write) -> None:
    write(
        "practice.es.toml",
        '[booking]\nnote = "Una llamada."\n[payment]\nmethods = ["Tarjeta"]\n'
        '[[fees]]\nslug = "sliding"\nname = "Según ingresos"\n',
    )
    write(
        f"{HOME}/clinician.es.toml",
        'title = "Trabajadora social"\nnot_fit = ["Psicosis"]\n'
        '[[refer_when]]\nslug = "panic"\ntext = "Ataques de pánico"\n',
    )
    english, told = load_practice(folder), spanish(folder)
    assert (english.language, told.language) == ("en", "es")
    assert told.languages == ("en", "es")
    assert told.booking.note == "Una llamada."
    assert told.booking.url == english.booking.url
    assert told.payment.methods == ("Tarjeta",)
    assert told.payment.due == "Card at the visit."
    names = [(one.name, one.price) for one in told.fees]
    assert names[2] == ("Según ingresos", english.fees[2].price)
    assert names[:2] == [(one.name, one.price) for one in english.fees[:2]]
    (nora,) = told.clinicians
    assert nora.facts.title == "Trabajadora social"
    assert nora.facts.not_fit == ("Psicosis",)
    assert nora.facts.niche == english.clinicians[0].facts.niche
    assert nora.profile == english.clinicians[0].profile
    first, second = told.reasons[:2]
    assert (first.slug, first.text) == ("panic", "Ataques de pánico")
    assert second == english.reasons[1]


def test_audiences_and_talks_are_told_by_their_slugs(folder: Path, write: Write) -> None:
    write("audiences.es.toml", '[[audience]]\nslug = "schools"\npeople = "estudiantes"\n')
    write("trainings.es.toml", '[[training]]\nslug = "sleepless"\ntitle = "Sin sueño"\n')
    told = spanish(folder)
    assert [one.people for one in told.audiences[:2]] == ["patients", "estudiantes"]
    assert [one.title for one in told.trainings][1] == "Sin sueño"
    assert told.trainings[1].minutes == (15, 45)


def test_same_practice_is_told_once_and_finds_its_way_back(folder: Path, write: Write) -> None:
    write("practice.es.toml", '[booking]\nnote = "Una llamada."\n')
    practice = load_practice(folder)
    told = practice.in_language("es")
    assert practice.in_language("es") is told
    assert told.in_language("es") is told
    assert told.in_language("en") is practice
    assert practice.in_language("en") is practice


def test_facts_that_were_changed_at_the_desk_are_told_as_changed(
    folder: Path, write: Write
) -> None:
    write("practice.es.toml", '[booking]\nnote = "Una llamada."\n')
    practice = load_practice(folder)
    assert practice.in_language("es").hours == practice.hours
    hours = Hours.model_validate({"monday": "10:00-11:00"})
    changed = replace(practice, facts=practice.facts.model_copy(update={"hours": hours}))
    told = changed.in_language("es")
    assert told.hours.monday == ((dt.time(10), dt.time(11)),)
    assert told.booking.note == "Una llamada."


def test_dialect_falls_back_to_its_language_and_a_stranger_to_the_main_one(
    folder: Path, write: Write
) -> None:
    write("practice.es.toml", '[booking]\nnote = "Una llamada."\n')
    practice = load_practice(folder)
    assert practice.in_language("es-MX").booking.note == "Una llamada."
    assert practice.in_language("es-MX").language == "es-MX"
    french = practice.in_language("fr")
    assert (french.language, french.booking.note) == ("fr", practice.booking.note)


def test_sentences_of_our_own_are_said_in_the_language(folder: Path, spoil: Spoil) -> None:
    spoil(CLINICIAN, "recommend = ", "# recommend = ")
    told = load_practice(folder).in_language("es").clinicians[0]
    assert told.recommend.startswith("Le recomiendo a Nora Ellison")
    assert told.facts.not_fit_promise.startswith("Refiera")


def test_own_promise_is_kept_when_it_has_no_translation(folder: Path, spoil: Spoil) -> None:
    spoil(CLINICIAN, 'not_fit_promise = "Refer', 'not_fit_promise = "Always refer')
    told = load_practice(folder).in_language("es").clinicians[0]
    assert told.facts.not_fit_promise.startswith("Always refer")


def test_what_is_not_translated_is_listed_with_its_place(folder: Path, write: Write) -> None:
    write("practice.es.toml", '[booking]\nnote = "Una llamada."\n')
    write(f"{HOME}/clinician.es.toml", 'not_fit = ["Psicosis"]\n')
    write(f"{HOME}/profile.es.md", "Hola.\n")
    missing = {(one.file, one.path): one for one in load_practice(folder).untranslated("es")}
    assert ("practice.toml", ("booking", "note")) not in missing
    assert missing["practice.toml", ("fees", 2, "note")].home == "practice.es.toml"
    assert (CLINICIAN, ("refer_when", 3, "text")) in missing
    assert (CLINICIAN, ("not_fit_promise",)) not in missing
    assert missing[CLINICIAN, ("not_fit",)].what == "It has 5 entries, and 1 in “es”."
    assert (f"{HOME}/profile.md", ()) not in missing
    assert missing[f"{HOME}/resume.md", ()].home == f"{HOME}/resume.es.md"
    assert missing["pages/privacy.md", ()].home == "pages/privacy.es.md"
    assert ("notes/after-the-clear-result.md", ()) in missing
    assert missing["audiences.toml", ("audience", 1, "say")].home == "audiences.es.toml"
    assert ("trainings.toml", ("training", 0, "points")) in missing
    assert not [one for one in missing if "price" in one[1] or "slug" in one[1]]


def test_told_practice_lists_what_its_origin_lacks(folder: Path, write: Write) -> None:
    write("practice.es.toml", '[booking]\nnote = "Una llamada."\n')
    practice = load_practice(folder)
    assert practice.in_language("es").untranslated("es") == practice.untranslated("es")


def test_every_file_of_words_is_among_the_files_that_were_read(folder: Path, write: Write) -> None:
    names = ["practice.es.toml", f"{HOME}/clinician.es.toml", "audiences.es.toml"]
    for name in [*names, "trainings.es.toml"]:
        write(name, "")
    read = {Path(path).relative_to(folder).as_posix() for path in load_practice(folder).files}
    assert {*names, "trainings.es.toml", "trainings.toml", f"{HOME}/resume.md"} <= read


@pytest.mark.parametrize(
    ("name", "text", "line", "key", "says", "advises"),
    [
        (
            "practice.es.toml", '[contact]\nphone = "1"\n', 1, "contact",
            "“contact” is a fact", "booking",
        ),
        (
            "practice.es.toml", '[booking]\nnote = "a"\nconsultation_price = 5\n', 3,
            "booking.consultation_price", "is a fact, and facts are the same", "note",
        ),
        (
            "practice.es.toml", '[[fees]]\nslug = "intake"\nprice = 5\n', 3, "fees.0.price",
            "“price” is a fact", "name, note",
        ),
        (
            f"{HOME}/clinician.es.toml", '# npi\nnpi = "1234567893"\n', 2, "npi",
            "“npi” is a fact", "niche",
        ),
        (
            f"{HOME}/clinician.es.toml", 'nich = "x"\n', 1, "nich",
            "no key “nich”", "“niche”",
        ),
        (
            f"{HOME}/clinician.es.toml", 'niche = "Uno. Dos. Tres."\n', 1, "niche",
            "3 sentences", "one or two",
        ),
        (
            f"{HOME}/clinician.es.toml", '[[refer_when]]\ntext = "x"\nslug = "panik"\n', 3,
            "refer_when.0.slug", "is called “panik”", "“panic”",
        ),
        (
            "trainings.es.toml", '[[training]]\nslug = "juggling"\n', 2, "training.0.slug",
            "No [[training]] in trainings.toml", "clear-work-up",
        ),
        (
            "audiences.es.toml",
            '[[audience]]\nslug = "schools"\n[[audience]]\nslug = "schools"\n', 4,
            "audience.1.slug", "translated twice", "Keep one",
        ),
        (
            "practice.es.toml", '[mailing_address]\nparking = "x"\n', 1, "mailing_address",
            "There is no [mailing_address] in practice.toml", "Delete it",
        ),
        ("practice.es.toml", '[booking\n', 1, "", "not TOML", "brackets"),
        ("practice.en.toml", "", 0, "", "“en” is the main language", "practice.toml itself"),
        (
            "practice.fr.toml", "", 0, "", "“fr” is not a language of this practice",
            'languages = ["en", "es", "fr"]',
        ),
        (
            "trainings.old.toml", "", 0, "", "“old” is not a language of this practice",
            "delete this file",
        ),
        ("audiences.Spanish.toml", "", 0, "", "is not a language", "audiences.es.toml"),
    ],
)  # fmt: skip
def test_mistake_in_a_file_of_words_is_named(
    write: Write,
    problems: Problems,
    name: str,
    text: str,
    line: int,
    key: str,
    says: str,
    advises: str,
) -> None:
    write(name, text)
    (problem,) = problems()
    assert (problem.file, problem.line, problem.key) == (name, line, key)
    assert says in problem.what
    assert advises in problem.todo


def test_two_fees_of_a_kind_need_slugs_before_they_can_be_told_apart(
    folder: Path, write: Write, spoil: Spoil, problems: Problems
) -> None:
    spoil("practice.toml", 'kind = "sliding"', 'kind = "session"')
    write("practice.es.toml", '[[fees]]\nslug = "session"\nname = "Sesión"\n')
    (problem,) = problems()
    assert "Two of the [[fees]] in practice.toml are called “session”." in problem.what
    spoil(
        "practice.toml",
        'kind = "session"\nname = "Sl',
        'kind = "session"\nslug = "less"\nname = "Sl',
    )
    assert [one.name for one in spanish(folder).fees][1] == "Sesión"


def test_words_are_checked_although_the_facts_cannot_be_read(
    write: Write, spoil: Spoil, problems: Problems
) -> None:
    write("practice.xx.toml", '[booking]\nnotes = "x"\n')
    spoil("practice.toml", "working_hours = 4", 'working_hours = "soon"')
    assert [(one.file, one.key) for one in problems()] == [
        ("practice.toml", "promise.working_hours"),
        ("practice.xx.toml", "booking.notes"),
    ]


def test_practice_whose_main_language_is_spanish_says_our_sentences_in_spanish(
    folder: Path, spoil: Spoil
) -> None:
    spoil("practice.toml", 'languages = ["en"]', 'languages = ["es", "en"]')
    spoil(CLINICIAN, "not_fit_promise = ", "# not_fit_promise = ")
    spoil(CLINICIAN, "recommend = ", "# recommend = ")
    (folder / "audiences.toml").write_text("", encoding="utf-8")
    (folder / "trainings.toml").write_text("", encoding="utf-8")
    practice = load_practice(folder)
    (nora,) = practice.clinicians
    assert nora.facts.not_fit_promise.startswith("Refiera")
    assert nora.recommend.startswith("Le recomiendo")
    assert practice.audiences[0].people == "pacientes"
    english = practice.in_language("en")
    assert english.clinicians[0].recommend.startswith("I recommend Nora Ellison")
    assert english.clinicians[0].facts.not_fit_promise.startswith("Refer anyone")
    assert english.audiences[0].people == "patients"


def test_main_language_lacks_nothing_and_its_name_in_a_file_is_left_out(
    folder: Path, write: Write
) -> None:
    (folder / HOME / "resume.md").rename(folder / HOME / "resume.en.md")
    practice = load_practice(folder)
    assert practice.untranslated("en") == ()
    homes = {one.file: one.home for one in practice.untranslated("es") if not one.path}
    assert homes[f"{HOME}/resume.en.md"] == f"{HOME}/resume.es.md"
