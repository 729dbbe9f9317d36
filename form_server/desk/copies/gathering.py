"""From rows and opened envelopes to the values that every format is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from form_server.addresses import show_address
from form_server.desk.entry.keyring import Unreadable
from form_server.desk.referral.contact import describe_try
from form_server.desk.referral.named import name_of_slug
from form_server.desk.referral.said import Said
from form_server.exports.record import (
    Correction,
    Disclosure,
    Exported,
    HandedOn,
    Message,
    Patient,
    Referrer,
    Reply,
    Try,
    Words,
)
from form_server.ledger import Attempt, DeliveryKind, DeliveryState, Ledger, Referral
from form_server.ledger.amendments import Amendment
from outreach_kit.practice import Practice

_Row = TypeVar("_Row")
UNREADABLE: Final = "(does not open)"
_OUTSIDE: Final = {
    DeliveryKind.ACKNOWLEDGEMENT: "Receipt mailed to the office",
    DeliveryKind.REPLY: "Reply mailed",
}
COPIES: Final = {
    "copy.referral": "Copy of this referral",
    "copy.patient": "Copy of everything about the patient",
    "copy.all": "Copy of all referrals",
}


class Opener(Protocol):
    """Whoever holds the keys: a session, or a command with its words typed in."""

    def open(self, referral: Referral) -> Said:
        """Raises Unreadable."""

    def open_part(self, referral: Referral, part: str, sealed: bytes) -> str:
        """Raises Unreadable."""


@dataclass(frozen=True)
class Gathering:
    """What copies are made from; `names` are those of users, by id."""

    ledger: Ledger
    practice: Practice
    opener: Opener
    names: Mapping[str, str]

    @classmethod
    def of(cls, ledger: Ledger, practice: Practice, opener: Opener) -> Gathering:
        return cls(ledger, practice, opener, ledger.access.names())

    def page(self, referrals: Sequence[Referral]) -> list[Exported]:
        """What was said and tried, for many at once: three queries, however many they are."""
        ids = [one.id for one in referrals]
        tries = _by_referral(self.ledger.referrals.attempts_of(ids), lambda one: one.referral_id)
        amended = _by_referral(self.ledger.amendments.of(ids), lambda one: one.referral_id)
        booked = self.ledger.walking.appointments(ids)
        return [
            replace(
                self._one(one, tries[one.id], amended[one.id]), appointment_at=booked.get(one.id)
            )
            for one in referrals
        ]

    def whole(self, referrals: Sequence[Referral]) -> list[Exported]:
        """The same with all that went out and whom it was shown to, for the few of one patient."""
        pairs = zip(referrals, self.page(referrals), strict=True)
        return [self._with_history(one, exported) for one, exported in pairs]

    def _one(
        self, referral: Referral, tries: Sequence[Attempt], amended: Sequence[Amendment]
    ) -> Exported:
        try:
            words = write_words(self.opener.open(referral))
        except Unreadable:
            words = None
        clinician = self.practice.clinician(referral.clinician or "")
        return Exported(
            id=referral.id,
            receipt=referral.receipt,
            kind=referral.kind,
            received_at=referral.received_at,
            promised_by=referral.promised_by,
            state=referral.state,
            outcome=referral.outcome,
            fit=referral.fit,
            source=referral.source or "",
            clinician=clinician.name if clinician else name_of_slug(referral.clinician or ""),
            clinician_npi=(clinician.facts.npi or "") if clinician else "",
            first_contact_at=referral.first_contact_at,
            appointment_at=None,
            closed_at=referral.closed_at,
            is_drill="drill" in referral.flags,
            words=words,
            tries=tuple(self._try(referral, one) for one in tries),
            corrections=tuple(
                Correction(
                    one.at,
                    self.name(one.user_id),
                    self._open(referral, f"amendment:{one.id}", one.words),
                )
                for one in amended
            ),
        )

    def _with_history(self, referral: Referral, exported: Exported) -> Exported:
        ledger = self.ledger
        replies = ledger.replies.of_referral(referral.id)
        sent = ledger.deliveries.of_referral(referral.id)
        messages = tuple(
            Message(
                one.sent_at or one.created_at,
                one.kind.value,
                show_address(one.channel, one.address),
                one.state.value,
            )
            for one in sent
        )
        told = [
            Disclosure(one.sent_at or one.created_at, _OUTSIDE[one.kind], "")
            for one in sent
            if one.kind in _OUTSIDE and one.state is DeliveryState.SENT
        ]
        copied = ledger.access.copies_of([referral.id], referral.received_at)
        told += [
            Disclosure(one.at, f"{COPIES[one.action]} ({one.detail})", self.name(one.actor))
            for one in copied
        ]
        return replace(
            exported,
            replies=tuple(
                Reply(
                    one.at,
                    one.whom.value,
                    one.way.value,
                    self.name(one.user_id),
                    self._open(referral, f"reply:{one.id}", one.words),
                )
                for one in replies
            ),
            messages=messages,
            disclosures=tuple(sorted(told, key=lambda one: one.at)),
        )

    def _try(self, referral: Referral, one: Attempt) -> Try:
        note = self._open(referral, f"attempt:{one.id}", one.note)
        return Try(one.at, describe_try(one.means, one.result), self.name(one.user_id), note)

    def _open(self, referral: Referral, part: str, sealed: bytes | None) -> str:
        if sealed is None:
            return ""
        try:
            return self.opener.open_part(referral, part, sealed)
        except Unreadable:
            return UNREADABLE

    def name(self, actor: str) -> str:
        """A user's name, by id or as the audit writes it; else what the audit says."""
        return self.names.get(actor.removeprefix("user:"), actor)


def handed_on(ledger: Ledger, practice: Practice, url: str) -> HandedOn:
    contact = practice.contact
    return HandedOn(
        instance=ledger.meta.instance_id(),
        practice=practice.name,
        phone=contact.phone.display,
        fax=contact.fax.display if contact.fax else "",
        url=url,
    )


def write_words(said: Said) -> Words:
    referrer = said.referrer
    return Words(
        patient=Patient(
            name=said.patient_name,
            phone=said.patient_phone.typed,
            email=said.patient_email,
            guardian=said.guardian_name,
            language=said.language,
            age=said.age_band,
            plan=said.plan,
            best_time=said.best_time,
            voicemail_ok=said.voicemail_ok,
            text_ok=said.text_ok,
        ),
        referrer=None
        if said.from_patient
        else Referrer(
            name=referrer.name,
            office=referrer.office,
            role=referrer.role,
            phone=referrer.phone.typed,
            fax=referrer.fax,
            email=referrer.email,
        ),
        reasons=said.reasons,
        note=said.note,
        timing=said.timing,
        report_back=said.report_back,
        attendance_consent=said.attendance_consent,
        also_sent=said.extras,
    )


def _by_referral(rows: Sequence[_Row], key: Callable[[_Row], str]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
