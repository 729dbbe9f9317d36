"""The page of the record, its check, and its export. Looking at it is put on record as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import render_page
from form_server.desk.record.search import Search, shown
from form_server.desk.record.words import say_action, say_actor
from form_server.desk.referral.times import say_stamp
from form_server.ledger import Breach, ChainBroken, ChainHead
from form_server.tabular import write_csv

_LONGEST_HEAD: Final = 120
_HEADINGS: Final = ("When", "Who", "What", "Receipt", "Code", "Detail")
_AT_ONCE: Final = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Entry:
    when: str
    who: str
    what: str
    receipt: str
    href: str


@dataclass(frozen=True)
class Person:
    actor: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Verdict:
    """The result of a check in words."""

    holds: bool
    heading: str
    words: str


@dataclass(frozen=True)
class RecordPage:
    action: str
    export: str
    verify: str
    first_on: str
    last_on: str
    receipt: str
    people: tuple[Person, ...]
    entries: tuple[Entry, ...]
    more: str
    verdict: Verdict | None
    told: str


def show_record() -> Response:
    desk, user = the_desk(), signed_in()
    search = _search(desk)
    about = f"from={search.first_on} to={search.last_on} who={search.actor[:60]}"
    desk.ledger.audit.note("record.opened", actor=user.actor, detail=about)
    return _page(search)


def verify_record() -> Response:
    """Walks the whole chain, and says in words whether it holds."""
    desk, user = the_desk(), signed_in()
    told = " ".join(request.form.get("told", "").split())[:_LONGEST_HEAD]
    verdict, detail = _verify(desk, told)
    desk.ledger.audit.note("record.verified", actor=user.actor, detail=detail)
    return _page(_search(desk), verdict, told)


def export_record() -> Response:
    """A table for a spreadsheet, in which no cell runs as a formula."""
    desk, user = the_desk(), signed_in()
    search, names = _search(desk), desk.ledger.access.names()
    about = f"from={search.first_on} to={search.last_on} who={search.actor[:60]}"
    desk.ledger.audit.note("record.exported", actor=user.actor, detail=about)
    rows = [
        (
            one.at.astimezone(search.zone).strftime(_AT_ONCE),
            say_actor(one.actor, names),
            say_action(one.action),
            one.receipt,
            one.action,
            one.detail,
        )
        for page in search.everything(desk)
        for one in page
    ]
    body = write_csv([_HEADINGS, *rows]).encode("utf-8-sig")
    answer = Response(body, mimetype="text/csv")
    name = f"record-{search.first_on}-{search.last_on}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _verify(desk: Desk, told: str) -> tuple[Verdict, str]:
    try:
        known = ChainHead.parse(told) if told else None
    except ValueError:
        words = (
            "Copy what stands under “Record” in the mail: the number, a space, and all the letters."
        )
        return Verdict(
            holds=False, heading="That is not what a summary says", words=words
        ), "no head"
    desk.ledger.audit.chain()
    try:
        head = desk.ledger.audit.verify(known)
    except ChainBroken as broken:
        verdict = Verdict(holds=False, heading="The record was changed", words=_say(desk, broken))
        return verdict, f"broken={broken.link} how={broken.breach.value.replace(' ', '_')}"
    if head is None:
        return Verdict(holds=True, heading="The record is empty", words=""), "empty"
    since = f", and agrees with entry {known.link} of your mail" if known else ""
    words = f"All {head.link:,} entries are as they were written, and none is missing{since}."
    return Verdict(holds=True, heading="The record holds", words=words), f"link={head.link}"


def _say(desk: Desk, broken: ChainBroken) -> str:
    place = f"Entry {broken.link:,}"
    if broken.last_link > broken.link:
        place = f"Entries {broken.link:,} to {broken.last_link:,}"
    how = {
        Breach.CHANGED: f"{place} is not what was written there.",
        Breach.MISSING: f"{place}: missing.",
        Breach.REWRITTEN: f"{place} does not follow upon what stands before it: the past was "
        "written anew.",
        Breach.CUT_OFF: f"{place}: missing, at the end.",
    }[broken.breach]
    last = f" Everything up to {_moment(desk, broken.before)} holds." if broken.before else ""
    return (
        f"{how}{last} Somebody wrote to the database past this program. Keep a copy of it as it is, "
        "and compare it with your last backup."
    )


def _moment(desk: Desk, at: datetime) -> str:
    return say_stamp(at, desk.practice().time_zone)


def _search(desk: Desk) -> Search:
    return Search.parse(request.args, desk.clock(), desk.practice().time_zone)


def _page(search: Search, verdict: Verdict | None = None, told: str = "") -> Response:
    desk = the_desk()
    names = desk.ledger.access.names()
    found, before = shown(search.page(desk))
    asked: dict[str, Any] = {
        "from": search.first_on.isoformat(),
        "to": search.last_on.isoformat(),
        "who": search.actor or None,
        "receipt": search.receipt or None,
    }
    view = RecordPage(
        action=url_for("desk.show_record"),
        export=url_for("desk.export_record"),
        verify=url_for("desk.verify_record", **asked),
        first_on=search.first_on.isoformat(),
        last_on=search.last_on.isoformat(),
        receipt=search.receipt,
        people=tuple(
            Person(actor, name, actor == search.actor) for actor, name in _people(names).items()
        ),
        entries=tuple(
            Entry(
                when=_moment(desk, one.at),
                who=say_actor(one.actor, names),
                what=say_action(one.action),
                receipt=one.receipt,
                href=url_for("desk.show_record", **{**asked, "receipt": one.receipt})
                if one.receipt
                else "",
            )
            for one in found
        ),
        more=url_for("desk.show_record", **asked, before=before) if before else "",
        verdict=verdict,
        told=told,
    )
    return render_page("record/record.html", view, title="Record", signed_in=signed_in())


def _people(names: dict[str, str]) -> dict[str, str]:
    users = {f"user:{user_id}": name for user_id, name in names.items()}
    others = {actor: say_actor(actor, {}) for actor in ("office", "patient", "worker", "command")}
    return {**dict(sorted(users.items(), key=lambda pair: pair[1].casefold())), **others}
