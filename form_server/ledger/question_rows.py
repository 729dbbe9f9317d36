"""What the ledger takes in and hands out about questions and requests for a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class QuestionKind(StrEnum):
    QUESTION = "question"
    TALK = "talk"


class TalkState(StrEnum):
    """How far a talk has come; one that is asked for has no day yet."""

    ASKED = "asked"
    AGREED = "agreed"
    HELD = "held"
    DECLINED = "declined"


class AnsweredHow(StrEnum):
    """What stopped the clock."""

    MAIL = "mail"  # the server sends it
    PHONE = "phone"
    OWN_MAIL = "own_mail"  # from somebody's own mail program
    TALK = "talk"  # its day was agreed, or it was declined
    SPAM = "spam"


@dataclass(frozen=True)
class NewQuestion:
    """A question about to be accepted; the hashes are as those of a `NewReferral`.

    `talk` is the slug of one of the practice's own talks, or None; a request for a talk that has
    none names it sealed.
    """

    id: str
    receipt: str
    status_hash: bytes
    kind: QuestionKind
    received_at: datetime
    promised_by: datetime
    source: str | None
    talk: str | None
    inbox_id: str
    key_version: int
    envelope: bytes
    flags: str = ""
    dedupe_hash: bytes | None = None
    submission_id_hash: bytes | None = None
    body_hash: bytes | None = None


@dataclass(frozen=True)
class Question:
    """A question as it stands; `envelope` and `answer` are sealed to the inbox.

    It is closed once it was answered; a talk once it was held, or declined.
    """

    id: str
    receipt: str
    kind: QuestionKind
    received_at: datetime
    promised_by: datetime
    source: str | None
    inbox_id: str
    key_version: int
    flags: frozenset[str]
    talk: str | None
    talk_state: TalkState | None
    talk_on: date | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    answered_how: AnsweredHow | None
    closed_at: datetime | None
    envelope: bytes
    answer: bytes | None
    answer_delivery_id: str | None
    damage: tuple[str, ...] = ()
    """Columns of its row that mean nothing; what stands in their place is a guess."""

    @property
    def is_spam(self) -> bool:
        return self.answered_how is AnsweredHow.SPAM


@dataclass(frozen=True)
class QuestionCounts:
    """Of some inboxes: `waiting` for an answer, `overdue` among them, `aside` what looks automatic,
    and `talks` that are agreed on and not held yet."""

    waiting: int
    overdue: int
    aside: int
    talks: int
