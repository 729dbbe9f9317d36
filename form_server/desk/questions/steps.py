"""What a tap on a question's page changes: it is answered, a day is agreed, or it goes away."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.acknowledging import acknowledge_question
from form_server.clockwork import PauseLinks, Writer
from form_server.desk.console import Desk
from form_server.desk.page import go_to
from form_server.desk.questions.case import AskedCase, find_asked
from form_server.desk.questions.drafting import answer_parcel, draft_answer
from form_server.desk.questions.show import LONGEST, UNDONE_WITHIN, render_question
from form_server.ledger import AnsweredHow, Channel, DeliveryKind, NewDelivery, NotNow, TalkState
from form_server.ledger.flags import QUARANTINE

SENT_AFTER: Final = timedelta(seconds=60)
_HOWS: Final = {
    "mail": AnsweredHow.MAIL, "phone": AnsweredHow.PHONE, "own_mail": AnsweredHow.OWN_MAIL,
}  # fmt: skip
_PICK: Final = "Say how you answered."
_EMPTY: Final = "There is no answer in it yet. Write it between the greeting and your name."
_TOO_LONG: Final = f"That is longer than {LONGEST} characters. Shorten it."
_NO_ADDRESS: Final = "They gave no e-mail address: call them, or write to them another way."
_PICK_A_DAY: Final = "Pick the day that you agreed on, today or later."
_PICK_A_STATE: Final = "Say what became of the talk."
_BE_SURE: Final = "Tick the box first: what is erased cannot be brought back."


def answer_question(question_id: str) -> Response:
    """Stops the clock; a mail waits a minute and goes."""
    case = find_asked(question_id)
    how, words = _HOWS.get(request.form.get("do", "")), _words()
    if how is None:
        return _refuse(case, _PICK, words=words)
    if len(words) > LONGEST:
        return _refuse(case, _TOO_LONG, words=words)
    is_untouched = words == draft_answer(case)
    outgoing = None
    if how is AnsweredHow.MAIL:
        if not words or is_untouched:
            return _refuse(case, _EMPTY, words=words)
        outgoing = _mail(case, words)
        if outgoing is None:
            return _refuse(case, _NO_ADDRESS, words=words)
    # A draft that nobody touched was not said to anybody.
    kept = "" if is_untouched else words
    sealed = case.keyring.seal_part(case.asked, f"answer:{case.asked.id}", kept) if kept else None
    try:
        case.desk.ledger.question_steps.answer(
            case.asked.id, how, sealed, case.user.user.id, outgoing
        )
    except NotNow:
        return _back(case, "late")
    return _back(case, "mail" if outgoing else "answered")


def undo_answer(question_id: str) -> Response:
    """Takes one's own answer back, within a minute and before a mail is on its way."""
    case = find_asked(question_id)
    since = case.now - UNDONE_WITHIN
    try:
        case.desk.ledger.question_steps.take_back(case.asked.id, case.user.user.id, since)
    except NotNow:
        return _back(case, "undo-late")
    return _back(case, "undone")


def set_talk(question_id: str) -> Response:
    """A day is agreed, or it does not come to pass."""
    case = find_asked(question_id)
    state, on = _state(request.form.get("state", "")), None
    if state not in {TalkState.AGREED, TalkState.DECLINED}:
        return _refuse(case, _PICK_A_STATE)
    if state is TalkState.AGREED:
        typed = request.form.get("talk_on", "").strip()
        on = _day(typed)
        if on is None or on < case.desk.practice().today(case.now):
            return _refuse(case, _PICK_A_DAY, talk_on=typed)
    try:
        case.desk.ledger.question_steps.set_talk(case.asked.id, state, on, case.user.user.id)
    except NotNow:
        return _back(case, "late")
    return _back(case, state.value)


def rescue_question(question_id: str) -> Response:
    """It is real: it waits like any other, its clock runs, and who asked gets the receipt."""
    case = find_asked(question_id)
    email = case.asker.email if case.asker else ""
    receipt = None
    if QUARANTINE in case.asked.flags:
        receipt = acknowledge_question(case.asked, email, case.language)
    try:
        case.desk.ledger.question_steps.rescue(case.asked.id, case.user.user.id, case.now, receipt)
    except NotNow:
        return _back(case, "late")
    return _back(case, "rescued")


def put_question_away(question_id: str) -> Response:
    """It is none. It stays readable until retention takes it."""
    case = find_asked(question_id)
    try:
        case.desk.ledger.question_steps.answer(
            case.asked.id, AnsweredHow.SPAM, None, case.user.user.id
        )
    except NotNow:
        return _back(case, "late")
    return go_to(url_for("desk.show_questions", done="spam"))


def erase_question(question_id: str) -> Response:
    """For good, with a record that something was erased and nothing of what."""
    case = find_asked(question_id)
    if request.form.get("sure") != "yes":
        return _refuse(case, _BE_SURE)
    case.desk.ledger.question_removal.erase(case.asked.id, actor=case.user.actor)
    return go_to(url_for("desk.show_questions", done="erased"))


def _mail(case: AskedCase, words: str) -> NewDelivery | None:
    asker = case.asker
    if asker is None or not asker.email:
        return None
    return _writer(case.desk).write(
        answer_parcel(case, words),
        DeliveryKind.REPLY,
        Channel.EMAIL,
        asker.email,
        case.now + SENT_AFTER,
        question_id=case.asked.id,
    )


def _writer(desk: Desk) -> Writer:
    links = PauseLinks(desk.server_key, desk.public_url)
    return Writer(desk.server_key, desk.public_url, desk.mail_domain, desk.ledger.new_id, links)


def _words() -> str:
    """As typed; browsers send line ends of two characters."""
    return request.form.get("words", "").replace("\r\n", "\n").strip()


def _state(typed: str) -> TalkState | None:
    return TalkState(typed) if typed in set(TalkState) else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _back(case: AskedCase, done: str) -> Response:
    return go_to(url_for("desk.show_question", question_id=case.asked.id, done=done))


def _refuse(case: AskedCase, error: str, **typed: str) -> Response:
    """The page again, with what was typed kept."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render_question(case.asked.id, error=error, typed=typed, status=status)
