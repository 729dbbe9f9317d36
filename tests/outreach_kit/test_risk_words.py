"""The list of risk words: what it must not miss, what it must let pass, what it cannot know."""

from __future__ import annotations

import pytest

from outreach_kit.risk_words import mentions_risk


@pytest.mark.parametrize(
    "note",
    [
        "Suicidal since last week.",
        "SUICIDE attempt in May",
        "She told us she wants to die.",
        "he’s been hurting himself",
        "They don't want to live any more",
        "doesn’t want to wake up",
        "talks of ending her life",
        "thinks the family is better off without him",
        "self-harm, healed",
        "overdosed twice",
        "I wish I were dead",
        "endorses passive SI, no plan",
        "+SI/HI",
        "says he will kill someone",
        "wants\nto   die",
        "No reason to live",
        "Ideas suicidas",
        "Dice que quiere morirse",
        "me quiero morir",
        "ya no quiero vivir",
        "piensa en quitarse la vida",
        "quiere hacerse daño",
        "se corta los brazos",
        "Sobredosis en marzo",
        "prefiere estar mejor muerta",
        "no tiene ganas de vivir",
        "autolesión",
    ],
)
def test_a_note_of_risk_is_found(note: str) -> None:
    assert mentions_risk(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Panic attacks at work; the heart was checked.",
        "Afraid of dying although the work-up is clear.",
        "Cuts hair for a living, works late on Tuesdays.",
        "Her mother died in March.",
        "Please call after 4 PM, si es posible en español.",
        "Sí, habla español. Llame por la tarde.",
        "Hurt her back at work; skills group helped.",
        "Kill two birds: same visit as her sister.",
        "The commute is killing the mood.",
        "Le duele el pecho cuando corta el pasto.",
        "No sleep, worries about his health.",
    ],
)
def test_an_ordinary_note_passes(note: str) -> None:
    assert not mentions_risk(note)


def test_a_denial_is_not_understood_and_stops_too() -> None:
    assert mentions_risk("Denies suicidal thoughts.")


def test_a_long_text_is_read_in_a_moment() -> None:
    assert not mentions_risk("want to " * 20_000)
    assert mentions_risk("a " * 20_000 + "suicidal")
