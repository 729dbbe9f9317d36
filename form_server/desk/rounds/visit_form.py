"""The form for a visit, made for a phone in a parking lot: ticks first, one field to write in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus

from flask import Response, request, url_for
from werkzeug.datastructures import MultiDict

from form_server.desk.page import render_page
from form_server.desk.rounds.day import Day
from form_server.desk.rounds.drafts import Draft, Drafting
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.typed_visit import TypedVisit, left_field, read_visit, seen_field
from form_server.desk.rounds.wording import PIECES, ROLES_SAID, WAYS_SAID
from form_server.ledger import NotFound, SourcePerson, VisitWay
from form_server.rounds import SourceDetail


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool
    note: str = ""


@dataclass(frozen=True)
class Pieces:
    """One item: how many were left, and how many had been there; `has` is the estimate."""

    label: str
    left: str
    left_value: str
    planned: str
    seen: str
    seen_value: str
    has: str


@dataclass(frozen=True)
class VisitPage:
    """`day` is the morning that this visit is a part of, or an empty one."""

    name: str
    became: str
    save: str
    back: str
    day: Day
    visit_id: str
    ways: tuple[Choice, ...]
    done_on: str
    today: str
    people: tuple[Choice, ...]
    new_name: str
    roles: tuple[Choice, ...]
    needs: str
    may_seal: bool
    named: tuple[str, ...]
    pieces: tuple[Pieces, ...]
    next_on: str
    suggested: str
    asked_back: bool
    draft: Draft
    said: bool
    faults: Mapping[str, str]


def show_visit_form(code: str) -> Response:
    """Raises NotFound."""
    seen = Seen.one(code)
    detail = detail_of(seen, code)
    today = seen.survey.today
    fresh = MultiDict({"done_on": today.isoformat(), "said": "yes"})
    if request.args.get("bring"):
        bring = seen.survey.plan_day([detail.standing.code]).visits[0].bring
        fresh.update({left_field(item): str(count) for item, count in bring.items() if count})
    if request.args.get("way", "") in set(VisitWay):
        fresh["way"] = request.args["way"]
    typed = read_visit(fresh, (), today, seen.desk.ledger.new_id())
    return visit_page(seen, detail, typed, ())


def detail_of(seen: Seen, code: str) -> SourceDetail:
    """One office that is on the list, whatever the case of its code. Raises NotFound."""
    detail = seen.survey.details([seen.desk.ledger.address_book.get(code).code])
    if not detail:
        raise NotFound("source", code)
    return next(iter(detail.values()))


def usual_next(seen: Seen, detail: SourceDetail, done_on: date) -> date:
    """By the office's own rhythm, or its tier's."""
    standing = detail.standing
    days = standing.card.facts.every_days or seen.survey.rhythm.every(standing.score.tier)
    return done_on + timedelta(days=days)


def visit_page(
    seen: Seen,
    detail: SourceDetail,
    typed: TypedVisit,
    named: tuple[str, ...],
    status: HTTPStatus = HTTPStatus.OK,
    *,
    became: str = "",
) -> Response:
    """`named` are words that may be patients' names: then the form asks before it takes them.
    `became` is the name of an office that became one with this one meanwhile."""
    code, today = detail.standing.code, seen.survey.today
    day = Day.of(request.values)
    suggested = usual_next(seen, detail, typed.done_on or today).isoformat()
    bring = seen.survey.plan_day([code]).visits[0].bring
    view = VisitPage(
        name=detail.standing.name,
        became=became,
        save=url_for("desk.log_visit", code=code),
        back=day.link("desk.show_visit_day") if day else url_for("desk.show_office", code=code),
        day=day,
        visit_id=typed.visit_id,
        ways=tuple(Choice(way.value, said, way is typed.way) for way, said in WAYS_SAID.items()),
        done_on=typed.raw["done_on"],
        today=today.isoformat(),
        people=tuple(_choice(one, typed) for one in _desk_first(detail)),
        new_name=typed.new_name,
        roles=tuple(
            Choice(role.value, said, role is typed.new_role) for role, said in ROLES_SAID.items()
        ),
        needs=typed.needs,
        may_seal=bool(seen.keyring.inbox_ids),
        named=named,
        pieces=tuple(
            Pieces(
                label=PIECES[one.item][1].capitalize(),
                left=left_field(one.item),
                left_value=typed.raw[left_field(one.item)],
                planned=str(bring[one.item]),
                seen=seen_field(one.item),
                seen_value=typed.raw[seen_field(one.item)],
                has=str(one.left) if one.low_on else "",
            )
            for one in detail.stock
        ),
        next_on=typed.raw["next_on"] or suggested,
        suggested=suggested,
        asked_back=typed.asked_back,
        draft=Drafting.of(seen.desk, seen.keyring).draft(detail),
        said=typed.said,
        faults=typed.faults,
    )
    return render_page(
        "rounds/visit.html", view, title="Log a visit", signed_in=seen.user, status=status
    )


def _desk_first(detail: SourceDetail) -> list[SourcePerson]:
    return sorted(detail.people, key=lambda one: not one.facts.role.is_front_desk)


def _choice(one: SourcePerson, typed: TypedVisit) -> Choice:
    role = one.facts.title or ROLES_SAID[one.facts.role]
    return Choice(one.id, one.name, one.id in typed.met, role)
