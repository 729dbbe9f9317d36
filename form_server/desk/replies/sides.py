"""The two sides that are answered, and by which ways each can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.desk.referral.case import Case
from form_server.ledger import ReplyWay, SourceKind, Whom
from form_server.ledger.replies import OUTCOME_CONSENT, OWN_CONSENT
from outreach_kit.outreach.reply_words import language_of
from outreach_kit.outreach.telling import Asker, Telling, may_learn

_PRIVATE: Final = frozenset({SourceKind.FRIEND, SourceKind.DIRECTORY})
_ASKED_FOR: Final = {
    "email": ReplyWay.MAIL, "fax": ReplyWay.FAX, "phone": ReplyWay.PHONE,
}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """`name` is how the page calls them. `ways` are those that are permitted and possible, the one
    to begin with first. A source with `telling` NOTHING is answered by nobody.
    """

    whom: Whom
    name: str
    ways: tuple[ReplyWay, ...]
    telling: Telling
    language: str
    asked_for_a_letter: bool = False


def patient_side(case: Case) -> Side:
    said = case.said
    if said is None:
        return Side(Whom.PATIENT, "", (), Telling.NOTHING, "en")
    ways = [ReplyWay.PHONE]
    if said.text_ok and said.patient_phone.sms:
        ways.append(ReplyWay.TEXT)
    if said.patient_email:
        ways.append(ReplyWay.EMAIL)
    name = said.guardian_name or said.first_name or "the patient"
    return Side(Whom.PATIENT, name, tuple(ways), Telling.OUTCOME, language_of(said.language))


def source_side(case: Case) -> Side:
    said = case.said
    if said is None:
        return Side(Whom.SOURCE, "", (), Telling.NOTHING, "en")
    office = said.referrer
    ways = [ReplyWay.PRINT, ReplyWay.COPY]
    if office.phone.tel:
        ways.insert(0, ReplyWay.PHONE)
    if office.fax:
        ways.insert(0, ReplyWay.FAX)
    if office.email:
        ways.insert(0, ReplyWay.MAIL)
    wish = _ASKED_FOR.get(said.report_back)
    if wish in ways:
        ways.remove(wish)
        ways.insert(0, wish)
    name = office.office or office.name or "whoever sent them"
    telling = what_they_learn(case)
    wants_letter = said.report_back in _ASKED_FOR and telling is Telling.OUTCOME
    return Side(Whom.SOURCE, name, tuple(ways), telling, case.practice.language, wants_letter)


def side_of(case: Case, whom: Whom) -> Side:
    return patient_side(case) if whom is Whom.PATIENT else source_side(case)


def asker_of(case: Case) -> Asker:
    """Who sent them, as far as it decides what they may learn."""
    code = case.referral.source
    source = case.desk.ledger.sources.get(code) if code else None
    return Asker(
        wrote_themselves=case.said is None or case.said.from_patient,
        is_private=source is not None and source.kind in _PRIVATE,
        treats=source is None or source.kind.treats,
    )


def what_they_learn(case: Case) -> Telling:
    flags = case.referral.flags
    return may_learn(
        asker_of(case), form_consent=OUTCOME_CONSENT in flags, own_consent=OWN_CONSENT in flags
    )
