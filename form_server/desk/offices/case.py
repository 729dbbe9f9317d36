"""An office as one user has it open: how it stands today, who is there, what it has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.ledger import NotFound, SourceCard
from form_server.rounds import SourceDetail, Survey, survey
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class OfficeCase:
    """`survey` holds figures of the inboxes that the user may look into."""

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


def open_office(code: str) -> OfficeCase:
    """One that is on the list, under its own code. Raises NotFound."""
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    keyring = Keyring.of(desk, user)
    found = survey(desk.ledger, desk.practice(), keyring.inbox_ids, now)
    detail = found.details([code]).get(code)
    if detail is None:
        raise NotFound("source", code)
    return OfficeCase(desk, user, keyring, code, found, detail, now)
