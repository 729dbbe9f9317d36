"""Syllables are counted nearly as a dictionary would, and known texts come out at their grade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outreach_kit.practice.advice.syllables import (
    english_syllables,
    flesch_kincaid,
    spanish_syllables,
    szigriszt,
)
from outreach_kit.practice.sentences import split_sentences

ENGLISH = """
the:1 patient:2 anxiety:4 insomnia:4 therapy:3 people:2 quiet:2 diet:2 science:2 area:3 idea:3
create:2 being:2 doing:2 playing:2 sleep:1 worries:2 worried:2 wanted:2 learned:1 places:2 changes:2
makes:1 little:2 tables:2 single:2 sessions:2 question:2 physician:3 social:2 special:2 medical:3
serious:3 various:3 period:3 evaluation:5 experience:4 behavioral:4 depression:3 clinician:3
psychologist:4 insurance:3 payment:2 referral:3 offices:3 breathe:1 clothes:1 heart:1 stomach:2
different:3 business:2 bodies:2 years:1 usually:4 situation:4 used:1 true:1 queue:1 guide:1 you:1
year’s:1 don’t:1 couldn’t:2 through:1 eyes:1 agreed:2 family:3 children:2 because:2 diagnosis:4
criteria:4 radio:3 violence:3 clients:2 reliable:4 variety:4 society:4 piano:3 actual:3 continue:3
value:2 association:5 region:2 million:2 familiar:3 trial:2 denial:3 material:4 partial:2 essential:3
confidential:4 relationship:4 patience:2 audience:3 ancient:2 easier:3 happiest:3 carrier:3 created:3
react:2 real:1 theory:3 museum:3 poem:2 goes:1 does:1 hour:1 fire:1 cruel:2 fluid:2 ruin:2 suicide:3
annual:3 individual:5 language:2 request:2 somebody:3 something:2 sometimes:2 someone:2 therefore:2
careful:2 useless:2 statement:2 management:3 safety:2 nineteen:2 awake:2 checked:1 needed:2 started:2
"""
SPANISH = """
que:1 quiero:2 guerra:2 guía:2 día:2 país:2 bueno:2 ciudad:2 familia:3 ansiedad:3 miedo:2 sueño:2
terapia:3 psicóloga:4 teatro:3 leer:2 aéreo:4 ahora:3 niños:2 muy:1 y:1 hoy:1 rey:1 yo:1 ayuda:3
vergüenza:3 pingüino:3 agua:2 oír:2 reír:2 caos:2 poeta:3 viuda:2 cuidado:3 después:2 también:2
todavía:4 médico:3 emergencia:4 autobús:3
"""


@pytest.mark.parametrize(
    ("words", "count"),
    [(ENGLISH, english_syllables), (SPANISH, spanish_syllables)],
    ids=["English", "Spanish"],
)
def test_syllables_are_those_of_a_dictionary(words: str, count: Callable[[str], int]) -> None:
    pairs = [one.split(":") for one in words.split()]
    assert {word: count(word) for word, said in pairs if count(word) != int(said)} == {}


def test_well_known_english_comes_out_at_its_grade() -> None:
    easy = "Your heart was checked. The results came back clear. They still wake you at three."
    hard = (
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, "
        "conceived in Liberty, and dedicated to the proposition that all men are created equal."
    )
    assert flesch_kincaid(split_sentences(easy)) < 3
    assert 12 < flesch_kincaid(split_sentences(hard)) < 17


def test_spanish_that_is_hard_lies_below_the_middle_of_its_scale() -> None:
    easy = "Usted quiere a su bebé. Algunas noches no se reconoce. No está fallando."
    hard = "La administración institucional de procedimientos psicoterapéuticos individualizados."
    assert szigriszt(split_sentences(easy)) > 75
    assert szigriszt(split_sentences(hard)) < 40


@pytest.mark.parametrize("word", ["", "nth", "xyz", "É"])
def test_whatever_is_a_word_has_a_syllable(word: str) -> None:
    assert english_syllables(word) >= 1
    assert spanish_syllables(word) >= 1
