"""Thank-yous at the desk: a batch drafted, read over, printed, mailed, and owed again when spoiled."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from form_server.desk.console import place_desk
from form_server.ledger import Fit, PersonFacts, SourceFacts, SourceKind
from outreach_kit.practice import load_practice
from tests.form_server.desk.owed.test_owed import owed_on_today
from tests.form_server.desk.stage import Stage, hidden
from tests.outreach_kit.paper import reading

PAGE = "/desk/thanks"
GROUP = Path(__file__).parents[3] / "samples" / "group_practice"
CODE = "alder-family"
ADDRESS = {
    "address": ("9 Mill Road",),
    "town": "Alder Falls",
    "region": "WA",
    "postal_code": "98999",
}


@pytest.fixture(autouse=True)
def office(desk: Stage) -> None:
    facts = SourceFacts("Alder Family Medicine", **ADDRESS)  # type: ignore[arg-type]
    desk.ledger.address_book.add(CODE, facts, actor="test")


def cards_on_today(desk: Stage) -> list[str]:
    return [one for one in owed_on_today(desk) if "thank-you" in one]


def until_the_batch(desk: Stage) -> None:
    """From November 16 to the 27th, when nothing more gets into the batch of December 1."""
    desk.come_back_after(days=11)


def send(desk: Stage, path: str, **form: Any) -> TestResponse:
    page = desk.get(PAGE).text
    return desk.post(f"{PAGE}/{path}", {"csrf_token": hidden(page, "csrf_token"), **form})


def keys(page: str) -> list[str]:
    return re.findall(r'name="card" value="([^"]*)"', page)


def text_of(answer: TestResponse) -> str:
    assert answer.mimetype == "application/pdf", html.unescape(answer.text)
    return reading.text_of(answer.data)


def follow(desk: Stage, answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return html.unescape(desk.get(answer.headers["Location"]).text)


def test_nothing_is_to_make_while_a_batch_gathers_and_today_stays_calm(desk: Stage) -> None:
    assert "Nobody is owed a card" in desk.get(PAGE).text
    desk.receive()
    page = html.unescape(desk.get(PAGE).text)
    assert "Gathering for Tue, Dec\u00a01" in page
    assert "Alder Family Medicine" in page
    assert keys(page) == []
    assert cards_on_today(desk) == []

    until_the_batch(desk)
    (key,) = keys(desk.get(PAGE).text)
    assert "thank-you card to make by Tue, Dec\u00a01" in cards_on_today(desk)[0]
    assert "Gathering" not in desk.get(PAGE).text
    desk.come_back_after(days=5)
    assert cards_on_today(desk) == ["1 thank-you card was due yesterday"]
    assert keys(desk.get(PAGE).text) == [key]


def test_one_card_for_all_that_a_source_sent_greets_who_wrote_and_names_no_patient(
    desk: Stage,
) -> None:
    desk.receive(patient_name="Rosa Quinn", referrer_name="Priya Shah")
    desk.clock.advance(minutes=1)
    desk.receive()
    until_the_batch(desk)
    page = html.unescape(desk.get(PAGE).text)
    (key,) = keys(page)
    assert "2 referrals" in page
    assert 'value="Dana Whitfield"' in page
    for patient in ("Maria", "Delgado", "Quinn"):
        assert patient not in page

    pdf = send(desk, "paper", card=key, what="all", begin="2", **{"enclosed-card": "3"})
    text = text_of(pdf)
    for words in ("Dear Dana Whitfield,", "9 Mill Road", "3 × Business cards", "December 1, 2026",
                  desk.practice.clinicians[0].facts.niche, "A few cards are enclosed"):  # fmt: skip
        assert words in text, words
    assert "Maria" not in text
    assert reading.page_count(pdf.data) == 3
    assert "9 Mill Road" not in text_of(send(desk, "paper", card=key, what="cards"))
    assert reading.page_count(send(desk, "paper", card=key, what="labels").data) == 1
    envelope = send(desk, "paper", card=key, what="envelopes", paper="a4")
    assert "Dana Whitfield Alder Family Medicine 9 Mill Road" in text_of(envelope)
    assert reading.page_size_mm(envelope.data)[0] == pytest.approx(162, abs=0.1)
    assert keys(desk.get(PAGE).text) == [key], "and nothing is marked"


def test_a_patients_name_is_refused_with_its_place_and_what_was_typed_is_kept(desk: Stage) -> None:
    desk.receive()
    desk.receive(code=None, patient_name="Zoë Hartmann", referrer_name="Zoë Hartmann")
    until_the_batch(desk)
    key, nameless = keys(desk.get(PAGE).text)
    part = send(desk, "paper", card=nameless, **{"words-" + nameless: "Hartmann sends greetings"})
    assert part.status_code == 422, "theirs is a name of this card's"
    assert "Hartmann" not in desk.get(PAGE).text, "though it stood where the office's name does"
    for words in ("Say hello to MARIA for me", "Ms. Delgado's family sends its best"):
        answer = send(desk, "paper", card=key, what="all", **{f"words-{key}": words})
        page = html.unescape(answer.text)
        assert answer.status_code == 422
        assert "A patient may be meant here: “" in page
        assert words in page
    answer = send(desk, "paper", card=key, **{f"to-{key}": "Maria Delgado"})
    assert answer.status_code == 422
    whole = f"Zoe Hartmann sends greetings, and {desk.practice.name} too"
    assert send(desk, "paper", card=key, **{f"words-{key}": whole}).status_code == 422
    # A part of a name that this office never sent is a word like any other.
    fine = text_of(send(desk, "paper", card=key, **{f"words-{key}": "Hartmann Street is near."}))
    assert "Hartmann Street" in fine
    assert "thanks.names_checked" in desk.actions()


def test_people_of_the_office_may_be_called_like_a_patient(desk: Stage) -> None:
    desk.ledger.address_book.add_person(CODE, PersonFacts("Maria Lopez"), actor="test")
    desk.receive()
    until_the_batch(desk)
    (key,) = keys(desk.get(PAGE).text)
    text = text_of(send(desk, "paper", card=key, **{f"to-{key}": "Maria Lopez"}))
    assert "Dear Maria Lopez," in text


def test_cards_are_made_then_mailed_with_what_lay_in_the_envelope(desk: Stage) -> None:
    desk.receive()
    until_the_batch(desk)
    keyed = keys(desk.get(PAGE).text)
    page = follow(desk, send(desk, "made", card=keyed))
    assert "They lie here until" in page
    (card,) = keys(page)
    assert card not in keyed
    assert cards_on_today(desk) == ["1 thank-you card to mail by Tue, Dec\u00a01"]

    form = {"enclosed-card": "4", "enclosed-brochure": "1", "enclosed-pad": "0"}
    page = follow(desk, send(desk, "mailed", card=card, **form))
    assert "Those referrals are thanked for" in page
    assert keys(page) == []
    assert cards_on_today(desk) == []
    assert "Alder Family Medicine" in desk.get(f"{PAGE}/mailed").text
    moves = [(one.item, one.count) for one in desk.ledger.stock_moves.all()[CODE]]
    assert moves == [("brochure", 1), ("card", 4)]
    assert desk.ledger.visits.of(CODE) == [], "a card is no visit"


def test_a_spoiled_card_and_one_that_came_back_are_owed_again(desk: Stage) -> None:
    desk.receive()
    until_the_batch(desk)
    first = keys(desk.get(PAGE).text)
    (card,) = keys(follow(desk, send(desk, "made", card=first)))
    assert keys(follow(desk, send(desk, "spoiled", card=card))) == first
    (card,) = keys(follow(desk, send(desk, "made", card=first)))
    send(desk, "mailed", card=card)
    assert keys(desk.get(PAGE).text) == []

    assert keys(follow(desk, send_from(desk, f"{PAGE}/mailed", "spoiled", card))) == first
    assert keys(desk.get(f"{PAGE}/mailed").text) == []


def send_from(desk: Stage, page: str, path: str, card: str) -> TestResponse:
    token = hidden(desk.get(page).text, "csrf_token")
    return desk.post(f"{PAGE}/{path}", {"csrf_token": token, "card": card})


def test_after_a_mismatch_the_niche_is_said_again_once(desk: Stage) -> None:
    referral = desk.receive()
    desk.ledger.steps.mark_fit(referral.id, Fit.OUT, desk.founding.user_id)
    until_the_batch(desk)
    page = desk.get(PAGE).text
    assert "Gratitude, and the niche again" in page
    assert "let me say again whom I can help most" in page
    (card,) = keys(follow(desk, send(desk, "made", card=keys(page))))
    send(desk, "mailed", card=card)
    assert [(one.way.value, one.said) for one in desk.ledger.visits.of(CODE)] == [
        ("letter", "niche_again")
    ]
    desk.receive()
    desk.come_back_after(days=14)
    assert "Gratitude, and the niche again" not in desk.get(PAGE).text


def test_offices_without_a_code_get_a_card_each_and_friends_none(desk: Stage) -> None:
    desk.ledger.address_book.add("anne", SourceFacts("Anne", kind=SourceKind.FRIEND), actor="test")
    desk.receive(code="anne")
    for office in ("Oak Street Pediatrics", "Mill Clinic", "Mill Clinic"):
        desk.clock.advance(minutes=1)
        desk.receive(code=None, referrer_office=office, referrer_name="")
    until_the_batch(desk)
    page = html.unescape(desk.get(PAGE).text)
    assert "Anne" not in page
    (key,) = keys(page)
    assert "3 referrals" in page
    assert "<bdi>Mill Clinic</bdi>, <bdi>Oak Street Pediatrics</bdi>" in page

    pdf = send(desk, "paper", card=key, what="all")
    text = text_of(pdf)
    assert reading.page_count(pdf.data) == 4, "a card for each, and no label"
    assert text.count("Dear Mill Clinic,") == text.count("Dear Oak Street Pediatrics,") == 1
    (card,) = keys(follow(desk, send(desk, "made", card=key)))
    send(desk, "mailed", card=card, **{"enclosed-card": "4"})
    assert keys(desk.get(PAGE).text) == []
    assert desk.ledger.stock_moves.all() == {}


def test_nothing_ticked_changes_nothing(desk: Stage) -> None:
    desk.receive()
    until_the_batch(desk)
    for path in ("made", "mailed", "spoiled"):
        assert "Nothing was ticked" in follow(desk, send(desk, path))
    assert send(desk, "mailed", card="nothing").status_code == 404
    assert send(desk, "spoiled", card="nothing").status_code == 404
    assert "no card and no address" in html.unescape(send(desk, "paper").text)


def test_cards_of_another_inbox_are_neither_shown_nor_touched(
    desk: Stage, other_inbox: str
) -> None:
    desk.receive(inbox_id=other_inbox)
    until_the_batch(desk)
    assert keys(desk.get(PAGE).text) == []
    ledger = desk.ledger
    owed = ledger.thank_yous.to_print([other_inbox], desk.clock() - timedelta(days=1))
    ledger.thank_yous.print(owed, [other_inbox], actor="test")
    (card,) = ledger.thank_yous.lying()
    assert keys(desk.get(PAGE).text) == []
    for path in ("mailed", "spoiled"):
        assert send(desk, path, card=card.id).status_code == 404
    assert ledger.thank_yous.lying() == [card]


def test_a_group_thanks_in_the_voice_that_is_picked(desk: Stage) -> None:
    group = load_practice(GROUP)
    one = group.clinicians[1]
    place_desk(desk.app, replace(desk.desk, practice=lambda: group))
    desk.receive()
    until_the_batch(desk)
    page = html.unescape(desk.get(PAGE).text)
    assert group.niche in page
    assert one.name_and_credentials in page
    own = html.unescape(desk.get(f"{PAGE}?voice={one.slug}").text)
    assert one.facts.niche in own
    (key,) = keys(own)
    text = text_of(send(desk, "paper", card=key, what="cards", voice=one.slug))
    assert one.facts.niche in text
    assert one.name in text
    assert group.name in text_of(send(desk, "paper", card=key, what="cards"))
