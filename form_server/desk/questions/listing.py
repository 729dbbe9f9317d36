"""All questions and talks on one page, and the part of the first page that is about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.owed.item import Sight
from form_server.desk.page import render_page
from form_server.desk.questions.rows import QuestionRow, list_rows

MOST_ON_TODAY: Final = 5
_DONE: Final = {
    "spam": "Put away. It stays readable until your retention time is over.",
    "erased": "Erased for good.",
}


@dataclass(frozen=True)
class QuestionsPage:
    waiting: tuple[QuestionRow, ...]
    in_hand: tuple[QuestionRow, ...]
    aside: tuple[QuestionRow, ...]
    settled: tuple[QuestionRow, ...]
    done: str


@dataclass(frozen=True)
class QuestionsToday:
    """What waits, the most urgent first; `more` and `aside` are words, or empty."""

    rows: tuple[QuestionRow, ...]
    href: str
    more: str
    aside: str


def show_questions() -> Response:
    desk, user = the_desk(), signed_in()
    keyring, now = Keyring.of(desk, user), desk.clock()
    questions, inbox_ids = desk.ledger.questions, keyring.inbox_ids
    waiting, in_hand, aside, settled = (
        list_rows(part, desk, keyring, now)
        for part in (
            questions.waiting(inbox_ids),
            questions.in_hand(inbox_ids),
            questions.aside(inbox_ids),
            questions.settled(inbox_ids),
        )
    )
    opened = sum(not row.is_shut for row in (*waiting, *in_hand, *aside, *settled))
    desk.ledger.audit.note("questions.opened", actor=user.actor, detail=f"names={opened}")
    done = _DONE.get(request.args.get("done", ""), "")
    view = QuestionsPage(waiting, in_hand, aside, settled, done)
    return render_page("questions/list.html", view, title="Questions and talks", signed_in=user)


def find_today(sight: Sight) -> QuestionsToday | None:
    """None while nothing waits."""
    questions, inbox_ids = sight.desk.ledger.questions, sight.keyring.inbox_ids
    counts = questions.counts(inbox_ids, sight.now)
    if not (counts.waiting or counts.aside):
        return None
    waiting = questions.waiting(inbox_ids, MOST_ON_TODAY)
    more = counts.waiting - len(waiting)
    return QuestionsToday(
        rows=list_rows(waiting, sight.desk, sight.keyring, sight.now),
        href=url_for("desk.show_questions"),
        more=f"{more} more wait" if more > 0 else "",
        aside=_say_aside(counts.aside),
    )


def _say_aside(count: int) -> str:
    if not count:
        return ""
    return (
        "One question looks automatic. Is it real?"
        if count == 1
        else f"{count} questions look automatic. Is any of them real?"
    )
