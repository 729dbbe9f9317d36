"""Writing a referral down by hand: sealed, promised and clocked like every other, from when it came.

Whoever writes it down knows of it, so nobody is sent word of their own. What the clock would have
asked for in the time that has passed is not asked for again all at once: it goes on from now.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from form_server.admitting import Admitting, hash_of_token, write_words
from form_server.clockwork import Duty, PauseLinks, Roster, Writer
from form_server.desk.console import Desk
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.inbox.entry import Entry
from form_server.desk.inbox.known import find_source
from form_server.desk.inbox.words import CAME_BY, FOUND_THROUGH, HOW_IT_CAME
from form_server.ledger import (
    Accepted,
    Attempt,
    AttemptMeans,
    AttemptResult,
    CameBy,
    DeliveryKind,
    NewDelivery,
    NewReferral,
    ReceiptTaken,
    Source,
    clock_row,
)
from form_server.parcels import NoticeParcel
from form_server.receipts import draw_receipt
from outreach_kit.practice import Practice
from outreach_kit.promise import Course, Stage, climb, promise_by

_RECEIPT_DRAWS: Final = 12


@dataclass(frozen=True)
class Written:
    """`told` is how many messages go out about it."""

    referral_id: str
    inbox_id: str
    told: int


def write_down(desk: Desk, user: SignedIn, entry: Entry) -> Written:
    """The referral, once it is on the disk; the same entry twice is written once.

    Raises what the ledger raises when nothing could be stored.
    """
    now = desk.clock()
    source = find_source(desk, entry.source, entry.kept_as, actor=user.actor)
    duty = _duty(desk, user, entry, now)
    new = _referral(desk, entry, source, duty)
    rows = [_clock(new, duty, now), *_notices(desk, user, entry, new, duty, source)]
    accepted = _accept(desk, user, new, rows)
    if entry.is_spoken and not accepted.repeated:
        desk.ledger.steps.record_attempt(_talk(entry, accepted.referral_id, user, now))
    return Written(accepted.referral_id, duty.inbox.id, len(rows) - 1)


def _duty(desk: Desk, user: SignedIn, entry: Entry, now: datetime) -> Duty:
    """One's own inbox takes it although one is away; for anybody else a cover stands in."""
    roster = Roster(desk.practice(), desk.ledger)
    inbox = desk.ledger.inboxes.get(entry.inbox_id)
    own = roster.for_inbox(inbox, now)
    return own if _is_told(own, user) else roster.for_new(inbox.clinician, now)


def _is_told(duty: Duty, user: SignedIn) -> bool:
    return any(one.user_id == user.user.id for one in duty.chain.first)


def _referral(desk: Desk, entry: Entry, source: Source | None, duty: Duty) -> NewReferral:
    practice, ledger = desk.practice(), desk.ledger
    admitting = Admitting(ledger, desk.server_key)
    referral_id = ledger.new_id()
    sealed = admitting.seal(_words(entry, source, practice, duty), referral_id, duty.inbox.id)
    same = hmac.digest(desk.server_key.derive("written-down"), entry.id.encode(), "sha256")
    return NewReferral(
        id=referral_id,
        receipt=draw_receipt(secrets.randbelow),
        status_hash=hash_of_token(admitting.token(referral_id)),
        kind="self" if entry.from_patient else "office",
        received_at=entry.received_at,
        promised_by=promise_by(
            entry.received_at,
            practice.hours,
            practice.promise,
            practice.time_zone,
            duty.calendar.absences,
        ),
        source=source.code if source else None,
        clinician=duty.inbox.clinician,
        inbox_id=duty.inbox.id,
        key_version=sealed.key_version,
        envelope=sealed.envelope,
        submission_id_hash=same,
        body_hash=same,
        came_by=entry.how,
    )


def _words(entry: Entry, source: Source | None, practice: Practice, duty: Duty) -> bytes:
    """Under the names of the form's own fields, so that it reads like any other."""
    slugs = {one.label: one.slug for one in practice.reasons}
    sent_by = source.name if source else entry.source
    office = (
        {}
        if entry.from_patient
        else {
            "referrer_name": entry.caller,
            "referrer_office": sent_by,
            "referrer_phone": entry.caller_phone,
            "referrer_phone_uri": entry.caller_phone_uri,
        }
    )
    return write_words(
        {
            "kind": "self" if entry.from_patient else "office",
            **office,
            "clinician": duty.inbox.clinician or "",
            "patient_name": entry.name,
            "patient_phone": entry.phone,
            "patient_phone_uri": entry.phone_uri,
            "patient_email": entry.email,
            "reasons": [slugs.get(entry.reason, entry.reason)] if entry.reason else [],
            "reason_labels": [entry.reason] if entry.reason else [],
            "plan": entry.plan,
            "language": entry.language,
            "note": entry.note,
            "voicemail_ok": entry.voicemail_ok,
            "text_ok": entry.text_ok,
            HOW_IT_CAME: f"{CAME_BY[entry.how]}, written down by hand",
            FOUND_THROUGH: sent_by if entry.from_patient else "",
        }
    )


def _clock(new: NewReferral, duty: Duty, now: datetime) -> NewDelivery:
    """Past rungs count as taken: who writes a call of last week down is not to set off a week's
    alarms."""
    course = Course(new.received_at, new.promised_by, now)
    turn = climb(Stage(), course, now, duty.calendar)
    return replace(clock_row(new.id, turn.at), address=str(turn.stage))


def _notices(
    desk: Desk,
    user: SignedIn,
    entry: Entry,
    new: NewReferral,
    duty: Duty,
    source: Source | None,
) -> list[NewDelivery]:
    """To who is told first about that inbox; none where that is the writer."""
    if _is_told(duty, user):
        return []
    links = PauseLinks(desk.server_key, desk.public_url)
    writer = Writer(desk.server_key, desk.public_url, desk.mail_domain, desk.ledger.new_id, links)
    practice = desk.practice()
    parcel = NoticeParcel(
        practice_name=practice.name,
        receipt=new.receipt,
        received_at=new.received_at,
        promised_by=new.promised_by,
        time_zone=practice.identity.time_zone,
        desk_url=writer.desk_url(new.id),
        office_name=source.name if source and not entry.from_patient else "",
    )
    now = desk.clock()
    return [
        writer.write(
            parcel, DeliveryKind.NOTICE, one.channel, one.address, now, new.id, with_pause=True
        )
        for one in duty.chain.first
    ]


def _accept(desk: Desk, user: SignedIn, new: NewReferral, rows: list[NewDelivery]) -> Accepted:
    for _ in range(_RECEIPT_DRAWS):
        try:
            return desk.ledger.intake.accept(new, rows, actor=user.actor, detail="by-hand")
        except ReceiptTaken:
            new = replace(new, receipt=draw_receipt(secrets.randbelow))
    raise ReceiptTaken(new.receipt)


def _talk(entry: Entry, referral_id: str, user: SignedIn, now: datetime) -> Attempt:
    """A patient who rang was spoken to then; in any other case it was some time before now."""
    rang = entry.from_patient and entry.how in {CameBy.PHONE, CameBy.IN_PERSON}
    is_in_person = entry.how is CameBy.IN_PERSON
    return Attempt(
        id=entry.id,
        referral_id=referral_id,
        user_id=user.user.id,
        at=entry.received_at if rang else now,
        means=AttemptMeans.OTHER if is_in_person else AttemptMeans.CALL,
        result=AttemptResult.REACHED,
    )
