"""One colleague: how to reach them, what they take, and what went to and fro."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flask import Response, request, url_for

from form_server.desk.colleagues.same import is_same, unite
from form_server.desk.colleagues.wording import (
    Fact,
    full_name,
    is_thanks_owed,
    label_kinds,
    list_facts,
    say_takes,
    telephone,
)
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.ledger import Colleague, Dealings, NotFound

_DONE: Final = {
    "added": "Added to your directory.",
    "saved": "Saved.",
    "back": "Back in your directory.",
    "thanked": "Noted as thanked.",
    "merged": "The two entries are one now.",
}


@dataclass(frozen=True)
class Twin:
    """Another entry that looks like the same person."""

    name: str
    where: str
    id: str


@dataclass(frozen=True)
class ColleaguePage:
    """`office` leads to them in the book of those who refer; empty for whoever is not in it."""

    name: str
    is_removed: bool
    takes: tuple[str, ...]
    facts: tuple[Fact, ...]
    phone: str
    tel: str
    email: str
    website: str
    booking_url: str
    notes: str
    given: int
    received: int
    last: tuple[Fact, ...]
    owes_thanks: bool
    twins: tuple[Twin, ...]
    edit: str
    remove: str
    restore: str
    thank: str
    merge: str
    office: str
    all: str
    done: str


def show_colleague(colleague_id: str) -> Response:
    """Raises NotFound."""
    desk, user = the_desk(), signed_in()
    found = desk.ledger.colleagues.get(colleague_id)
    desk.ledger.audit.note("colleague.opened", actor=user.actor, detail=found.id)
    dealings = desk.ledger.colleagues.dealings().get(found.id, Dealings())
    practice, facts = desk.practice(), found.facts

    def way(endpoint: str) -> str:
        return url_for(f"desk.{endpoint}", colleague_id=found.id)

    view = ColleaguePage(
        name=full_name(facts),
        is_removed=found.removed_at is not None,
        takes=say_takes(facts, label_kinds(practice)),
        facts=list_facts(facts, practice.today(desk.clock())),
        phone=facts.phone,
        tel=telephone(facts.phone),
        email=facts.email,
        website=facts.website,
        booking_url=facts.booking_url,
        notes=facts.notes,
        given=dealings.given,
        received=dealings.received,
        last=_last(desk, dealings),
        owes_thanks=is_thanks_owed(found, dealings),
        twins=() if found.removed_at else tuple(_twins(desk, found)),
        edit=way("edit_colleague"),
        remove=way("remove_colleague"),
        restore=way("restore_colleague"),
        thank=way("thank_colleague"),
        merge=way("merge_colleagues"),
        office=_office(desk, facts.source_code),
        all=url_for("desk.show_colleagues"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("colleagues/one.html", view, title="Colleague", signed_in=user)


def remove_colleague(colleague_id: str) -> Response:
    """Raises NotFound."""
    the_desk().ledger.colleagues.remove(colleague_id, actor=signed_in().actor)
    return go_to(url_for("desk.show_colleagues", done="removed", id=colleague_id))


def restore_colleague(colleague_id: str) -> Response:
    """Raises NotFound."""
    the_desk().ledger.colleagues.restore(colleague_id, actor=signed_in().actor)
    return go_to(url_for("desk.show_colleague", colleague_id=colleague_id, done="back"))


def thank_colleague(colleague_id: str) -> Response:
    """Raises NotFound."""
    the_desk().ledger.colleagues.thank(colleague_id, actor=signed_in().actor)
    return go_to(url_for("desk.show_colleague", colleague_id=colleague_id, done="thanked"))


def merge_colleagues(colleague_id: str) -> Response:
    """This entry takes the other one in; only where they look like one person. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    kept = desk.ledger.colleagues.get(colleague_id)
    gone = desk.ledger.colleagues.get(request.form.get("other", ""))
    if gone.id not in {twin.id for twin in _twins(desk, kept)}:
        raise NotFound("colleague", gone.id)
    facts = replace(unite(gone.facts, kept.facts), name=kept.name)
    desk.ledger.colleagues.merge(kept.id, gone.id, facts, actor=user.actor)
    return go_to(url_for("desk.show_colleague", colleague_id=kept.id, done="merged"))


def _office(desk: Desk, code: str) -> str:
    known = desk.ledger.sources.get(code) if code else None
    return url_for("desk.show_office", code=known.code) if known else ""


def _twins(desk: Desk, found: Colleague) -> list[Twin]:
    return [
        Twin(full_name(one.facts), one.facts.practice or one.facts.town, one.id)
        for one in desk.ledger.colleagues.all()
        if one.id != found.id
        and (is_same(one.facts, found.facts) or is_same(found.facts, one.facts))
    ]


def _last(desk: Desk, dealings: Dealings) -> tuple[Fact, ...]:
    now, zone = desk.clock(), desk.practice().time_zone
    moments = (
        ("Last placed with them", dealings.last_given_at),
        ("Last came from them", dealings.last_received_at),
    )
    return tuple(Fact(label, say_moment(at, now, zone)) for label, at in moments if at)
