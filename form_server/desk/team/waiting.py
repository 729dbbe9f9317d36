"""The panel of the waitlist on a referral's page: to put somebody on it, tell them, offer room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.said import Said
from form_server.desk.referral.times import say_day
from form_server.desk.team.crew import short_name
from form_server.desk.team.holding import say_since
from form_server.desk.team.offers import find_offers, open_all
from form_server.desk.team.waiting_words import (
    USUAL_WEEKS,
    WANTED,
    WEEKS,
    Way,
    say_wish,
    ways_to_tell,
)
from form_server.ledger import WaitingPlace
from outreach_kit.outreach.waiting import (
    Stage,
    Teller,
    WaitingWords,
    next_word_on,
    write_waiting,
)

_ANSWER_WEEKS: Final = 1  # as long as room that was offered is kept


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_picked: bool = False


@dataclass(frozen=True)
class OnList:
    """How somebody stands on the list; `room` are clinicians who could be
    offered now, when it is their turn."""

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
    on_list = _on_list(case, place) if place else None

    def to(endpoint: str) -> str:
        return url_for(endpoint, referral_id=case.referral.id)

    whom = place.clinician if place else None
    weeks = place.every_weeks if place else USUAL_WEEKS
    wanted = place.wanted if place else WANTED[0][0]
    return WaitingPanel(
        place=on_list,
        ways=ways_to_tell(case.said),
        words=_words(case, case.said, place, on_list),
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


def _on_list(case: Case, place: WaitingPlace) -> OnList:
    practice, zone = case.practice, case.practice.time_zone
    today = practice.today(case.now)
    offered = practice.clinician(place.offered) if place.offered else None
    listed = case.desk.ledger.waitlist.listed(case.keyring.inbox_ids)
    offers = find_offers(case.desk, listed, open_all(case.keyring, listed))
    names = {one.slug: one.name for one in practice.clinicians}
    told_at = place.told_at if case.was_tried else None
    return OnList(
        since=say_since(place.since, case.now, zone),
        wish=say_wish(place.clinician, place.wanted, practice),
        told=f"Told {say_since(told_at, case.now, zone)}" if told_at else "",
        next_word=say_day(place.next_on, today),
        is_due=place.next_on <= today,
        offered=(offered.name if offered else place.offered or ""),
        room=tuple(Choice(slug, names[slug]) for slug in offers.get(case.referral.id, ())),
    )


def _words(
    case: Case, said: Said, place: WaitingPlace | None, on_list: OnList | None
) -> WaitingWords:
    """Drafts for what there is to tell now: a place, that it is kept, or room."""
    practice = case.practice
    stage, slug = Stage.PLACE, place.clinician if place else None
    if on_list and (on_list.offered or on_list.room):
        stage, slug = Stage.ROOM, (place and place.offered) or on_list.room[0].value
    elif on_list and on_list.told:
        stage = Stage.STILL
    whom = practice.clinician(slug) if slug else None
    phone = (whom.facts.phone if whom else None) or practice.contact.phone
    today = practice.today(case.now)
    weeks = place.every_weeks if place else USUAL_WEEKS
    name = said.guardian_name.split()[:1] or [said.first_name]
    teller = Teller(
        first_name=name[0],
        caller=short_name(case.user.user),
        clinician=whom.name if whom else "",
        phone=phone.display,
        next_on=next_word_on(today, _ANSWER_WEEKS if stage is Stage.ROOM else weeks),
    )
    return write_waiting(teller, said.language, stage)
