"""The panel of the waitlist on a referral's page: to put somebody on it, tell them, offer room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.said import Said
from form_server.desk.referral.times import say_day
from form_server.desk.team.board_rows import read_board
from form_server.desk.team.crew import short_name
from form_server.desk.team.holding import say_since
from form_server.desk.team.waiting_words import (
    USUAL_WEEKS,
    WANTED,
    WEEKS,
    Way,
    need_of,
    say_wish,
    ways_to_tell,
)
from form_server.ledger import WaitingPlace
from outreach_kit.outreach.capacity import suggest_inside
from outreach_kit.outreach.waiting import Teller, WaitingWords, next_word_on, write_waiting


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_picked: bool = False


@dataclass(frozen=True)
class OnList:
    """How somebody stands on the list; `room` are clinicians who could be offered now."""

    since: str
    wish: str
    told: str
    next_word: str
    is_due: bool
    offered: str
    room: tuple[Choice, ...]


@dataclass(frozen=True)
class WaitingPanel:
    """`place` is None while they are not on the list."""

    place: OnList | None
    ways: tuple[Way, ...]
    words: WaitingWords
    may_text: bool
    may_mail: bool
    clinicians: tuple[Choice, ...]
    wanted: tuple[Choice, ...]
    weeks: tuple[Choice, ...]
    first_name: str
    join: str
    tell: str
    offer: str
    answer: str
    leave: str
    list: str


def build_waiting(case: Case) -> WaitingPanel | None:
    if case.said is None or not case.is_open:
        return None
    place = case.desk.ledger.waitlist.of(case.referral.id)

    def to(endpoint: str) -> str:
        return url_for(endpoint, referral_id=case.referral.id)

    whom = place.clinician if place else None
    weeks = place.every_weeks if place else USUAL_WEEKS
    wanted = place.wanted if place else WANTED[0][0]
    return WaitingPanel(
        place=_on_list(case, case.said, place) if place else None,
        ways=ways_to_tell(case.said),
        words=_words(case, case.said, place, weeks),
        may_text=case.said.text_ok,
        may_mail=bool(case.said.patient_email),
        clinicians=(
            Choice("", "Whoever has room first", whom is None),
            *(Choice(one.slug, one.name, one.slug == whom) for one in case.practice.clinicians),
        ),
        wanted=tuple(Choice(one.value, label, one is wanted) for one, label in WANTED),
        weeks=tuple(
            Choice(str(one), "every week" if one == 1 else f"every {one} weeks", one == weeks)
            for one in WEEKS
        ),
        first_name=case.said.first_name,
        join=to("desk.join_waitlist"),
        tell=to("desk.tell_waiting"),
        offer=to("desk.offer_room"),
        answer=to("desk.answer_offer"),
        leave=to("desk.leave_waitlist"),
        list=url_for("desk.show_waitlist"),
    )


def _on_list(case: Case, said: Said, place: WaitingPlace) -> OnList:
    practice, zone = case.practice, case.practice.time_zone
    today = practice.today(case.now)
    offered = practice.clinician(place.offered) if place.offered else None
    found = suggest_inside(practice, read_board(case.desk), need_of(said), today)
    told_at = place.told_at if case.was_tried else None
    return OnList(
        since=say_since(place.since, case.now, zone),
        wish=say_wish(place.clinician, place.wanted, practice),
        told=f"Told {say_since(told_at, case.now, zone)}" if told_at else "",
        next_word=say_day(place.next_on, today),
        is_due=place.next_on <= today,
        offered=(offered.name if offered else place.offered or ""),
        room=tuple(
            Choice(one.clinician.slug, one.clinician.name)
            for one in found
            if place.clinician in {None, one.clinician.slug}
        ),
    )


def _words(case: Case, said: Said, place: WaitingPlace | None, weeks: int) -> WaitingWords:
    practice = case.practice
    whom = practice.clinician(place.clinician) if place and place.clinician else None
    phone = (whom.facts.phone if whom else None) or practice.contact.phone
    next_on: date = next_word_on(practice.today(case.now), weeks)
    name = said.guardian_name.split()[:1] or [said.first_name]
    teller = Teller(
        first_name=name[0],
        caller=short_name(case.user.user),
        clinician=whom.name if whom else "",
        phone=phone.display,
        next_on=next_on,
    )
    return write_waiting(teller, said.language)
