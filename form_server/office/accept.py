"""Accepting a referral: sealed, promised, receipted and committed with its deliveries, in one go.

The answer to the office depends on that commit and on nothing else: no mail is sent here.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from msgspec.structs import replace

from form_server.admitting import Admitting, likeness, write_token
from form_server.blanks import Blanks
from form_server.clockwork import PauseLinks, Roster, announcement_row
from form_server.ledger import (
    Accepted,
    FirstCall,
    FirstCallGone,
    Ledger,
    NewDelivery,
    NewReferral,
    Rationed,
    ReceiptTaken,
    Referral,
    clock_row,
)
from form_server.office.daily_key import DailyKey
from form_server.office.notices import Notices, Outgoing, Written
from form_server.office.sending import (
    add_hints,
    same_words,
    words_to_seal,
)
from form_server.office.submission import Asks, Kind, Submission
from form_server.office.suspicion import TRUST, Suspicion
from form_server.slips import Slip, Slips
from form_server.vault import ServerKey
from outreach_kit.practice import Practice
from outreach_kit.promise import first_check_at, promise_within

_RECEIPT_DRAWS: Final = 12
_ACKNOWLEDGED_A_DAY: Final = 3
_DAYS_COUNTED: Final = timedelta(days=2)  # longer than the day whose key the count stands under
_KEPT_ASIDE: Final = "quarantine"
_ACTORS: Final = {Kind.OFFICE: "office", Kind.SELF: "patient"}


@dataclass(frozen=True)
class Receipt:
    """What the office gets: the same again when it sends the same again."""

    receipt: str
    status_token: str
    received_at: datetime
    promised_by: datetime
    repeated: bool
    follow_up: Callable[[], None] = field(default=lambda: None, compare=False, repr=False)
    """To be called once the office has its answer: then its notice goes out."""
    referral_id: str = field(default="", compare=False)
    """For the log."""


@dataclass(frozen=True)
class _Draft:
    """A referral about to be committed; what is kept aside has an announcement and no notice."""

    slip: Slip
    referral: NewReferral
    written: Written
    announcement: NewDelivery | None = None
    rationed: Rationed | None = None


class Reception:
    """Takes submissions in. Safe to share between threads."""

    def __init__(
        self,
        practice: Practice,
        ledger: Ledger,
        server_key: ServerKey,
        daily_key: DailyKey,
        asks: Asks,
        outgoing: Outgoing,
        clock: Callable[[], datetime],
        blanks: Blanks | None = None,
        slips: Slips | None = None,
    ) -> None:
        self._practice = practice
        self._ledger = ledger
        self._server_key = server_key
        self._daily_key = daily_key
        self._asks = asks
        self._clock = clock
        links = self.pause_links = PauseLinks(server_key, outgoing.base_url)
        self._notices = Notices(practice, ledger, server_key, daily_key, outgoing, links)
        self._roster = Roster(practice, ledger)
        self._admitting = Admitting(ledger, server_key, blanks)
        self._slips = slips or Slips(ledger, server_key, outgoing.base_url)
        self._submission_key = server_key.derive("submission-id")

    def accept(self, submission: Submission, suspicion: Suspicion = TRUST) -> Receipt:
        """The receipt, once the referral is on the disk; the same for what is kept aside.

        Raises SubmissionReused for a known submission id with other words, FirstCallGone when the
        chosen time is not free any more, LedgerUnavailable or NotFound when nothing was stored.
        The receipt's `follow_up` is left to who answers, once the answer is out.
        """
        submission, held = self._with_time(submission)
        for _ in range(_RECEIPT_DRAWS):
            draft = self._prepare(submission, held, suspicion)
            referral = draft.referral
            try:
                accepted = self._ledger.intake.accept(
                    referral,
                    draft.written.rows,
                    actor=_ACTORS[submission.kind],
                    rationed=draft.rationed,
                    announcement=draft.announcement,
                    wakes=False,
                )
            except ReceiptTaken:
                continue
            if accepted.repeated:
                token = self._admitting.token(accepted.referral_id)
                return _receipt_for(accepted, write_token(token))
            wakes = draft.rationed is not None
            follow_up = partial(draft.written.follow_up, self._ledger, wakes=wakes)
            return _receipt_for(accepted, draft.slip.token_text, follow_up)
        raise ReceiptTaken(referral.receipt)

    def _with_time(self, submission: Submission) -> tuple[Submission, FirstCall | None]:
        """The submission with the moment that it chose; whether that is still free, the commit says.

        A time of another clinician than the one who was chosen is as good as gone.
        """
        if not submission.first_call:
            return submission, None
        held = self._ledger.first_calls.get(submission.first_call)
        chosen = submission.clinician
        if held is None or (chosen in self._asks.clinicians and chosen != held.clinician):
            raise FirstCallGone(submission.first_call)
        at = held.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return replace(submission, first_call_at=at), held

    def _prepare(
        self, submission: Submission, held: FirstCall | None, suspicion: Suspicion
    ) -> _Draft:
        practice, now = self._practice, self._clock()
        wanted = held.clinician if held else submission.clinician
        clinician = wanted if wanted in self._asks.clinicians else None
        duty = self._roster.for_new(clinician, now)
        inbox = duty.inbox
        slip = self._slips.take()
        referral_id = slip.referral_id
        words = words_to_seal(submission)
        sealed = self._admitting.seal(
            add_hints(words, suspicion, submission.page_language), referral_id, inbox.id
        )
        source = submission.known_source
        referral = NewReferral(
            id=referral_id,
            receipt=slip.receipt,
            status_hash=slip.status_hash,
            kind=submission.kind.value,
            received_at=now,
            promised_by=promise_within(now, practice.promise, duty.calendar),
            source=source.code if source else None,
            clinician=clinician,
            inbox_id=inbox.id,
            key_version=sealed.key_version,
            envelope=sealed.envelope,
            flags=" ".join((*submission.flags, *((_KEPT_ASIDE,) if suspicion.keeps_aside else ()))),
            dedupe_hash=likeness(self._daily_key.get(), same_words(words)),
            submission_id_hash=self._submission_hash(submission),
            body_hash=self._body_hash(submission, words),
            first_call=held.id if held else None,
        )
        office_name = submission.referrer_office or (source.name if source else "")
        if suspicion.keeps_aside:
            check_at = first_check_at(now, duty.calendar)
            armed = announcement_row(self._ledger.new_id(), referral, duty.calendar)
            return _Draft(slip, referral, Written((clock_row(referral_id, check_at),)), armed)
        return _Draft(
            slip,
            referral,
            self._notices.write(submission, referral, duty, office_name, slip),
            rationed=self._notices.acknowledgement(submission, referral, slip.token),
        )

    def acknowledge(self, referral: Referral, address: str, language: str) -> Rationed | None:
        """What an office whose referral was kept aside is told once it is known to be real.

        `language` is that of the page on which they wrote, as far as it is known.
        """
        token = self._admitting.token(referral.id)
        return self._notices.acknowledge(referral, address, token, self._clock(), language)

    def _submission_hash(self, submission: Submission) -> bytes | None:
        if not submission.submission_id:
            return None
        return hmac.digest(self._submission_key, _as_bytes(submission.submission_id), "sha256")

    def _body_hash(self, submission: Submission, words: bytes) -> bytes | None:
        """Keyed with the submission's own id too, which no row holds."""
        if not submission.submission_id:
            return None
        key = self._submission_key + _as_bytes(submission.submission_id)
        return hmac.digest(key, words, "sha256")


def _receipt_for(
    accepted: Accepted, token_text: str, follow_up: Callable[[], None] = lambda: None
) -> Receipt:
    return Receipt(
        receipt=accepted.receipt,
        status_token=token_text,
        received_at=accepted.received_at,
        promised_by=accepted.promised_by,
        repeated=accepted.repeated,
        follow_up=follow_up,
        referral_id=accepted.referral_id,
    )


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
