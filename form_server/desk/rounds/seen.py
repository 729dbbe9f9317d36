"""What one user sees of the offices at one moment, read once for a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.rounds.day import Day
from form_server.ledger import NotFound
from form_server.rounds import SourceStanding, Survey, survey, survey_one
from outreach_kit.outreach.nearness import Place
from outreach_kit.outreach.week import Stop, order_route


@dataclass(frozen=True)
class Seen:
    desk: Desk
    user: SignedIn
    keyring: Keyring
    survey: Survey
    now: datetime

    @classmethod
    def here(cls) -> Seen:
        """For the user of this request."""
        desk, user = the_desk(), signed_in()
        keyring, now = Keyring.of(desk, user), desk.clock()
        found = survey(desk.ledger, desk.practice(), keyring.inbox_ids, now)
        return cls(desk, user, keyring, found, now)

    @classmethod
    def one(cls, code: str) -> Seen:
        """With one office alone in it, whatever the case of its code. Raises NotFound."""
        desk, user = the_desk(), signed_in()
        card = desk.ledger.address_book.get(code)
        if card.removed_at is not None:
            raise NotFound("source", code)
        keyring, now = Keyring.of(desk, user), desk.clock()
        found = survey_one(desk.ledger, desk.practice(), keyring.inbox_ids, now, card)
        return cls(desk, user, keyring, found, now)

    @property
    def start(self) -> Place:
        """The practice itself, where every morning begins."""
        address = self.desk.practice().facts.address
        return Place(address.city, address.postal_code)

    def in_order(self, day: Day) -> list[SourceStanding]:
        """Those of a morning that are on the list, in its own order or in that of the way."""
        codes = dict.fromkeys(self._code_now(code) for code in day.codes)
        there = [self.survey.by_code[code] for code in codes if code in self.survey.by_code]
        if day.is_own:
            return there
        stops = {one.code: self._stop(one) for one in there}
        return [self.survey.by_code[stop.code] for stop in order_route(stops.values(), self.start)]

    def _code_now(self, code: str) -> str:
        """That of the office which this one became one with, where it did."""
        if code in self.survey.by_code:
            return code
        try:
            return self.desk.ledger.address_book.get(code).code
        except NotFound:
            return code

    def _stop(self, one: SourceStanding) -> Stop:
        return one.stop or Stop(one.code, one.name, one.place, self.survey.today)
