"""The panels of a referral's page, from the top to the bottom.

A room that adds one takes `Panel` from `panel`, not from here: this module imports the rooms.
"""

from __future__ import annotations

import logging
from typing import Final

from form_server.desk.colleagues.panel import build_placing
from form_server.desk.copies.panel import build_leads
from form_server.desk.referral.about import build_about, build_office, build_reasons
from form_server.desk.referral.case import Case
from form_server.desk.referral.ending import build_ending
from form_server.desk.referral.first_call import build_fit, build_script
from form_server.desk.referral.history import build_history
from form_server.desk.referral.panel import Panel, Shown
from form_server.desk.referral.reach import build_reach
from form_server.desk.referral.shut import build_risk, build_shut
from form_server.desk.replies.booking import PANEL as BOOKING
from form_server.desk.replies.panel import PANEL as REPLIES
from form_server.desk.team.inside import build_inside
from form_server.desk.team.waiting import build_waiting
from form_server.desk.team.who import build_who
from form_server.ledger import RowDamaged

log = logging.getLogger(__name__)

PANELS: Final = (
    Panel("referral/shut.html", build_shut),
    Panel("referral/risk.html", build_risk),
    Panel("referral/reasons.html", build_reasons),
    Panel("team/who.html", build_who),
    Panel("referral/reach.html", build_reach),
    Panel("referral/about.html", build_about),
    Panel("referral/script.html", build_script),
    Panel("referral/fit.html", build_fit),
    Panel("team/inside.html", build_inside),
    Panel("team/waiting.html", build_waiting),
    Panel("colleagues/panel.html", build_placing),
    Panel("referral/office.html", build_office),
    BOOKING,
    REPLIES,
    Panel("referral/history.html", build_history),
    Panel("copies/panel.html", build_leads),
    Panel("referral/ending.html", build_ending),
)


def lay_out(case: Case) -> tuple[Shown, ...]:
    """What this case has to show, in the order of the page."""
    return tuple(shown for panel in PANELS if (shown := _show(panel, case)) is not None)


def _show(panel: Panel, case: Case) -> Shown | None:
    """A row of one panel that is damaged leaves the others: whom to call stands in one of them."""
    try:
        view = panel.build(case)
    except (RowDamaged, ValueError, TypeError, LookupError) as error:
        # Its text may quote the row; its kind does not.
        log.error("%s of %s: %s", panel.template, case.referral.id, type(error).__name__)
        return Shown("desk/referral/lost.html", None)
    return None if view is None else Shown(f"desk/{panel.template}", view)
