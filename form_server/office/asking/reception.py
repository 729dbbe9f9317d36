"""Accepting a question: sealed, promised, receipted and committed with its deliveries, in one go.

Beside the reception of referrals, and by the same rules: the answer depends on the commit alone.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from form_server.admitting import Admitting, hash_of_token, likeness, write_token, write_words
from form_server.blanks import Blanks
from form_server.clockwork import Roster, aside_row
from form_server.ledger import (
    Accepted,
    Ledger,
    NewQuestion,
    Question,
    Rationed,
    ReceiptTaken,
)
from form_server.ledger.flags import QUARANTINE
from form_server.office.accept import Receipt
from form_server.office.asking.asked import Asked
from form_server.office.asking.notices import QuestionNotices
from form_server.office.daily_key import DailyKey
from form_server.office.notices import Outgoing
from form_server.office.suspicion import Suspicion
from form_server.receipts import Pick, draw_receipt
from form_server.vault import ServerKey
from outreach_kit.practice import Practice
from outreach_kit.promise import promise_within

READ_FIRST: Final = "read_first"
_RECEIPT_DRAWS: Final = 12
_UNSAID: Final = frozenset(
    {"known_talk", "known_source", "read_first", "names_patient", "submission_id"}
)
_SAID: Final = tuple(name for name in Asked.__struct_fields__ if name not in _UNSAID)


class QuestionReception:
    """Takes questions in. Safe to share between threads."""

    def __init__(
        self,
        ledger: Ledger,
        server_key: ServerKey,
        daily_key: DailyKey,
        outgoing: Outgoing,
        clock: Callable[[], datetime],
        pick: Pick = secrets.randbelow,
        blanks: Blanks | None = None,
    ) -> None:
        self._ledger = ledger
        self._daily_key = daily_key
        self._clock = clock
        self._pick = pick
        self._notices = QuestionNotices(ledger, server_key, daily_key, outgoing)
        self._admitting = Admitting(ledger, server_key, blanks)
        self._submission_key = server_key.derive("question-id")

    def accept(self, practice: Practice, asked: Asked, suspicion: Suspicion) -> Receipt:
        """The receipt, once it is on the disk; the same for what is kept aside.

        Raises SubmissionReused for a known submission id with other words, LedgerUnavailable or
        NotFound when nothing was stored.
        """
        for _ in range(_RECEIPT_DRAWS):
            try:
                return self._accept(practice, asked, suspicion)
            except ReceiptTaken as error:
                taken = error
        raise taken

    def _accept(self, practice: Practice, asked: Asked, suspicion: Suspicion) -> Receipt:
        now = self._clock()
        duty = Roster(practice, self._ledger).for_new(None, now)
        question_id = self._ledger.new_id()
        token = self._admitting.token(question_id)
        words = write_words({"kind": asked.kind.value, **_said(asked)})
        sealed = self._admitting.seal(_with_hints(words, suspicion), question_id, duty.inbox.id)
        flags = [READ_FIRST] if asked.read_first else []
        flags += [QUARANTINE] if suspicion.keeps_aside else []
        new = NewQuestion(
            id=question_id,
            receipt=draw_receipt(self._pick),
            status_hash=hash_of_token(token),
            kind=asked.kind,
            received_at=now,
            promised_by=promise_within(now, practice.promise, duty.calendar),
            source=asked.known_source.code if asked.known_source else None,
            talk=asked.known_talk,
            inbox_id=duty.inbox.id,
            key_version=sealed.key_version,
            envelope=sealed.envelope,
            flags=" ".join(flags),
            dedupe_hash=likeness(
                self._daily_key.get(), b"question\0" + words.decode().casefold().encode()
            ),
            submission_id_hash=self._hash(asked.submission_id, b""),
            body_hash=self._hash(asked.submission_id, words),
        )
        if suspicion.keeps_aside:
            accepted = self._ledger.questions.accept(
                new, [], announcement=aside_row(duty.inbox.id, now)
            )
        else:
            accepted = self._ledger.questions.accept(
                new,
                self._notices.write(practice, asked, new, duty),
                rationed=self._notices.acknowledgement(
                    practice, new, asked.referrer_email, token, now, asked.page_language
                ),
            )
        return self._receipt_for(accepted)

    def acknowledge(
        self, practice: Practice, asked: Question, address: str, language: str
    ) -> Rationed | None:
        """What an asker whose question was kept aside is told once it is known to be real."""
        token = self._admitting.token(asked.id)
        return self._notices.acknowledgement(
            practice, asked, address, token, self._clock(), language
        )

    def _receipt_for(self, accepted: Accepted) -> Receipt:
        return Receipt(
            receipt=accepted.receipt,
            status_token=write_token(self._admitting.token(accepted.referral_id)),
            received_at=accepted.received_at,
            promised_by=accepted.promised_by,
            repeated=accepted.repeated,
        )

    def _hash(self, submission_id: str, words: bytes) -> bytes | None:
        """Of the sender's own name for the sending; of the words, keyed with that name too."""
        if not submission_id:
            return None
        name = submission_id.encode("utf-8", "surrogatepass")
        if not words:
            return hmac.digest(self._submission_key, name, "sha256")
        return hmac.digest(self._submission_key + name, words, "sha256")


def _said(asked: Asked) -> dict[str, object]:
    return {name: getattr(asked, name) for name in _SAID}


def _with_hints(words: bytes, suspicion: Suspicion) -> bytes:
    if not suspicion.keeps_aside:
        return words
    hints = msgspec.json.encode([hint.value for hint in suspicion.hints])
    return words[:-1] + b',"suspicions":' + hints + b"}"
