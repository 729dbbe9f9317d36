from __future__ import annotations

from pathlib import Path

import pytest

from form_server.rounds import draft_card, draft_message, voice_of
from outreach_kit.outreach.name_check import PatientNamed, check_no_name
from outreach_kit.outreach.next_message import Message
from outreach_kit.practice import Practice, load_practice

GROUP = Path(__file__).parents[2] / "samples" / "group_practice"


@pytest.mark.parametrize("message", Message)
def test_a_draft_has_the_clinicians_niche_promise_and_number(
    practice: Practice, message: Message
) -> None:
    (nora,) = practice.clinicians
    text = draft_message(practice, message, "Priya")
    assert text.startswith("Dear Priya,")
    for said in (nora.facts.niche, nora.facts.not_fit_promise, nora.name_and_credentials):
        assert said in text
    assert "(360) 555-0142" in text


def test_a_group_speaks_for_itself_or_for_the_one_who_writes() -> None:
    group = load_practice(GROUP)
    assert group.name in draft_message(group, Message.THANKS, "")
    one = group.clinicians[1]
    own = draft_message(group, Message.THANKS, "", clinician=one.slug)
    assert one.name_and_credentials in own
    assert one.facts.niche in own


def test_a_draft_in_spanish_is_spanish_through_and_through() -> None:
    group = load_practice(GROUP)
    text = draft_message(group, Message.NICHE_AGAIN, "Ana", language="es")
    assert "Gracias por pensar en mí" in text
    assert group.in_language("es").niche in text


def test_what_is_added_to_a_draft_is_checked_against_who_was_sent(practice: Practice) -> None:
    draft = draft_message(practice, Message.THANKS, "Priya")
    patients = ["Maria Delgado", "Nora Help"]
    check_no_name(draft, patients, own_words=draft)
    with pytest.raises(PatientNamed, match="Delgado"):
        check_no_name(f"{draft}\nMs. Delgado is well.", patients, own_words=draft)


def test_a_card_says_the_same_without_greeting_close_and_number(practice: Practice) -> None:
    (nora,) = practice.clinicians
    text = draft_card(practice, Message.NICHE_AGAIN)
    thanks, niche, ask = text.split("\n\n")
    assert "let me say again whom I can help" in thanks
    assert niche == nora.facts.niche
    assert ask.endswith(nora.facts.not_fit_promise)
    for said in ("Dear", "With thanks", nora.name, "555-0142"):
        assert said not in text


def test_a_group_has_a_voice_of_its_own_until_one_of_it_is_picked() -> None:
    group = load_practice(GROUP)
    one = group.clinicians[1]
    assert voice_of(group) is None
    assert voice_of(group, one.slug) == one
    assert group.niche in draft_card(group, Message.THANKS)
    assert one.facts.niche in draft_card(group, Message.THANKS, clinician=one.slug)
