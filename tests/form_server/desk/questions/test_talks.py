"""A talk that was agreed on: its sheets in one tap, and afterwards a contact on record."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from form_server.ledger import (
    Counted,
    PersonFacts,
    PersonRole,
    Question,
    SourceFacts,
    TalkState,
    VisitWay,
)
from tests.form_server.desk.questions.asking import ask_for_a_talk
from tests.form_server.desk.stage import Stage, hidden
from tests.outreach_kit.paper import reading

CODE, OFFICE = "alder-family", "Alder Family Medicine"


def agreed(desk: Stage, **said: Any) -> Question:
    desk.ledger.address_book.add(CODE, SourceFacts(OFFICE), actor="test")
    asked = ask_for_a_talk(desk, **said)
    send(desk, asked, "talk", state="agreed", talk_on="2026-12-03")
    return asked


def page_of(desk: Stage, asked: Question) -> str:
    return html.unescape(desk.get(f"/desk/questions/{asked.id}").text)


def send(desk: Stage, asked: Question, step: str, **data: Any) -> TestResponse:
    token = hidden(page_of(desk, asked), "csrf_token")
    return desk.post(f"/desk/questions/{asked.id}/{step}", {"csrf_token": token, **data})


def hold(desk: Stage, asked: Question, **data: Any) -> TestResponse:
    return send(desk, asked, "talk/held", **{"held_on": "2026-12-03", **data})


def state(desk: Stage, asked: Question) -> TalkState | None:
    return desk.ledger.questions.get(asked.id).talk_state


def test_flyer_and_list_have_day_place_and_office(desk: Stage) -> None:
    asked = agreed(desk, code=CODE)
    page = page_of(desk, asked)
    assert f"the name of <bdi>{OFFICE}</bdi> on it" in page
    assert "Which of your talks" not in page
    form = {"what": "flyer", "time": "12:15 to 12:45 pm", "place": "The break room"}
    flyer = reading.text_of(send(desk, asked, "talk/paper", **form).data)
    for words in ("Thu, December 3", "12:15 to 12:45 pm", f"The break room, {OFFICE}", "Sleepless"):
        assert words in flyer, words
    signed = reading.text_of(send(desk, asked, "talk/paper", what="list", place="").data)
    for words in ("December 3, 2026", OFFICE, "Please write no patient’s name"):
        assert words in signed, words
    assert desk.actions().count("talk.printed") == 2


def test_a_talk_in_their_own_words_is_one_that_is_picked(desk: Stage) -> None:
    asked = agreed(desk, talk=None, talk_title="Something about worry", referrer_office="Mill Road")
    page = page_of(desk, asked)
    assert "Which of your talks" in page
    assert send(desk, asked, "talk/paper", what="flyer").status_code == 422
    flyer = send(desk, asked, "talk/paper", what="flyer", talk="sleepless")
    assert "Mill Road" in reading.text_of(flyer.data)


def test_nothing_is_printed_or_held_before_a_day_is_agreed(desk: Stage) -> None:
    asked = ask_for_a_talk(desk)
    page = page_of(desk, asked)
    for words in ("The sign-in sheet", "It was held"):
        assert words not in page
    assert send(desk, asked, "talk/paper", what="flyer").status_code == 422
    assert "done=late" in hold(desk, asked, held_on="2026-11-16").headers["Location"]
    assert state(desk, asked) is TalkState.ASKED


def test_who_came_and_what_was_left_go_on_record_with_the_office(desk: Stage) -> None:
    asked = agreed(desk, code=CODE)
    dana = desk.ledger.address_book.add_person(CODE, PersonFacts("Dana"), actor="test").id
    desk.come_back_after(days=18)
    others = "Priya Shah, nurse, priya@alder.example\n\n, \nLee Park"
    answer = hold(desk, asked, met=dana, others=others, **{"left-card": "12", "left-pad": "x"})
    assert answer.headers["Location"].endswith("done=logged")
    assert state(desk, asked) is TalkState.HELD

    (visit,) = desk.ledger.visits.of(CODE)
    assert (visit.way, visit.done_on) == (VisitWay.TALK, date(2026, 12, 3))
    assert visit.left == (Counted("card", 12, "given"),)
    met = desk.ledger.address_book.named(visit.met)
    assert {one.name for one in met.values()} == {"Dana", "Priya Shah", "Lee Park"}
    priya = next(one.facts for one in met.values() if one.name == "Priya Shah")
    assert (priya.role, priya.email) == (PersonRole.NURSE, "priya@alder.example")
    assert priya.agreed_on == date(2026, 12, 3)
    assert desk.ledger.visits.last_contacts()[CODE].met_on == date(2026, 12, 3)
    hold(desk, asked, met=dana)
    assert len(desk.ledger.visits.of(CODE)) == 1, "sent twice, it is one talk"


def test_an_office_without_its_code_is_known_by_name_or_looked_for(desk: Stage) -> None:
    book = desk.ledger.address_book
    asked = agreed(desk, referrer_office="ALDER FAMILY MEDICINE")
    assert f"a contact with <bdi>{OFFICE}</bdi>" in page_of(desk, asked)
    book.add("north", SourceFacts("Lakeside North"), actor="test")
    book.add("south", SourceFacts("Lakeside South"), actor="test")
    other = ask_for_a_talk(desk, referrer_office="Lakeside")
    send(desk, other, "talk", state="agreed", talk_on="2026-12-03")
    desk.come_back_after(days=18)

    unknown = html.unescape(hold(desk, other, office="Zebra").text)
    assert "No office on your list is called that" in unknown
    several = html.unescape(hold(desk, other, office="Lakeside", others="Kim").text)
    assert "Several offices may be meant" in several
    assert "Lakeside North" in several
    assert "Kim" in several
    assert state(desk, other) is TalkState.AGREED
    hold(desk, other, office="Lakeside", code="south", others="Kim")
    assert [one.way for one in desk.ledger.visits.of("south")] == [VisitWay.TALK]
    assert desk.ledger.visits.of("north") == []


def test_a_talk_elsewhere_is_only_held(desk: Stage) -> None:
    asked = agreed(desk, referrer_office="Somewhere else")
    desk.come_back_after(days=18)
    for day in ("", "2026-12-05", "2024-01-01"):
        assert hold(desk, asked, held_on=day).status_code == 422
    assert hold(desk, asked).headers["Location"].endswith("done=held")
    assert state(desk, asked) is TalkState.HELD
    assert desk.ledger.visits.of(CODE) == []
