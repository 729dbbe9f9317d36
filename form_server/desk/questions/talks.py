"""What a talk that was agreed on brings: its flyer and list on paper, and afterwards its place on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from form_server.desk.gifts.finding import find_named
from form_server.desk.questions.case import AskedCase
from form_server.desk.referral.times import say_day
from form_server.ledger import NotFound, SourceCard, SourcePerson, TalkState
from outreach_kit.outreach.stock import Item
from outreach_kit.practice import Training

LONGEST = 120
LONGEST_OTHERS = 2000
LEFT: Mapping[Item, str] = {
    Item.CARD: "Cards", Item.BROCHURE: "Brochures", Item.PAD: "Pads",
}  # fmt: skip


@dataclass(frozen=True)
class TalkChoice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class TalkPaper:
    """The form of flyer and list. `talks` is empty where the talk is one of the practice's own."""

    day: str
    time: str
    place: str
    office: str
    talks: tuple[TalkChoice, ...]
    action: str


@dataclass(frozen=True)
class LeftField:
    name: str
    label: str
    value: str


@dataclass(frozen=True)
class TalkHeld:
    """The form that puts it on record. `office` is the name of one on the list, or empty; then
    `office_typed` looks for it, and `candidates` are those that it may be."""

    office: str
    office_typed: str
    candidates: tuple[TalkChoice, ...]
    people: tuple[TalkChoice, ...]
    others: str
    on: str
    last_on: str
    left: tuple[LeftField, ...]
    action: str


def paper_of(case: AskedCase) -> TalkPaper | None:
    """None until a day is agreed, and where the practice describes no talk to print."""
    trainings = case.desk.practice().trainings
    asked = case.asked
    if asked.talk_state is not TalkState.AGREED or asked.talk_on is None or not trainings:
        return None
    known = any(one.slug == asked.talk for one in trainings)
    wishes, picked = case.wishes, case.typed.get("talk", trainings[0].slug)
    return TalkPaper(
        day=say_day(asked.talk_on, case.desk.practice().today(case.now)),
        time=case.typed.get("time", ""),
        place=case.typed.get("place", wishes.place),
        office=office_name(case),
        talks=()
        if known
        else tuple(TalkChoice(one.slug, one.title, one.slug == picked) for one in trainings),
        action=url_for("desk.print_talk", question_id=asked.id),
    )


def held_of(case: AskedCase) -> TalkHeld | None:
    """None unless the talk is agreed on, and is not over."""
    asked, typed = case.asked, case.typed
    if asked.talk_state is not TalkState.AGREED or asked.closed_at is not None:
        return None
    today = case.desk.practice().today(case.now)
    office = office_of(case)
    met = typed.get("met", "").split("\n")
    people = people_of(case, office) if office else []
    return TalkHeld(
        office=office.name if office else "",
        office_typed=typed.get("office", ""),
        candidates=() if office else _candidates(case),
        people=tuple(TalkChoice(one.id, one.name, one.id in met) for one in people),
        others=typed.get("others", ""),
        on=typed.get("held_on", min(asked.talk_on or today, today).isoformat()),
        last_on=today.isoformat(),
        left=tuple(
            LeftField(f"left-{item.value}", label, typed.get(f"left-{item.value}", ""))
            for item, label in LEFT.items()
        ),
        action=url_for("desk.hold_talk", question_id=asked.id),
    )


def office_of(case: AskedCase) -> SourceCard | None:
    """By its code; without one, the only office on the list that is called as they said."""
    book = case.desk.ledger.address_book
    if case.asked.source:
        try:
            return book.get(case.asked.source)
        except NotFound:
            return None
    name = case.asker.office if case.asker else ""
    same = [one for one in book.all() if one.name.casefold() == name.casefold()]
    return same[0] if len(same) == 1 else None


def office_name(case: AskedCase) -> str:
    office = office_of(case)
    return office.name if office else (case.asker.office if case.asker else "")


def people_of(case: AskedCase, office: SourceCard) -> list[SourcePerson]:
    return case.desk.ledger.address_book.people([office.code]).get(office.code, [])


def training_of(case: AskedCase, typed: str) -> Training | None:
    """The talk that they asked for, or the one that was picked for it."""
    trainings = {one.slug: one for one in case.desk.practice().trainings}
    return trainings.get(case.asked.talk or "") or trainings.get(typed)


def read_day(typed: str, earliest: date, latest: date) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if earliest <= day <= latest else None


def _candidates(case: AskedCase) -> tuple[TalkChoice, ...]:
    """Offices that may be meant by what somebody typed."""
    typed = case.typed.get("office", "")
    picked = case.typed.get("code", "")
    found = find_named(typed, case.desk.ledger.address_book.all())[:6] if typed else []
    return tuple(TalkChoice(one.code, one.name, one.code == picked) for one in found)
