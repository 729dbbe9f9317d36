"""The page of what is owed to patients: whom to try again, whom to send an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.inbox.rows import Line, list_lines
from form_server.desk.owed.estimates import find_estimates
from form_server.desk.owed.item import Sight
from form_server.desk.owed.tries import find_tries
from form_server.desk.page import render_page

MOST_SHOWN: Final = 50


@dataclass(frozen=True)
class OwedLine:
    line: Line
    due: str
    is_late: bool


@dataclass(frozen=True)
class OwedPage:
    """`more_*` count what the page has no room for."""

    tries: tuple[OwedLine, ...]
    more_tries: int
    estimates: tuple[OwedLine, ...]
    more_estimates: int


def show_owed() -> Response:
    desk, user = the_desk(), signed_in()
    sight = Sight(desk, user, Keyring.of(desk, user), desk.clock())
    tries, estimates = find_tries(sight), find_estimates(sight)
    today = sight.today
    said_tries = {one.referral_id: (one.say(today), one.last_on < today) for one in tries}
    said_estimates = {one.referral_id: (one.say(today), one.due_on < today) for one in estimates}
    shown_tries, shown_estimates = _lines(sight, said_tries), _lines(sight, said_estimates)
    desk.ledger.audit.note(
        "owed.opened", actor=user.actor, detail=f"names={len(shown_tries) + len(shown_estimates)}"
    )
    view = OwedPage(
        tries=shown_tries,
        more_tries=len(tries) - len(shown_tries),
        estimates=shown_estimates,
        more_estimates=len(estimates) - len(shown_estimates),
    )
    return render_page("owed/owed.html", view, title="What is owed", signed_in=user)


def _lines(sight: Sight, said: Mapping[str, tuple[str, bool]]) -> tuple[OwedLine, ...]:
    """In the order of what was said; the ledger is asked once for all of them."""
    ids = list(said)[:MOST_SHOWN]
    found = {one.id: one for one in sight.desk.ledger.listing.of(ids)}
    referrals = [found[one] for one in ids if one in found]
    lines = list_lines(sight.desk, sight.keyring, referrals, sight.now)
    return tuple(OwedLine(line, *said[one.id]) for one, line in zip(referrals, lines, strict=True))
