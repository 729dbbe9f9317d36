"""The owners' digest: how the practice stands, and the head of the audit, by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.clockwork.recurring import next_hour
from form_server.clockwork.writing import Writer
from form_server.ledger import (
    Channel,
    DeliveryKind,
    DeliveryState,
    Ledger,
    Outcome,
    Referral,
    Role,
    Turn,
)
from form_server.parcels import DigestParcel, OpenPromise
from form_server.rounds import made_before, survey
from form_server.settings import Often
from outreach_kit.outreach.follow_up import Standing
from outreach_kit.practice import Practice

_PROMISES_SHOWN: Final = 10
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Digest:
    """Written for each owner in the turn that arms the next one."""

    practice: Practice
    ledger: Ledger
    writer: Writer
    often: Often
    hour: int

    def next_at(self, after: datetime) -> datetime | None:
        """None when no digest is wanted."""
        if self.often is Often.OFF:
            return None
        weekly = self.often is Often.WEEKLY
        return next_hour(after, self.hour, self.practice.time_zone, weekly=weekly)

    def decide(self, now: datetime) -> Turn:
        parcel = self._parcel(now)
        owners = [one for one in self.ledger.people.users() if one.role is Role.OWNER]
        return Turn(
            at=self.next_at(now),
            place=now.isoformat(),
            deliveries=[
                self.writer.write(parcel, DeliveryKind.DIGEST, Channel.EMAIL, one.email, now)
                for one in owners
            ],
        )

    def _parcel(self, now: datetime) -> DigestParcel:
        ledger = self.ledger
        inbox_ids = [one.id for one in ledger.inboxes.all()]
        since = now - (7 * _DAY if self.often is Often.WEEKLY else _DAY)
        open_counts = ledger.referrals.open_counts(inbox_ids)
        asked = ledger.questions.counts(inbox_ids, now)
        counts, head = ledger.deliveries.counts(), ledger.audit.head()
        rounds = survey(ledger, self.practice, inbox_ids, now)
        mornings = rounds.mornings
        return DigestParcel(
            practice_name=self.practice.name,
            written_at=now,
            since=since,
            time_zone=self.practice.identity.time_zone,
            desk_url=f"{self.writer.base_url}/desk/",
            received=ledger.figures.over(inbox_ids, since, now, now).received,
            waiting=open_counts.waiting,
            overdue=ledger.referrals.overdue(inbox_ids, now),
            in_hand=open_counts.contacted,
            open_promises=tuple(
                OpenPromise(*one) for one in ledger.referrals.promises(inbox_ids, _PROMISES_SHOWN)
            ),
            retrying=counts[DeliveryState.RETRYING],
            unknown=counts[DeliveryState.UNKNOWN],
            stuck=counts[DeliveryState.STUCK],
            chain_link=head.link if head else 0,
            chain_hash=head.entry_hash.hex() if head else "",
            questions=asked.waiting,
            questions_overdue=asked.overdue,
            talks=asked.talks,
            last_drill=_say(ledger.referrals.last_drill()),
            visits_due=len(rounds.due),
            visits_forgotten=sum(
                one.follow_up.standing is Standing.FORGOTTEN for one in rounds.due
            ),
            morning=tuple(stop.name for stop in mornings[0].stops) if mornings else (),
            stock_low=len(rounds.running_low()),
            cards_due=len(ledger.thank_yous.to_print(inbox_ids, made_before(self.practice, now))),
        )


def _say(drill: Referral | None) -> str:
    if drill is None:
        return ""
    if drill.acknowledged_at is not None:
        return f"answered ({drill.receipt})"
    ended = drill.outcome is Outcome.DRILL
    return f"nobody answered ({drill.receipt})" if ended else f"under way ({drill.receipt})"
