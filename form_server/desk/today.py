"""The first page: who waits, for how long, and whom to call now."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from flask import Response, jsonify, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.figures import Figure, say_figures
from form_server.desk.just_closed import JustClosed, find_just_closed
from form_server.desk.messages import count_messages
from form_server.desk.origin import say_origin
from form_server.desk.owed.item import OwedItem, Sight
from form_server.desk.owed.providers import find_owed
from form_server.desk.page import render_page
from form_server.desk.questions.listing import QuestionsToday, find_today
from form_server.desk.referral.clock import Clock, Standing, read_clock
from form_server.desk.referral.first_call import say_next_try
from form_server.desk.referral.said import Number
from form_server.desk.referral.tags import Tag, tags_of
from form_server.desk.referral.times import say_deadline, say_moment
from form_server.desk.setup.health_signs import find_trouble
from form_server.desk.team.holding import Holding, read_holdings, ring_script
from form_server.ledger import Attempt, OpenCounts, Place, Referral

_PLACE: Final = re.compile(r"(-1|[01])\.([0-9]{1,18})\.([0-9a-zA-Z]{1,40})")
_NO_CALL_FROM_THE_LIST: Final = frozenset({"read_first", "drill"})


@dataclass(frozen=True)
class Row:
    """One referral of the list; `name` is empty and `is_unreadable` set when it does not open.
    `inbox` is named for who looks into several, `holding` says who of several is on it."""

    href: str
    receipt: str
    clock: Clock
    name: str
    origin: str
    call: Number | None
    tags: tuple[Tag, ...]
    tries: str
    next_try: str
    inbox: str = ""
    is_unreadable: bool = False
    holding: Holding | None = None


@dataclass(frozen=True)
class Today:
    """`counts` and `asked` are what the page compares the pulse with; `more` leads to the next page, or
    is empty. `alarms` are inboxes whose key was replaced in the database. `closed` is an ending that
    can still be taken back."""

    headline: str
    aside: str
    closed: JustClosed | None
    waiting: tuple[Row, ...]
    tried: tuple[Row, ...]
    counts: OpenCounts
    questions: QuestionsToday | None
    asked: int
    owed: tuple[OwedItem, ...]
    figures: tuple[Figure, ...]
    log: str
    more: str
    is_first: bool
    alarms: tuple[str, ...]
    passkeys: str
    kept_aside: Pointer | None
    messages: Pointer | None
    health: Pointer | None
    ring_script: str


@dataclass(frozen=True)
class Pointer:
    """Something that waits on another page, and how urgently."""

    href: str
    text: str


def show_today() -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    after = parse_place(request.args.get("after", ""))
    page = desk.ledger.referrals.open_in(keyring.inbox_ids, after=after, with_kept_aside=False)
    now = desk.clock()
    tries: dict[str, list[Attempt]] = {one.id: [] for one in page.referrals}
    for attempt in desk.ledger.referrals.attempts_of(list(tries)):
        tries[attempt.referral_id].append(attempt)
    holdings = read_holdings(desk, keyring, page.referrals)
    rows = [
        replace(_row(one, tries[one.id], keyring, desk, now), holding=holdings.get(one.id))
        for one in page.referrals
    ]
    unreadable = sum(row.is_unreadable for row in rows)
    desk.ledger.audit.note(
        "list.opened",
        actor=user.actor,
        detail=f"names={len(rows) - unreadable} unreadable={unreadable}",
    )
    counts = desk.ledger.referrals.open_counts(keyring.inbox_ids)
    sight = Sight(desk, user, keyring, now)
    asked = desk.ledger.questions.counts(keyring.inbox_ids, now)
    view = Today(
        headline=_headline(counts),
        aside=_aside(rows, is_first=after is None),
        closed=find_just_closed(desk, keyring, request.args.get("closed", ""), now),
        waiting=tuple(row for row in rows if row.clock.is_running),
        tried=tuple(row for row in rows if not row.clock.is_running),
        counts=counts,
        questions=find_today(sight) if after is None else None,
        asked=asked.waiting + asked.aside,
        owed=find_owed(sight) if after is None else (),
        figures=say_figures(desk, keyring.inbox_ids, now),
        log=url_for("desk.show_log"),
        more=url_for("desk.show_today", after=write_place(page.after)) if page.after else "",
        is_first=after is None,
        alarms=_alarms(desk, keyring, user),
        passkeys=url_for("desk.show_passkeys"),
        kept_aside=_kept_aside(desk, keyring.inbox_ids, now),
        messages=_messages(desk, keyring, user),
        health=_health(desk),
        ring_script=ring_script(holdings),
    )
    return render_page("today.html", view, title="Today", signed_in=user)


def pulse() -> Response:
    """What an open page asks every few seconds; asking keeps nobody signed in."""
    desk, user = the_desk(), signed_in()
    inbox_ids = Keyring.of(desk, user).inbox_ids
    counts = desk.ledger.referrals.open_counts(inbox_ids)
    asked = desk.ledger.questions.counts(inbox_ids, desk.clock())
    return jsonify(
        waiting=counts.waiting, contacted=counts.contacted, questions=asked.waiting + asked.aside
    )


def parse_place(text: str) -> Place | None:
    """Where a page begins; what is none begins at the start."""
    found = _PLACE.fullmatch(text)
    return Place(int(found[1]), int(found[2]), found[3]) if found else None


def write_place(place: Place) -> str:
    return f"{place.contacted}.{place.promised_by}.{place.id}"


def _row(
    referral: Referral, attempts: list[Attempt], keyring: Keyring, desk: Desk, now: datetime
) -> Row:
    zone = desk.practice().time_zone
    href = url_for("desk.show_referral", referral_id=referral.id)
    clock = read_clock(referral, now, zone)
    tries = _say_tries(referral, desk, now)
    next_try = say_next_try(referral, attempts, now, zone)
    several = len(keyring.inbox_ids) > 1
    inbox = desk.ledger.inboxes.get(referral.inbox_id).name if several else ""
    try:
        said = keyring.open(referral)
    except Unreadable:
        return Row(
            href,
            referral.receipt,
            clock,
            "",
            "",
            None,
            tags_of(referral),
            tries,
            next_try,
            inbox,
            is_unreadable=True,
        )
    can_call = bool(said.patient_phone.tel) and not referral.flags & _NO_CALL_FROM_THE_LIST
    return Row(
        href=href,
        receipt=referral.receipt,
        clock=clock,
        name=said.first_name or "No name given",
        origin=say_origin(said),
        call=said.patient_phone if can_call else None,
        tags=tags_of(referral),
        tries=tries,
        next_try=next_try,
        inbox=inbox,
    )


def _alarms(desk: Desk, keyring: Keyring, user: SignedIn) -> tuple[str, ...]:
    replaced = sorted(keyring.check_newest())
    for inbox_id in replaced:
        desk.ledger.audit.note("inbox.key_replaced", actor=user.actor, detail=inbox_id)
    return tuple(desk.ledger.inboxes.get(inbox_id).name for inbox_id in replaced)


def _say_tries(referral: Referral, desk: Desk, now: datetime) -> str:
    if referral.last_attempt_at is None:
        return ""
    times = "Tried once" if referral.attempt_count == 1 else f"Tried {referral.attempt_count} times"
    last = say_moment(referral.last_attempt_at, now, desk.practice().time_zone)
    return f"{times}, last {last}"


def _headline(counts: OpenCounts) -> str:
    match counts.waiting:
        case 0:
            return "Nobody is waiting"
        case 1:
            return "One person is waiting"
        case many:
            return f"{many} people are waiting"


def _aside(rows: list[Row], *, is_first: bool) -> str:
    """What is broken, and what is about to break, before what holds."""
    overdue = sum(row.clock.standing is Standing.OVERDUE for row in rows)
    soon = sum(row.clock.standing is Standing.SOON for row in rows)
    said = []
    if overdue:
        said.append("One call is overdue." if overdue == 1 else f"{overdue} calls are overdue.")
    if soon:
        more = " more" if overdue else ""
        what = f"One{more} is" if soon == 1 else f"{soon}{more} are"
        said.append(f"{what} due within the hour.")
    if said:
        return " ".join(said)
    if any(row.clock.is_running for row in rows):
        return "Every promise is in time so far."
    return "Everyone who was sent to you has been tried." if is_first and rows else ""


def _kept_aside(desk: Desk, inbox_ids: list[str], now: datetime) -> Pointer | None:
    kept = desk.ledger.quarantine.look(inbox_ids)
    if kept.promised_by is None:
        return None
    zone = desk.practice().time_zone
    look = f"Look {say_deadline(kept.promised_by, now, zone)}."
    if kept.promised_by < now:
        look = f"Look now: a call was promised for {say_moment(kept.promised_by, now, zone)}."
    what = "One referral is" if kept.count == 1 else f"{kept.count} referrals are"
    text = f"{what} kept aside: {'it looks' if kept.count == 1 else 'they look'} automatic. {look}"
    return Pointer(url_for("desk.show_aside"), text)


def _health(desk: Desk) -> Pointer | None:
    trouble = find_trouble(desk)
    return Pointer(url_for("desk.show_health"), trouble) if trouble else None


def _messages(desk: Desk, keyring: Keyring, user: SignedIn) -> Pointer | None:
    match count_messages(desk, keyring, user):
        case 0:
            return None
        case 1:
            text = "One message did not go out by itself. See why."
        case many:
            text = f"{many} messages did not go out by themselves. See why."
    return Pointer(url_for("desk.show_messages"), text)
