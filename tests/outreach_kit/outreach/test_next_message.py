from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.follow_up import FollowUp, Standing
from outreach_kit.outreach.name_check import find_names
from outreach_kit.outreach.next_message import Dealt, Message, next_message
from outreach_kit.outreach.source_letter import Letter, write_letter

DAY = dt.date(2026, 11, 16)
EARLIER = DAY - dt.timedelta(days=3)
DUE = FollowUp(Standing.DUE, DAY, 90)
LETTER = Letter(
    "Priya",
    "Adults whose anxiety shows up as physical symptoms.",
    ("Nora Ellison, LICSW",),
    "Refer anyone; I will find the right place.",
    "(360) 555-0142",
)
_DATES = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("dealt", "message"),
    [
        (Dealt(DUE), Message.FOLLOW_UP),
        (Dealt(DUE, runs_low=True), Message.RESTOCK),
        (Dealt(DUE, owed_thanks=1, runs_low=True), Message.THANKS),
        (Dealt(DUE, owed_thanks=1, last_mismatch_on=DAY), Message.NICHE_AGAIN),
        (Dealt(DUE, last_mismatch_on=DAY, niche_again_on=EARLIER), Message.NICHE_AGAIN),
        (Dealt(DUE, last_mismatch_on=EARLIER, niche_again_on=DAY), Message.FOLLOW_UP),
        (Dealt(FollowUp(Standing.FIRST, DAY, None)), Message.HELLO),
    ],
)
def test_the_next_message_follows_from_what_came(dealt: Dealt, message: Message) -> None:
    assert next_message(dealt) is message


@settings(deadline=None)
@given(st.builds(Dealt, st.just(FollowUp(Standing.RESTING, None, 9)), st.integers(0, 9), _DATES))
def test_friends_and_clients_get_no_word(dealt: Dealt) -> None:
    assert next_message(dealt) is None


@settings(deadline=None)
@given(st.builds(Dealt, st.just(DUE), st.integers(0, 9), _DATES, _DATES, st.booleans()))
def test_a_mismatch_is_answered_once_and_not_again(dealt: Dealt) -> None:
    said_today = Dealt(
        DUE, dealt.owed_thanks, dealt.last_mismatch_on, dt.date(2026, 12, 31), dealt.runs_low
    )
    assert next_message(said_today) is not Message.NICHE_AGAIN


@pytest.mark.parametrize("message", Message)
@pytest.mark.parametrize("language", ["en", "es", "es-MX", "fr"])
def test_every_message_has_the_niche_and_the_ask(message: Message, language: str) -> None:
    text = write_letter(message, LETTER, language)
    assert LETTER.niche in text
    assert LETTER.promise in text
    assert "(360) 555-0142" in text
    assert "Priya" in text
    assert ("cuando" if language.startswith("es") else "count on you") in text.lower()
    assert "{" not in text


def test_a_mismatch_is_met_with_gratitude_and_without_blame() -> None:
    text = write_letter(Message.NICHE_AGAIN, LETTER, "en")
    assert text.index("Thank you") < text.index(LETTER.niche)
    assert not {"wrong", "mistake", "unfortunately", "not a fit"} & set(text.lower().split())


@pytest.mark.parametrize("message", Message)
def test_a_letter_to_nobody_by_name_greets_all_the_same(message: Message) -> None:
    text = write_letter(message, Letter("", LETTER.niche, ("Nora",)), "en")
    assert text.startswith("Hello,\n\n")
    assert "None" not in text


@pytest.mark.parametrize("language", ["en", "es"])
@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9))
def test_what_a_person_adds_is_checked_beside_the_draft(language: str, name: str) -> None:
    draft = write_letter(Message.THANKS, LETTER, language)
    assert find_names(draft, [name], own_words=draft) == ()
    assert find_names(f"{draft}\n{name}", [f"Ana {name}"], own_words=draft)
