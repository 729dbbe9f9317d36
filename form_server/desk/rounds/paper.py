"""What a morning takes along on paper: its plan, and a visit sheet for each office, as one file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from flask import Response, request

from form_server.desk.copies.handing import file_name
from form_server.desk.offices.handouts import press_room, refuse_printing
from form_server.desk.press_room import PressRoom
from form_server.desk.replies.letter import pdf_response
from form_server.desk.rounds.day import Day
from form_server.desk.rounds.drafts import Drafting
from form_server.desk.rounds.route import address_of, packed
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.wording import say_count, say_pieces, say_route, say_way
from form_server.rounds import SourceDetail, printed_source
from outreach_kit.errors import HandoffError
from outreach_kit.outreach.visit_day import CALM
from outreach_kit.paper import SheetJob, Source
from outreach_kit.paper.day_plan import DayPlan, PlannedStop, render_day_plan
from outreach_kit.paper.for_office import merge_for_printer, plan_office

_SHEET: Final = "visit-sheet"


def print_day_plan() -> Response:
    """One page, which can be read aloud."""
    seen = Seen.here()
    details = _details(seen)
    try:
        pdf = _plan(seen, details, press_room(seen.desk))
    except HandoffError as refused:
        return refuse_printing(refused)
    return _hand_over(seen, details, pdf, "visit-plan")


def print_visit_day() -> Response:
    """The plan, then each office's sheet in that order: one file for the printer."""
    seen = Seen.here()
    details, room = _details(seen), press_room(seen.desk)
    try:
        sheets = [_plan(seen, details, room)]
        sheets += [room.print(_job(seen, one, room)) for one in details.values()]
    except HandoffError as refused:
        return refuse_printing(refused)
    return _hand_over(seen, details, merge_for_printer(map(io.BytesIO, sheets)), "visit-day")


def _details(seen: Seen) -> Mapping[str, SourceDetail]:
    """In the order of the morning."""
    stops = seen.in_order(Day.of(request.args))
    return seen.survey.details([one.code for one in stops])


def _plan(seen: Seen, details: Mapping[str, SourceDetail], room: PressRoom) -> bytes:
    day = seen.survey.plan_day(list(details))
    drafting = Drafting.of(seen.desk, seen.keyring)
    places = [one.standing.place for one in details.values()]
    befores = (seen.start, *places)
    stops = [
        PlannedStop(
            name=visit.name,
            way=say_way(before, detail.standing.place),
            facts=_facts(detail),
            greet=visit.greet,
            ask_for=visit.ask_for,
            bring=say_pieces(visit.bring),
            say=drafting.draft(detail).title,
        )
        for visit, detail, before in zip(day.visits, details.values(), befores, strict=False)
    ]
    route = say_route(seen.start, places)
    about = [say_count(len(stops), "office", "offices"), *([route] if route else [])]
    plan = DayPlan(" · ".join(about), CALM, stops, packed(day))
    return render_day_plan(plan, room.practice, room.today, room.timestamp, room.paper)


def _facts(detail: SourceDetail) -> tuple[str, ...]:
    facts = detail.standing.card.facts
    said = (", ".join(address_of(detail.standing)), facts.hours, facts.phone)
    return tuple(one for one in said if one)


def _job(seen: Seen, detail: SourceDetail, room: PressRoom) -> SheetJob:
    """In the words of the office's audience, by the user's own clinician where an inbox says who."""
    card, practice = detail.standing.card, room.practice
    named = printed_source(card)
    source = Source(named.code, named.name, detail.caller.front_desk)
    audience = card.facts.audience
    known = practice.audience(audience) is not None
    jobs = plan_office(practice, source, audience if known else "", [room.paper], _SHEET)
    own = Drafting.of(seen.desk, seen.keyring).clinician
    return next((job for job in jobs if job.clinician and job.clinician.slug == own), jobs[0])


def _hand_over(seen: Seen, details: Mapping[str, object], pdf: bytes, what: str) -> Response:
    desk = seen.desk
    detail = f"{what} count={len(details)}"
    desk.ledger.audit.note("sources.printed", actor=seen.user.actor, detail=detail)
    return pdf_response(pdf, file_name(what, seen.now, desk.practice().time_zone, "pdf"))
