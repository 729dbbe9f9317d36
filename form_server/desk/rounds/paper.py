"""What a morning takes along on paper: its plan, and a visit sheet for each office, as one file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, request, url_for

from form_server.desk.copies.handing import file_name
from form_server.desk.page import go_to
from form_server.desk.rounds.drafts import Drafting
from form_server.desk.rounds.route import address_of, packed, read_offices
from form_server.desk.rounds.seen import Seen
from form_server.desk.rounds.wording import say_count, say_pieces, say_route, say_way
from form_server.rounds import SourceDetail, printed_source
from outreach_kit.errors import HandoffError
from outreach_kit.outreach.visit_day import CALM
from outreach_kit.paper import Paper, Press, SheetJob, Source, plan_sheets
from outreach_kit.paper.day_plan import DayPlan, PlannedStop, render_day_plan

_SHEET = "visit-sheet"
_PDF = "application/pdf"
_LETTER_LANDS = frozenset({"US", "CA"})
"""Where paper is Letter; A4 elsewhere."""


def print_day_plan() -> Response:
    """One page, which can be read aloud."""
    seen = Seen.here()
    codes = _codes(seen)
    try:
        return _hand_over(seen, _plan(seen, codes), "visit-plan")
    except HandoffError as refused:
        return _refuse(codes, refused)


def print_visit_day() -> Response:
    """The plan, then each office's sheet in the order of the way: one file for the printer."""
    seen = Seen.here()
    codes = _codes(seen)
    try:
        sheets = [_plan(seen, codes), *_visit_sheets(seen, codes)]
    except HandoffError as refused:
        return _refuse(codes, refused)
    return _hand_over(seen, _join(sheets), "visit-day")


def _codes(seen: Seen) -> list[str]:
    return [one.code for one in seen.in_order(read_offices(request.args.getlist("office")))]


def _refuse(codes: list[str], refused: HandoffError) -> Response:
    del refused  # what it says names offices, and an address is no place for it
    return go_to(url_for("desk.show_visit_day", office=codes, done="unprinted"))


def _plan(seen: Seen, codes: list[str]) -> bytes:
    details, day = seen.survey.details(codes), seen.survey.plan_day(codes)
    drafting = Drafting.of(seen.desk, seen.keyring)
    places = [details[code].standing.place for code in codes]
    ways = [
        say_way(before, here) for before, here in zip((seen.start, *places), places, strict=False)
    ]
    stops = [
        PlannedStop(
            name=visit.name,
            way=way,
            facts=_facts(details[visit.code]),
            greet=visit.greet,
            ask_for=visit.ask_for,
            bring=say_pieces(visit.bring),
            say=drafting.draft(details[visit.code]).title,
        )
        for visit, way in zip(day.visits, ways, strict=True)
    ]
    route = say_route(seen.start, places)
    about = [say_count(len(stops), "office", "offices"), *([route] if route else [])]
    plan = DayPlan(" · ".join(about), CALM, stops, packed(day))
    practice = seen.desk.practice()
    return render_day_plan(plan, practice, seen.survey.today, _stamp(seen), _paper(seen))


def _facts(detail: SourceDetail) -> tuple[str, ...]:
    facts = detail.standing.card.facts
    said = (", ".join(address_of(detail.standing)), facts.hours, facts.phone)
    return tuple(one for one in said if one)


def _visit_sheets(seen: Seen, codes: list[str]) -> list[bytes]:
    details = seen.survey.details(codes)
    practice = seen.desk.practice()
    jobs = [_job(seen, details[code]) for code in codes]
    with TemporaryDirectory(prefix="handoff-fonts-") as cache:
        press = Press(Path(cache))
        return [
            press.pdf(
                job,
                practice,
                today=seen.survey.today,
                timestamp=_stamp(seen),
                form_url=seen.desk.public_url,
                site_url=practice.identity.site_url,
            ).bytes
            for job in jobs
        ]


def _job(seen: Seen, detail: SourceDetail) -> SheetJob:
    """In the words of the office's audience, for the practice as a whole."""
    card, practice = detail.standing.card, seen.desk.practice()
    named = printed_source(card)
    source = Source(named.code, named.name, detail.caller.front_desk)
    jobs = plan_sheets(
        practice, papers=[_paper(seen)], only=_SHEET, source=source, whose=_whose(seen)
    )
    first = practice.audiences[0].slug
    edition = "" if card.facts.audience in {"", first} else card.facts.audience
    return next((job for job in jobs if job.edition == edition), jobs[0])


def _whose(seen: Seen) -> tuple[str | None, ...]:
    """The user's own clinician, in a group too."""
    clinician = Drafting.of(seen.desk, seen.keyring).clinician
    is_own = seen.desk.practice().is_group and clinician
    return (clinician,) if is_own else (None,)


def _paper(seen: Seen) -> Paper:
    return Paper.LETTER if seen.desk.practice().address.country in _LETTER_LANDS else Paper.A4


def _stamp(seen: Seen) -> int:
    return int(seen.now.timestamp())


def _join(sheets: Iterable[bytes]) -> bytes:
    """For the printer, without tags: each sheet alone can be read aloud."""
    import pikepdf  # late: only when somebody prints

    joined = io.BytesIO()
    with pikepdf.new() as whole:
        for sheet in sheets:
            with pikepdf.open(io.BytesIO(sheet)) as one:
                whole.pages.extend(one.pages)
        whole.save(joined, deterministic_id=True)
    return joined.getvalue()


def _hand_over(seen: Seen, pdf: bytes, what: str) -> Response:
    zone = seen.desk.practice().time_zone
    answer = Response(pdf, mimetype=_PDF)
    name = file_name(what, seen.now, zone, "pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
