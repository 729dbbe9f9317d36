"""What was done for privacy, and when: a list that is added to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to, render_page
from form_server.desk.privacy.agreements import read_day
from form_server.desk.privacy.pack import today_at
from form_server.desk.referral.times import say_date
from form_server.ledger.diligence import DeedKind, NewDeed

KINDS: Final[Mapping[DeedKind, str]] = MappingProxyType(
    {
        DeedKind.TRAINING: "Training",
        DeedKind.RISK: "Look at the risks",
        DeedKind.DOWNTIME: "Downtime drill",
        DeedKind.INCIDENT: "Incident",
    }
)
_MOST_WORDS: Final = 500
_ID: Final = re.compile(r"[0-9a-z]{20,40}")
_WRONG: Final = "Pick what it was, write the day (not in the future), and a sentence about it."


@dataclass(frozen=True)
class Line:
    day: str
    kind: str
    words: str
    by: str


@dataclass(frozen=True)
class DeedsPage:
    lines: tuple[Line, ...]
    kinds: tuple[tuple[str, str], ...]
    today: str
    action: str
    new_id: str
    typed: Mapping[str, str]
    done: str
    error: str


def show_deeds() -> Response:
    return _render(done="Recorded." if request.args.get("done") == "1" else "")


def record_deed() -> Response:
    desk, user = the_desk(), signed_in()
    form = request.form
    kind = next((one for one in DeedKind if one.value == form.get("kind")), None)
    done_on = read_day(form.get("done_on", ""))
    words = form.get("words", "").strip()[:_MOST_WORDS]
    if kind is None or done_on is None or done_on > today_at(desk) or not words:
        return _render(error=_WRONG)
    given = form.get("deed_id", "")
    new_id = given if _ID.fullmatch(given) else desk.ledger.new_id()
    desk.ledger.diligence.record(NewDeed(new_id, kind, done_on, words), user_id=user.user.id)
    return go_to(url_for("desk.show_deeds", done="1"))


def _render(*, done: str = "", error: str = "") -> Response:
    desk = the_desk()
    names = desk.ledger.access.names()
    view = DeedsPage(
        lines=tuple(
            Line(
                say_date(one.done_on),
                KINDS[one.kind],
                one.words,
                names.get(one.recorded_by, one.recorded_by),
            )
            for one in desk.ledger.diligence.all()
        ),
        kinds=tuple((one.value, label) for one, label in KINDS.items()),
        today=today_at(desk).isoformat(),
        action=url_for("desk.record_deed"),
        new_id=desk.ledger.new_id(),
        typed=request.form if error else {},
        done=done,
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "privacy/deeds.html", view, title="Training and risks", signed_in=signed_in(), status=status
    )
