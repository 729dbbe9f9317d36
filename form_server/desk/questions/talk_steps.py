"""A talk in one tap: its sheets, and the word that it was held, with who came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.contacts.roles import guess_role
from form_server.desk.gifts.finding import find_named
from form_server.desk.offices.handouts import press_room, refuse_printing
from form_server.desk.page import go_to
from form_server.desk.questions.case import AskedCase, find_asked
from form_server.desk.questions.show import render_question
from form_server.desk.questions.talks import (
    LEFT,
    LONGEST,
    LONGEST_OTHERS,
    office_name,
    office_of,
    people_of,
    read_day,
    training_of,
)
from form_server.desk.replies.letter import pdf_response
from form_server.ledger import (
    Counted,
    NewVisit,
    NotNow,
    PersonFacts,
    SourceCard,
    TalkState,
    VisitWay,
)
from outreach_kit.errors import HandoffError
from outreach_kit.paper import SheetJob, plan_sheets
from outreach_kit.paper.jobs import TalkDay

_SHEETS: Final = {"flyer": "talk-flyer", "list": "sign-in-sheet"}
_MOST_OTHERS: Final = 60
_MOST_LEFT: Final = 999
_LONGEST_FIELD: Final = 80
_LOOKED_BACK: Final = timedelta(days=365)
_PICK_A_TALK: Final = "Say which of your talks it is."
_NO_DAY: Final = "Pick the day on which it was held: today, or earlier."
_NO_OFFICE: Final = (
    "No office on your list is called that. Leave it empty, or add the office first."
)
_WHICH_OFFICE: Final = "Several offices may be meant: pick the one."
_TOO_MANY: Final = f"Write at most {_MOST_OTHERS} people, one on each line."


def print_talk(question_id: str) -> Response:
    """The flyer, or the list that goes round, with what was agreed on."""
    case = find_asked(question_id)
    training = training_of(case, request.form.get("talk", ""))
    if case.asked.talk_state is not TalkState.AGREED or training is None:
        return _refuse(case, _PICK_A_TALK)
    room = press_room(case.desk)
    name = _SHEETS.get(request.form.get("what", ""), _SHEETS["flyer"])
    agreed = TalkDay(case.asked.talk_on, _line("time"), _where(case))
    try:
        jobs = plan_sheets(room.practice, papers=[room.paper], only=name)
        job = replace(_in_language(jobs, training.slug, case.language), talk=agreed)
        pdf = room.print(job)
    except HandoffError as error:
        return refuse_printing(error)
    case.desk.ledger.audit.note("talk.printed", actor=case.user.actor, detail=name)
    return pdf_response(pdf, f"{name}.pdf")


def hold_talk(question_id: str) -> Response:
    """It was held. At an office on the list it counts as a contact, with who was there."""
    case = find_asked(question_id)
    today = case.desk.practice().today(case.now)
    on = read_day(request.form.get("held_on", ""), today - _LOOKED_BACK, today)
    if on is None:
        return _refuse(case, _NO_DAY)
    others = [one for one in request.form.get("others", "").splitlines() if one.strip(" ,")]
    if len(others) > _MOST_OTHERS:
        return _refuse(case, _TOO_MANY)
    office = office_of(case)
    if office is None and (typed := _line("office")):
        found = _meant(case, typed)
        if len(found) != 1:
            return _refuse(case, _WHICH_OFFICE if found else _NO_OFFICE)
        office = found[0]
    try:
        case.desk.ledger.question_steps.set_talk(
            case.asked.id, TalkState.HELD, None, case.user.user.id
        )
    except NotNow:
        return go_to(url_for("desk.show_question", question_id=case.asked.id, done="late"))
    if office is None:
        return go_to(url_for("desk.show_question", question_id=case.asked.id, done="held"))
    ledger, actor = case.desk.ledger, case.user.actor
    known = {one.id for one in people_of(case, office)}
    met = [one for one in request.form.getlist("met") if one in known]
    met += [
        ledger.address_book.add_person(office.code, facts, actor=actor).id
        for facts in _people(others, on)
    ]
    visit = NewVisit(
        ledger.new_id(), office.code, VisitWay.TALK, on, met=tuple(met), left=tuple(_left())
    )
    ledger.visits.log(visit, actor=actor)
    return go_to(url_for("desk.show_question", question_id=case.asked.id, done="logged"))


def _meant(case: AskedCase, typed: str) -> list[SourceCard]:
    """The one that was picked of several; else those that it may be."""
    found = find_named(typed, case.desk.ledger.address_book.all())
    picked = [one for one in found if one.code == request.form.get("code", "")]
    same = [one for one in found if one.name.casefold() == typed.casefold()]
    return picked or (same if len(same) == 1 else found)


def _where(case: AskedCase) -> str:
    """“The break room, Lakeside Family Medicine”."""
    parts = dict.fromkeys((_line("place"), office_name(case)))
    return ", ".join(part for part in parts if part)


def _in_language(jobs: Sequence[SheetJob], slug: str, language: str) -> SheetJob:
    own = [one for one in jobs if one.edition == slug]
    return next((one for one in own if one.language == language), own[0])


def _people(lines: Sequence[str], on: date) -> Iterator[PersonFacts]:
    """“Name, role, e-mail”: whoever wrote an address on the list asked for the newsletter."""
    for line in lines:
        parts = [part.strip()[:_LONGEST_FIELD] for part in line.split(",")]
        email = next((part for part in parts if "@" in part), "")
        title = next((part for part in parts[1:] if part and part != email), "")
        name = parts[0] if parts[0] != email else ""
        yield PersonFacts(
            name or email,
            guess_role(title),
            title=title,
            email=email,
            agreed_on=on if email else None,
        )


def _left() -> Iterator[Counted]:
    for item in LEFT:
        typed = request.form.get(f"left-{item.value}", "").strip()
        if typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) <= _MOST_LEFT:
            yield Counted(item, int(typed))


def _line(name: str) -> str:
    return " ".join(request.form.get(name, "").split())[:LONGEST]


def _refuse(case: AskedCase, error: str) -> Response:
    """The page again, with what was typed kept."""
    typed = {name: value[:LONGEST_OTHERS] for name, value in request.form.items()}
    typed["met"] = "\n".join(request.form.getlist("met"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render_question(case.asked.id, error=error, typed=typed, status=status)
