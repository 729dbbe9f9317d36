"""A question as one user has it open: what it says to them, and at what moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.referral.said import Referrer, Said
from form_server.ledger import NotFound, Question, QuestionKind


@dataclass(frozen=True)
class Wishes:
    """What was asked, and what was wished for a talk; empty means “not said”."""

    question: str
    talk: str
    when: str
    people: str
    place: str


@dataclass(frozen=True)
class AskedCase:
    """`said` is None when the envelope stays shut. `typed` is what a refused form brought."""

    desk: Desk
    user: SignedIn
    keyring: Keyring
    asked: Question
    said: Said | None
    now: datetime
    typed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_talk(self) -> bool:
        return self.asked.kind is QuestionKind.TALK

    @property
    def is_purged(self) -> bool:
        """Whether retention took what it said."""
        return self.asked.closed_at is not None and not self.asked.envelope

    @property
    def asker(self) -> Referrer | None:
        return self.said.referrer if self.said else None

    @property
    def language(self) -> str:
        """In which language to answer: that of the page on which they asked."""
        said = self.said.page_language if self.said else ""
        practice = self.desk.practice()
        return said if said in practice.languages else practice.language

    @property
    def wishes(self) -> Wishes:
        return read_wishes(self.said)


def open_asked(question_id: str, typed: Mapping[str, str] | None = None) -> AskedCase:
    """Opens it for who is signed in; looking is noted, and the first look pauses its alarm.

    Raises NotFound, which is answered alike for what is missing and what is not the user's.
    """
    case = find_asked(question_id, typed)
    ledger = case.desk.ledger
    if case.said is not None:
        opened = ledger.question_steps.note_opened(question_id, case.user.user.id)
        return replace(case, asked=opened)
    # Not a look inside: the alarm must go on until somebody who can open it does.
    action = "question.purged_seen" if case.is_purged else "question.unreadable"
    ledger.audit.note(action, actor=case.user.actor, detail=question_id)
    return case


def find_asked(question_id: str, typed: Mapping[str, str] | None = None) -> AskedCase:
    """The same without a note: for a step that shows nothing of it. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    asked = question_of(desk, keyring, question_id)
    return AskedCase(
        desk, user, keyring, asked, open_said(keyring, asked), desk.clock(), typed or {}
    )


def question_of(desk: Desk, keyring: Keyring, question_id: str) -> Question:
    """The question, when it lies in an inbox of this user; raises NotFound for every other."""
    asked = desk.ledger.questions.get(question_id)
    if asked.inbox_id not in keyring.inbox_ids:
        raise NotFound("question", question_id)
    return asked


def open_said(keyring: Keyring, asked: Question) -> Said | None:
    try:
        return keyring.open(asked)
    except Unreadable:
        return None


def read_wishes(said: Said | None) -> Wishes:
    fields = dict(said.extras) if said else {}
    return Wishes(
        question=fields.get("question", "").strip(),
        talk=_line(fields.get("talk_title", "")),
        when=_line(fields.get("talk_when", "")),
        people=_line(fields.get("talk_people", "")),
        place=_line(fields.get("talk_place", "")),
    )


def say_asker(said: Said | None, desk: Desk, asked: Question) -> str:
    """Who asks, in a line: the office, its code, or the person."""
    if said is None:
        return "Cannot be opened"
    source = desk.ledger.sources.get(asked.source) if asked.source else None
    named = said.referrer.office or (source.name if source else "") or said.referrer.name
    return named or "An office that gave no name"


def _line(text: str) -> str:
    return " ".join(text.split())
