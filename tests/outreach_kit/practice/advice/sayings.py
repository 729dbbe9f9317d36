"""What is written into a practice's texts to see what the rules make of it."""

from __future__ import annotations

import datetime as dt

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.practice.fingerprint import fingerprint
from tests.outreach_kit.practice.advice.spoiling import NORA, Edit, cut, put, write

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
