"""An office as one user has it open: how it stands today, who is there, what it has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.ledger import SourceCard
from form_server.rounds import SourceDetail, Survey, survey_one
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class OfficeCase:
    """`survey` has this office alone, with figures of the inboxes that the user may look into."""

    desk: Desk
    user: SignedIn
    keyring: Keyring
    code: str
    survey: Survey
    detail: SourceDetail
    now: datetime

    @property
    def practice(self) -> Practice:
        return self.desk.practice()

    @property
    def today(self) -> date:
        return self.survey.today

    @property
    def card(self) -> SourceCard:
        return self.detail.standing.card


def open_office(card: SourceCard) -> OfficeCase:
    """One that is on the list."""
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    keyring = Keyring.of(desk, user)
    found = survey_one(desk.ledger, desk.practice(), keyring.inbox_ids, now, card)
    return OfficeCase(
        desk, user, keyring, card.code, found, found.details([card.code])[card.code], now
    )
