"""Which kinds of colleague are missing: what people needed in the last year, and nobody had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import Response, url_for

from form_server.desk.colleagues.need import need_of, open_understood
from form_server.desk.colleagues.wording import candidate_of
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.page import render_page
from outreach_kit.outreach.gaps import Gap, find_gaps
from outreach_kit.outreach.matching import Need

_LOOKED_BACK: Final = timedelta(days=365)
_MOST_READ: Final = 200


@dataclass(frozen=True)
class GapsPage:
    """`read` is how many referrals were opened to count; no one of them is told apart."""

    gaps: tuple[Gap, ...]
    read: int
    back: str
    new: str


def show_colleague_gaps() -> Response:
    """Counted from what opens with the user's own keys, and kept nowhere."""
    desk, user = the_desk(), signed_in()
    needs = list(_needs(desk, Keyring.of(desk, user)))
    desk.ledger.audit.note("gaps.opened", actor=user.actor, detail=f"read={len(needs)}")
    candidates = [candidate_of(one) for one in desk.ledger.colleagues.all()]
    view = GapsPage(
        gaps=tuple(find_gaps(needs, candidates)),
        read=len(needs),
        back=url_for("desk.show_colleagues"),
        new=url_for("desk.new_colleague"),
    )
    return render_page("colleagues/missing.html", view, title="Who is missing", signed_in=user)


def _needs(desk: Desk, keyring: Keyring) -> Iterator[Need]:
    since = desk.clock() - _LOOKED_BACK
    found = desk.ledger.placements.sent_on(keyring.inbox_ids, since, _MOST_READ)
    sealed = desk.ledger.placements.sought([one.id for one in found])
    for one in found:
        try:
            said = keyring.open(one)
        except Unreadable:
            continue
        yield need_of(said, open_understood(keyring, one, sealed), desk.practice())
