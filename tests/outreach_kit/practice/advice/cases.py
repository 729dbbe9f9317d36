"""For each rule a folder in which it finds something, and one in which nearly."""

from __future__ import annotations

from dataclasses import dataclass

from tests.outreach_kit.practice.advice.sayings import (
    CLINICIAN,
    EASY,
    HARD,
    LISTED,
    NICHE,
    NO_FORM,
    PRACTICE,
    SPANISH,
    SPEECH,
    more_not_fit,
    more_reasons,
    niche_says,
    note_says,
    profile_begins,
    profile_says,
    put_in_psychology_today,
    site_is,
    words,
)
from tests.outreach_kit.practice.advice.spoiling import (
    Edit,
    cut,
    portrait,
    put,
    remove,
    second_clinician,
    write,
)


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
