"""A question as the office's door takes it: its fields read one by one, with all that is wrong at once.

What the sender can mend is refused; a talk that this practice does not give any more is kept as typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from msgspec import Struct

from form_server.ledger import QuestionKind, Source
from form_server.office.bodies import Fields
from form_server.office.page_stamp import STAMP_FIELD
from form_server.office.reading import FieldReader
from form_server.office.reading import typed as typed_as
from form_server.office.submission import (
    Asks,
    Fault,
    Flaw,
    Kind,
    Submission,
    SubmissionRefused,
    Typed,
)
from outreach_kit.patient_words import mentions_patient
from outreach_kit.risk_words import mentions_risk
from outreach_kit.web import PAGE_LANGUAGE_FIELD
from outreach_kit.web.asking import QUESTION_MAX_CHARS

HEADS_UP_FIELD: Final = "heads_up"
HEADS_UP_SEEN: Final = "seen"
"""The sender was told what their words look like."""
HEADS_UP_ASK: Final = "ask"
"""A script says that it can tell them."""
ASK_FIELDS: Final = (
    "referrer_name", "referrer_office", "referrer_role", "referrer_phone", "referrer_email",
    "question", "talk", "talk_when", "talk_people", "talk_place", "source", HEADS_UP_FIELD,
    STAMP_FIELD, PAGE_LANGUAGE_FIELD,
)  # fmt: skip
_LINE: Final = 200


class Asked(Struct, frozen=True, kw_only=True):
    """A question that can be accepted; empty means “not said”.

    `talk` is as the form sent it, and `known_talk` the same where the practice gives that talk.
    """

    referrer_name: str
    referrer_office: str
    referrer_role: str
    referrer_phone: str
    referrer_phone_uri: str
    referrer_email: str
    question: str
    talk: str
    talk_title: str
    talk_when: str
    talk_people: str
    talk_place: str
    source: str
    known_talk: str | None = None
    known_source: Source | None = None
    read_first: bool = False
    names_patient: bool = False
    submission_id: str = ""
    page_language: str = ""
    """Of the page on which it was filled in; empty, or anything at all, where no page of ours was."""

    @property
    def kind(self) -> QuestionKind:
        return QuestionKind.TALK if self.talk else QuestionKind.QUESTION

    @property
    def heads_up(self) -> str:
        """What is to be said before it is stored, if it is to be said at all."""
        return "risk" if self.read_first else "patient" if self.names_patient else ""

    def as_seen(self) -> Submission:
        """The same as whoever watches for machines knows it: a note without a patient."""
        return Submission(
            kind=Kind.OFFICE, patient_name="", patient_phone="", patient_phone_uri="", reasons=(),
            reason_labels=(), patient_agreed=False, referrer_name=self.referrer_name,
            referrer_office=self.referrer_office, referrer_phone=self.referrer_phone,
            referrer_phone_uri=self.referrer_phone_uri, referrer_role=self.referrer_role,
            referrer_email=self.referrer_email, referrer_fax="", source=self.source, clinician="",
            patient_email="", guardian_name="", voicemail_ok=False, text_ok=False,
            attendance_consent=False, best_time=self.talk_when, language="", plan="", age_band="",
            timing="", note=self.question, report_back="", known_source=self.known_source,
        )  # fmt: skip


def read_asked(
    fields: Fields, asks: Asks, talks: Mapping[str, str], submission_id: str = ""
) -> Asked:
    """The question; `talks` are titles by slug. Raises SubmissionRefused with every fault."""
    reader = FieldReader(fields)
    source, talk = reader.filled_in("source"), reader.filled_in("talk")
    office_is_known = asks.office_of(source) is not None
    phone, phone_uri = reader.phone("referrer_phone")
    question = reader.note("question", QUESTION_MAX_CHARS)
    asked = Asked(
        referrer_name=reader.line("referrer_name", not office_is_known),
        referrer_office=reader.line("referrer_office", not office_is_known),
        referrer_role=reader.line("referrer_role"),
        referrer_phone=phone,
        referrer_phone_uri=phone_uri,
        referrer_email=reader.email("referrer_email"),
        question=question,
        talk=talk,
        talk_title=talks.get(talk, talk),
        talk_when=reader.line("talk_when", limit=_LINE),
        talk_people=reader.line("talk_people", limit=_LINE),
        talk_place=reader.line("talk_place", limit=_LINE),
        source=source,
        known_talk=talk if talk in talks else None,
        known_source=asks.source(source) if source else None,
        read_first=mentions_risk(question),
        names_patient=mentions_patient(question),
        submission_id=submission_id,
        page_language=reader.filled_in(PAGE_LANGUAGE_FIELD),
    )
    _require(reader, asked, {"referrer_phone", "referrer_email"})
    if reader.faults:
        raise SubmissionRefused(reader.faults, typed(fields))
    return asked


def typed(fields: Fields) -> Typed:
    """What was sent, as far as the form has a place for it and a page can show it."""
    return typed_as(fields, ASK_FIELDS)


def _require(reader: FieldReader, asked: Asked, ways: Collection[str]) -> None:
    """One way to reach them, and something that is asked."""
    reachable = asked.referrer_phone or asked.referrer_email
    if not reachable and not reader.faults.keys() & ways:
        reader.faults["referrer_phone"] = Fault(Flaw.MISSING)
    if not (asked.question or asked.talk) and "question" not in reader.faults:
        reader.faults["question"] = Fault(Flaw.MISSING)
