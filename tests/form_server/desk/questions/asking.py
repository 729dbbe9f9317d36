"""Questions sealed as the office's door seals them, for the desk to open."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from itertools import count
from typing import Any

from form_server.ledger import NewQuestion, Question, QuestionKind, question_clock_row
from form_server.vault import Binding, PublicKey, seal
from tests.form_server.desk.stage import Stage

ASKED: dict[str, Any] = {
    "v": 1,
    "kind": "question",
    "referrer_name": "Ana Ruiz",
    "referrer_office": "Alder Falls Family Medicine",
    "referrer_phone": "(360) 555-0177",
    "referrer_phone_uri": "tel:+13605550177",
    "referrer_role": "nurse",
    "referrer_email": "ana@alderfalls.example",
    "question": "Whom may I send you?\nMany here worry about their hearts.",
}
TALK: dict[str, Any] = {
    "kind": "talk",
    "talk": "sleepless",
    "talk_title": "Sleepless: what helps before, beside and instead of a pill",
    "talk_when": "Tuesdays in January, at noon",
    "talk_people": "12",
    "talk_place": "The break room",
}
_numbers = count(1)


def ask(
    stage: Stage,
    *,
    flags: str = "",
    inbox_id: str = "",
    promised_in: timedelta = timedelta(hours=4),
    code: str | None = None,
    **said: Any,
) -> Question:
    """None takes a field out; `code` is the one on their sheet."""
    number, ledger = next(_numbers), stage.ledger
    fields = {key: value for key, value in {**ASKED, **said}.items() if value is not None}
    inbox_id = inbox_id or stage.founding.inbox_id
    key, question_id = ledger.inboxes.active_key(inbox_id), ledger.new_id()
    about = Binding(ledger.meta.instance_id(), question_id, inbox_id, key.version)
    kind = QuestionKind(fields["kind"])
    new = NewQuestion(
        id=question_id,
        receipt=f"quiet brook {number}",
        status_hash=hashlib.sha256(f"question {number}".encode()).digest(),
        kind=kind,
        received_at=stage.clock(),
        promised_by=stage.clock() + promised_in,
        source=code,
        talk=fields.get("talk") if kind is QuestionKind.TALK else None,
        inbox_id=inbox_id,
        key_version=key.version,
        envelope=seal(json.dumps(fields).encode(), PublicKey.from_bytes(key.public_key), about),
        flags=flags,
    )
    clock = question_clock_row(new.id, stage.clock() + timedelta(minutes=5))
    ledger.questions.accept(new, [] if "quarantine" in flags else [clock])
    return ledger.questions.get(question_id)


def ask_for_a_talk(stage: Stage, **said: Any) -> Question:
    return ask(stage, **{"question": None, **TALK, **said})
