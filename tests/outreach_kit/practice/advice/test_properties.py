"""Whatever loads, is looked over: no rule stumbles over a text, however strange."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Page, Practice, Prose, load_practice
from outreach_kit.practice.advice import advise
from outreach_kit.practice.prose import ProseRefused, parse_prose

SAMPLE = load_practice(SAMPLE_PRACTICE)
(NORA,) = SAMPLE.clinicians
PIECES = (
    "I am a", "licensed", "three openings", "31 February 2026", "March 3, 2026", "will", "suicide",
    "¿quién?", "سؤال؟", "何ですか", "e", "qu", "y", "’", "“", ".", "?", "…", ":", "\n\n", "\n- ", "\n# ",
    "> ", "[x](/a#b)", "*", "`", "|", "\\", "\u200b", "ﬁ", "İ", "1.", "(", "+",
)  # fmt: skip
LANGUAGES = ("en", "es", "es-MX", "el", "ar", "ja")


def loads(text: str) -> bool:
    try:
        parse_prose(text)
    except ProseRefused:
        return False
    return bool(text.strip())


texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(" ".join), st.text(min_size=1)
).filter(loads)
proses = texts.map(lambda text: Prose(text, "clinicians/nora-ellison/profile.md"))
told = st.dictionaries(st.sampled_from(LANGUAGES), proses, min_size=1, max_size=3)
lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
days = st.dates(min_value=dt.date(1990, 1, 1))


@settings(max_examples=60, deadline=None)
@given(
    profile=told, speech=told, page=proses, language=st.sampled_from(LANGUAGES),
    line=lines, count=st.integers(1, 12), today=days,
)  # fmt: skip
def test_no_rule_stumbles_over_a_text_that_loads(
    profile: Mapping[str, Prose],
    speech: Mapping[str, Prose],
    page: Prose,
    language: str,
    line: str,
    count: int,
    today: dt.date,
) -> None:
    facts = NORA.facts.model_copy(
        update={"credentials": (line,), "not_fit": (line,) * count, "niche": line}
    )
    clinician = replace(NORA, facts=facts, profile=profile, elevator_speech=speech)
    practice: Practice = replace(
        SAMPLE,
        clinicians=(clinician, replace(clinician, slug="nora-ellison")),
        pages=(Page("about", "About", "", page, language),),
        audiences=tuple(
            one.model_copy(update={"people": line, "say": line}) for one in SAMPLE.audiences
        ),
    )
    for one in advise(practice, today):
        assert one.problem.what
        assert one.problem.line >= 0
