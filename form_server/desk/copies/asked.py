"""All questions and talks as a table or as JSON: who asked, what, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from form_server.desk.console import Desk
from form_server.desk.copies.gathering import UNREADABLE
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.questions.case import open_said, read_wishes, say_asker
from form_server.exports.as_json import write_moment
from form_server.ledger import Question
from form_server.tabular import write_csv

HEADINGS: Final = (
    "receipt", "kind", "received_at", "promised_by", "office", "name", "role", "phone", "email",
    "question", "talk", "talk_when", "talk_people", "talk_place", "talk_state", "talk_on",
    "answered_at", "answered_how", "answer", "closed_at",
)  # fmt: skip


def stream_questions(desk: Desk, keyring: Keyring, form: str, now: datetime) -> Iterator[str]:
    """The newest first; what does not open, or was removed, has its times and nothing else."""
    rows = (_row(one, desk, keyring) for one in desk.ledger.questions.everything(keyring.inbox_ids))
    if form == "csv":
        yield write_csv([HEADINGS])
        yield from (write_csv([row]) for row in rows)
        return
    front = {"format": "warm-handoff/questions", "version": 1, "made_at": write_moment(now)}
    yield json.dumps(front)[:-1] + ', "questions": [\n'
    comma = ""
    for row in rows:
        fields = dict(zip(HEADINGS, (cell or None for cell in row), strict=True))
        yield comma + json.dumps(fields, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _row(asked: Question, desk: Desk, keyring: Keyring) -> tuple[str, ...]:
    said = open_said(keyring, asked) if asked.envelope else None
    wishes, asker = read_wishes(said), said.referrer if said else None
    is_shut = said is None and bool(asked.envelope)
    return (
        asked.receipt,
        asked.kind.value,
        write_moment(asked.received_at) or "",
        write_moment(asked.promised_by) or "",
        say_asker(said, desk, asked) if said else UNREADABLE if is_shut else "",
        asker.name if asker else "",
        asker.role if asker else "",
        asker.phone.typed if asker else "",
        asker.email if asker else "",
        wishes.question,
        wishes.talk,
        wishes.when,
        wishes.people,
        wishes.place,
        asked.talk_state.value if asked.talk_state else "",
        asked.talk_on.isoformat() if asked.talk_on else "",
        write_moment(asked.answered_at) or "",
        asked.answered_how.value if asked.answered_how else "",
        _answer(asked, keyring),
        write_moment(asked.closed_at) or "",
    )


def _answer(asked: Question, keyring: Keyring) -> str:
    if asked.answer is None:
        return ""
    try:
        return keyring.open_part(asked, f"answer:{asked.id}", asked.answer)
    except Unreadable:
        return UNREADABLE
