"""Drafts of the cards of a batch: whom each greets, what it says, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from form_server.desk.inbox.rows import open_or_none
from form_server.desk.owed.item import Sight
from form_server.desk.referral.said import Said
from form_server.ledger import CardOwed
from form_server.rounds import draft_card, label_lines, made_before, unexplained
from outreach_kit.outreach.name_check import find_names
from outreach_kit.outreach.next_message import Message

_OPENED_NAMELESS: Final = 30


@dataclass(frozen=True)
class Writer:
    """Who sent somebody, from the form: `office` where it has no code."""

    name: str
    office: str


@dataclass(frozen=True)
class Draft:
    """`to` is who wrote last, or empty; `people` are further names of theirs. `address` has the
    label's lines, none where it is not known. `writers` are the offices without a code, for whom
    one card of the ledger is several on paper."""

    card: CardOwed
    name: str
    message: Message
    to: str
    words: str
    people: tuple[str, ...]
    address: tuple[str, ...]
    writers: tuple[Writer, ...] = ()

    @property
    def key(self) -> str:
        return self.card.through_id

    @property
    def own_words(self) -> str:
        """All that stands there without anybody's typing, or is a name of theirs."""
        return " ".join((self.words, self.name, self.to, *self.people))


@dataclass(frozen=True)
class Drafts:
    """`opened` counts the referrals that were looked into for names."""

    all: tuple[Draft, ...]
    opened: int


def draft_cards(sight: Sight, cards: Sequence[CardOwed], voice: str) -> Drafts:
    """In a handful of queries for all of them."""
    desk, practice = sight.desk, sight.desk.practice()
    codes = [one.source for one in cards if one.source]
    again = unexplained(desk.ledger, practice, sight.keyring.inbox_ids, codes, sight.now)
    told = {
        message: draft_card(practice, message, clinician=voice)
        for message in (Message.THANKS, Message.NICHE_AGAIN)
    }
    people = desk.ledger.address_book.people(codes)
    known = desk.ledger.address_book.some(codes)
    said = _open_newest(sight, cards)
    drafts = []
    for card in cards:
        message = Message.NICHE_AGAIN if card.source in again else Message.THANKS
        at = known.get(card.source)
        writers = _writers(said.get(card.source, ()))
        names = tuple(one.name for one in people.get(card.source, ()))
        drafts.append(
            Draft(
                card=card,
                name=card.name or "Offices without a code of yours",
                message=message,
                to=writers[0].name if writers and card.source else "",
                words=told[message],
                people=tuple(dict.fromkeys((*(one.name for one in writers if one.name), *names))),
                address=label_lines(at) if at else (),
                writers=() if card.source else writers,
            )
        )
    return Drafts(tuple(drafts), sum(map(len, said.values())))


def _open_newest(sight: Sight, cards: Sequence[CardOwed]) -> dict[str, list[Said]]:
    """What the newest referral behind each card says, as far as it opens; behind that of the offices
    without a code, more of them."""
    wanted = {one.through_id: one.source for one in cards}
    if any(not one.source for one in cards):
        before = made_before(sight.desk.practice(), sight.now)
        nameless = sight.desk.ledger.owing.behind(sight.keyring.inbox_ids, "", before)
        wanted |= dict.fromkeys(nameless[:_OPENED_NAMELESS], "")
    found: dict[str, list[Said]] = {}
    for one in sight.desk.ledger.listing.of(list(wanted)):
        said = open_or_none(sight.keyring, one)
        if said is not None:
            found.setdefault(wanted[one.id], []).append(said)
    return found


def _writers(said: Sequence[Said]) -> tuple[Writer, ...]:
    """Once each, newest first. A form on which somebody wrote the patient in the place of the office
    names nobody."""
    found: dict[tuple[str, str], Writer] = {}
    for one in said:
        patients = (one.patient_name, one.guardian_name)
        who = one.referrer
        name = "" if find_names(who.name, patients) else who.name
        office = "" if find_names(who.office, patients) else who.office
        if name or office:
            found.setdefault((name.casefold(), office.casefold()), Writer(name, office))
    return tuple(found.values())
