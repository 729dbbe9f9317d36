"""Each rule finds a text that is wrong, and leaves one alone that is nearly so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import CHECKS, Advice, Look, advise
from outreach_kit.practice.advice.unfinished import STARTER_SPEECH, STARTER_WORDS
from outreach_kit.practice.fingerprint import fingerprint
from outreach_kit.publish.starter import write_starter
from tests.outreach_kit.practice.advice.spoiling import (
    NORA,
    Edit,
    cut,
    portrait,
    put,
    remove,
    second_clinician,
    write,
)

TODAY = dt.date(2026, 11, 21)
PRACTICE, CLINICIAN = "practice.toml", f"{NORA}/clinician.toml"
PROFILE, SPEECH = f"{NORA}/profile.md", f"{NORA}/elevator-speech.md"
NICHE = (
    "I help adults whose anxiety shows up as physical symptoms after the medical work-up is clear.  "
    "In short-term therapy they learn to sleep, work and stop fearing their bodies."
)
HARD = (
    "---\ntitle: About\n---\n"
    "Psychotherapeutic interventions are individually administered following a comprehensive "
    "biopsychosocial evaluation, incorporating psychoeducational materials and standardized "
    "measurements. Organizational considerations necessitate documentation of authorization preceding "
    "the initiation of therapeutic interactions, notwithstanding circumstances that demonstrate "
    "exceptional clinical necessity or unanticipated deterioration of the presenting symptomatology, "
    "in accordance with the regulations of the applicable jurisdiction and its professional bodies.\n"
)
EASY = "---\ntitle: About\n---\n" + "We meet once a week. You bring what is hard. I listen. " * 6
SPANISH = put(PRACTICE, 'languages = ["en"]', 'languages = ["en", "es"]')


def words(count: int) -> str:
    return " ".join(["word"] * count)


def profile_says(sentence: str) -> Edit:
    return put(PROFILE, "That is where I come in.", sentence)


def profile_begins(words: str) -> Edit:
    return put(PROFILE, "Your heart was checked", words)


def put_in_psychology_today(pasted_on: str, facts: str = "") -> Edit:
    line = f'facts = "{facts}"\n' if facts else ""
    return write(
        "directories.toml",
        f'[[directory]]\nname = "psychology-today"\npasted_on = {pasted_on}\n{line}',
    )


SAMPLE = load_practice(SAMPLE_PRACTICE)
LISTED = put_in_psychology_today("2026-11-01", fingerprint(SAMPLE, SAMPLE.clinicians[0]))


NO_FORM = cut(PRACTICE, r'form_url = "[^"]*"\n')


@dataclass(frozen=True)
class Case:
    rule: str
    bad: tuple[Edit, ...]
    good: tuple[Edit, ...]


def case(rule: str, bad: Edit | tuple[Edit, ...], good: Edit | tuple[Edit, ...]) -> Case:
    return Case(
        rule,
        bad if isinstance(bad, tuple) else (bad,),
        good if isinstance(good, tuple) else (good,),
    )


def niche_says(sentence: str) -> Edit:
    return cut(CLINICIAN, r'(?<=niche = """).*?(?=""")', sentence)


def note_says(sentence: str) -> Edit:
    return put(PRACTICE, "Card at the visit.", sentence)


def more_reasons(count: int) -> Edit:
    tables = (f'\n[[refer_when]]\nslug = "more-{n}"\ntext = "More"\n' for n in range(count))
    return write(CLINICIAN, "".join(tables))


def more_not_fit(count: int) -> Edit:
    return put(CLINICIAN, "not_fit = [", "not_fit = [" + '"More", ' * count)


def site_is(phone: str, state: str) -> Edit:
    """A second site, called at that number, in that state."""
    table = f'''[[sites]]
city = "Farther"
region = "{state}"
postal_code = "99990"
phone = "{phone}"
'''
    return put(PRACTICE, "\n[hours]\n", f"\n{table}\n[hours]\n")


CASES = (
    case(
        "niche-differs",
        put(PRACTICE, "time_zone", 'niche = "I help everybody."\ntime_zone'),
        put(PRACTICE, "time_zone", f'niche = "{NICHE}"\ntime_zone'),
    ),
    case("niche-twins", second_clinician(), second_clinician("I help teens who have gone quiet.")),
    case("speech-length", put(SPEECH, "You know", "Well " * 20 + "you know"), put(SPEECH, "You", "So you")),
    case(
        "speech-question",
        put(SPEECH, "one more test?", "one more test."),
        put(SPEECH, "one more test?", "“one more test?”"),
    ),
    case(
        "credentials-first",
        profile_begins("I am board-certified, and your heart was checked"),
        profile_begins("To some degree your heart was checked"),
    ),
    case("credentials-first", niche_says("Licensed therapist, 20 years."), niche_says("I help adults.")),
    case("credentials-first", niche_says("Nora Ellison, LICSW, helps."), niche_says("I help the LICSWS.")),
    case("event-past", note_says("Closed until March 3, 2026."), note_says("Closed until March 3, 2027.")),
    case("openings-in-words", note_says("I am accepting new patients."), note_says("Cash.")),
    case("crisis-lines", note_says("In an emergency, wait."), note_says("In an emergency, call 911.")),
    case(
        "resume-first",
        profile_begins("With twenty years in clinics I know that your heart was checked"),
        profile_begins("I am glad that your heart was checked"),
    ),
    case("refer-when-lines", more_reasons(4), more_reasons(3)),
    case("not-fit-lines", more_not_fit(3), more_not_fit(2)),
    case(
        "line-long",
        put(CLINICIAN, 'text = "A GAD-7 score of 10 or more"', f'text = "{words(19)}"'),
        put(CLINICIAN, 'text = "A GAD-7 score of 10 or more"', f'text = "{words(18)}"'),
    ),
    case("reading-grade", write("pages/about.md", HARD), write("pages/about.md", EASY)),
    case(
        "openings-stale",
        put(CLINICIAN, "on = 2026-11-16", "on = 2026-11-06"),
        put(CLINICIAN, "on = 2026-11-16", "on = 2026-11-07"),
    ),
    case(
        "first-day-past",
        put(CLINICIAN, "on = 2026-11-23", "on = 2026-11-20"),
        put(CLINICIAN, "on = 2026-11-23", "on = 2026-11-21"),
    ),
    case(
        "openings-in-words",
        profile_says("I have two openings."),
        profile_says("I have seen many an opening line."),
    ),
    case(
        "days-off-past",
        put(PRACTICE, "[booking]", "closed_on = [2026-07-02]\n[booking]"),
        put(PRACTICE, "[booking]", "closed_on = [2026-07-02, 2026-12-24]\n[booking]"),
    ),
    case(
        "colleagues-old",
        put("colleagues.toml", "written_on = 2026-11-16", "written_on = 2026-08-22"),
        put("colleagues.toml", "written_on = 2026-11-16", "written_on = 2026-08-23"),
    ),
    case(
        "colleagues-old",
        put("colleagues.toml", "written_on = 2026-11-16", "written_on = 2026-11-22"),
        put("colleagues.toml", "written_on = 2026-11-16", "written_on = 2026-11-21"),
    ),
    case("directory-outdated", (LISTED, put(PRACTICE, "price = 160", "price = 165")), LISTED),
    case(
        "directory-old",
        put_in_psychology_today("2025-11-20"),
        put_in_psychology_today("2025-11-22"),
    ),
    case(
        "directory-old",
        put_in_psychology_today("2026-11-22"),
        put_in_psychology_today("2026-11-21"),
    ),
    case(
        "news-old",
        (
            put("notes/after-the-clear-result.md", "2026-11-09", "2025-11-09"),
            put("notes/three-questions-about-sleep.md", "2026-09-14", "2025-09-14"),
        ),
        put("notes/after-the-clear-result.md", "2026-11-09", "2025-11-09"),
    ),
    case(
        "note-early",
        put("notes/after-the-clear-result.md", "2026-11-09", "2027-01-09"),
        put("notes/after-the-clear-result.md", "2026-11-09", "2026-11-16"),
    ),
    case(
        "event-past",
        profile_says("Join us on March 3rd, 2026."),
        profile_says("I began on March 3, 2018; join us on 3 March 2027."),
    ),
    case(
        "no-fees",
        cut(PRACTICE, r"\[\[fees\]\].*?(?=\[insurance\])"),
        put(PRACTICE, 'kind = "sliding"', 'kind = "other"'),
    ),
    case(
        "no-plans",
        (put(PRACTICE, 'plans = ["Regence", "Premera", "Kaiser PPO"]', "plans = []"),
         cut(PRACTICE, r'note = "For other plans[^\n]*')),
        put(PRACTICE, 'plans = ["Regence", "Premera", "Kaiser PPO"]', "plans = []"),
    ),
    case("no-fax", put(PRACTICE, "fax =", "# fax ="), put(PRACTICE, "555-0143", "555-0144")),
    case(
        "no-form",
        put(PRACTICE, "form_url =", "# form_url ="),
        put(PRACTICE, "https://refer.", "https://form."),
    ),
    case(
        "no-booking",
        put(PRACTICE, "url = \"https://harborstreet.example/book\"", ""),
        (
            put(PRACTICE, "url = \"https://harborstreet.example/book\"", ""),
            put(CLINICIAN, "in_person", 'booking_url = "https://book.example/nora"\nin_person'),
        ),
    ),
    case(
        "no-first-appointment",
        put(PRACTICE, "seen_within_days = 10", ""),
        put(PRACTICE, "seen_within_days = 10", "seen_within_days = 90"),
    ),
    case(
        "no-access",
        put(PRACTICE, 'access = "Step-free entrance and elevator from the parking lot."', ""),
        (
            put(PRACTICE, 'access = "Step-free entrance and elevator from the parking lot."', ""),
            put(CLINICIAN, "in_person = true", "in_person = false"),
        ),
    ),
    case("site-repeats", site_is("(360) 555-0142", "WA"), site_is("(360) 555-0199", "WA")),
    case("site-clock", site_is("(208) 555-0199", "ID"), site_is("(503) 555-0199", "OR")),
    case(
        "no-license",
        cut(CLINICIAN, r'\[license\].*?state = "WA"'),
        put(CLINICIAN, "LW 00000000", "LW 1"),
    ),
    case(
        "no-npi",
        cut(CLINICIAN, r'npi = "\d+"'),
        (cut(CLINICIAN, r'npi = "\d+"'), put(PRACTICE, "time_zone", 'npi = "1234567893"\ntime_zone')),
    ),
    case(
        "crisis-lines",
        profile_says("If you think of suicide, tell me."),
        profile_says("If you think of suicide, tell me, or call 988 at any hour."),
    ),
    case("portrait-alt", portrait("Photo"), portrait("Nora Ellison at her desk, laughing")),
    case(
        "talk-audience",
        put("trainings.toml", 'audiences = ["physicians"]', ""),
        put("trainings.toml", 'audiences = ["physicians"]', 'audiences = ["schools"]'),
    ),
    case(
        "people-word",
        put("audiences.toml", "and I will sit with you", "and I sit with all my patients"),
        put("audiences.toml", "and I will sit with you", "as each parishioner and other patients do"),
    ),
    case(
        "starter-words",
        profile_begins("Begin with the person who reads this: what is it like"),
        profile_begins("Begin with the person whom you trust: your heart was checked"),
    ),
    case("no-privacy", remove("pages/privacy.md"), (remove("pages/privacy.md"), NO_FORM)),
    case(
        "privacy-silent",
        cut("pages/privacy.md", r"## Who sees it.*?\n\n(?=## What)"),
        cut("pages/privacy.md", r"(?<=## Who sees it, and for how long\n\n).*?(?=\n\n)", "I do."),
    ),
    case("untranslated", SPANISH, put(PRACTICE, 'languages = ["en"]', 'languages = ["en-US"]')),
)  # fmt: skip


def found(folder: Path, rule: str) -> list[Advice]:
    return [one for one in advise(load_practice(folder), TODAY) if one.rule == rule]


def test_every_rule_has_a_case_and_its_own_name() -> None:
    names = [check.rule.name for check in CHECKS]
    assert len(set(names)) == len(names) >= 30
    assert {one.rule for one in CASES} == set(names)


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.rule)
def test_rule_finds_what_is_wrong_and_says_where_why_and_what_to_do(
    folder: Path, one: Case
) -> None:
    for edit in one.bad:
        edit(folder)
    findings = found(folder, one.rule)
    assert findings
    for advice in findings:
        problem = advice.problem
        lines = (folder / problem.file).read_text("utf-8").splitlines()
        assert 0 <= problem.line <= len(lines)
        assert problem.rule == one.rule
        assert problem.why == advice.why
        assert all(
            text.endswith((".", "?”", "”")) for text in (problem.what, problem.todo, advice.why)
        )


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.rule)
def test_rule_leaves_alone_what_is_only_near(folder: Path, one: Case) -> None:
    for edit in one.good:
        edit(folder)
    assert found(folder, one.rule) == []


@pytest.mark.parametrize(
    ("rule", "sentence", "line"),
    [
        ("openings-in-words", "I have two openings.", 4),
        ("event-past", "It begins on 3 March 2026.", 4),
        ("crisis-lines", "If you are in a crisis, wait for the session.", 4),
    ],
)
def test_line_is_that_of_the_sentence(folder: Path, rule: str, sentence: str, line: int) -> None:
    profile_says(sentence)(folder)
    assert [one.problem.line for one in found(folder, rule)] == [line]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("credentials-first", "Licenciada en psicología, le escucho."),
        ("resume-first", "Me llamo Nora y le escucho."),
        ("openings-in-words", "Aceptamos nuevos pacientes."),
        ("event-past", "El taller empieza el 3 de marzo de 2026."),
        ("crisis-lines", "Si piensa en suicidarse, dígamelo."),
    ],
)
def test_spanish_texts_are_read_as_well(folder: Path, rule: str, text: str) -> None:
    SPANISH(folder)
    write(f"{NORA}/profile.es.md", text)(folder)
    assert [one.problem.file for one in found(folder, rule)] == [f"{NORA}/profile.es.md"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I work with families in crisis and with emergency physicians.",
        "Many come after an hour in an emergency room.",
        "She was licensed to drive, and a client has an opening in the diary.",
        "The clinic of March 3, 2018 taught me to wait.",
        "It takes some degree of courage to begin in 2019.",
        "You will have good days with open doors.",
    ],
)
def test_harmless_sentences_are_left_alone(folder: Path, sentence: str) -> None:
    profile_says(sentence)(folder)
    assert advise(load_practice(folder), TODAY) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "If you are in crisis, write to me.",
        "In an emergency, leave a message.",
        "Some people think of killing themselves.",
        "This page is not for emergencies.",
    ],
)
def test_words_of_danger_ask_for_the_crisis_line(folder: Path, sentence: str) -> None:
    profile_says(sentence)(folder)
    assert len(found(folder, "crisis-lines")) == 1


def test_what_looks_like_markup_in_a_note_is_read_as_it_stands(folder: Path) -> None:
    note = "Ring <twice>, or see [Zoe](desk). We have two openings left."
    put(PRACTICE, "Free parking behind the building, off Second Avenue.", note)(folder)
    (one,) = found(folder, "openings-in-words")
    assert (one.problem.file, one.problem.key) == (PRACTICE, "address.parking")


def test_a_heading_is_not_the_first_sentence(folder: Path) -> None:
    profile_begins("# About me\n\nI am a licensed therapist. Your heart")(folder)
    assert [one.problem.line for one in found(folder, "resume-first")] == [3]
    assert [one.problem.line for one in found(folder, "credentials-first")] == [3]


def test_every_question_of_the_starter_is_known_when_it_stays(tmp_path: Path) -> None:
    answers = {
        "name": "Bell", "clinician": "Ann Bell", "phone": "(360) 555-0199", "city": "Town",
        "state": "WA", "zip": "98101", "niche": "I help adults who cannot sleep.",
    }  # fmt: skip
    write_starter(tmp_path / "new", answers, TODAY)
    found_at = [one.problem.line for one in found(tmp_path / "new", "starter-words")]
    assert len(found_at) == len(STARTER_WORDS) + len(STARTER_SPEECH)


@pytest.mark.parametrize("alt", ["", "Nora Ellison", "nora.png", "A portrait", "Mi foto"])
def test_a_file_name_or_a_bare_word_is_no_description(folder: Path, alt: str) -> None:
    portrait(alt)(folder)
    assert len(found(folder, "portrait-alt")) == 1


def test_texts_of_one_file_that_lack_a_translation_are_told_once(folder: Path) -> None:
    SPANISH(folder)
    files = [one.problem.file for one in found(folder, "untranslated")]
    assert len(files) == len(set(files)) > 4


def test_other_languages_are_not_judged_by_english(folder: Path) -> None:
    put(PRACTICE, 'languages = ["en"]', 'languages = ["de"]')(folder)
    profile_begins("I am a licensed therapist, and I have two openings. Your heart")(folder)
    rules = {one.rule for one in advise(load_practice(folder), TODAY)}
    assert rules == set()


@pytest.mark.parametrize(
    ("language", "words", "missing"),
    [
        ("en", "We use no cookies.", "what the form asks for, who reads it or how long it is kept"),
        ("en", "The form asks for a name. Only I read it. I keep it for a year.", "whether visits are followed"),
        ("es", "Usamos cookies.", "what the form asks for, who reads it or how long it is kept"),
        ("es", "El formulario pide un nombre. Solo yo lo leo. Sin cookies.", "how long it is kept"),
        ("es", "El formulario pide un nombre. Nadie más lo lee. Se borra al año. Sin cookies.", ""),
        ("de", "Kein Wort davon.", ""),
    ],
)  # fmt: skip
def test_the_page_on_privacy_is_asked_for_what_it_owes(
    folder: Path, language: str, words: str, missing: str
) -> None:
    put(PRACTICE, 'languages = ["en"]', f'languages = ["{language}"]')(folder)
    (folder / "pages/privacy.md").write_text(f"---\ntitle: Privacy\n---\n\n{words}\n", "utf-8")
    told = [one.problem for one in found(folder, "privacy-silent")]
    assert [one.what for one in told] == ([f"The page does not say {missing}."] if missing else [])
    assert all(one.file == "pages/privacy.md" for one in told)


def test_nothing_is_looked_for_that_is_silenced(folder: Path) -> None:
    put(PRACTICE, "fax =", "# fax =")(folder)
    put(PRACTICE, "[promise]", '[advice]\nsilence = ["no-fax"]\n\n[promise]')(folder)
    assert found(folder, "no-fax") == []


def test_a_text_is_taken_apart_once_for_all_rules(folder: Path) -> None:
    practice = load_practice(folder)
    look = Look(practice, TODAY)
    prose = practice.clinicians[0].profile["en"]
    assert look.sentences(prose) is look.sentences(prose)
