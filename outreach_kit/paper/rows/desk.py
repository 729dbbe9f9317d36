"""Sheets about one patient, one morning or one installation: made where they are needed, never by a build."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Scope, Sheet, Use

DESK: Final = (
    Sheet(
        name="year-review",
        title="Year review",
        use=Use.SELF,
        audience="the practice itself",
        scope=Scope.DESK,
        door=None,
        papers=BOTH,
        template="year-review.typ",
        about="The year in figures, who sent most, and what is next; printed from the scorecard.",
    ),
    Sheet(
        name="day-plan",
        title="Plan of a morning",
        use=Use.SELF,
        audience="whoever goes to see the offices",
        scope=Scope.DESK,
        door=None,
        papers=BOTH,
        template="day-plan.typ",
        about="Where to, in which order, whom to greet, and what to pack; printed from a morning's plan.",
    ),
    Sheet(
        name="report-back",
        title="Report-back letter",
        use=Use.MAIL,
        audience="the office that asked for one, for its chart",
        scope=Scope.DESK,
        door=None,
        papers=BOTH,
        template="report-back.typ",
        about="One page for the chart, with the patient's consent; printed from the referral at the desk.",
    ),
    Sheet(
        name="estimate",
        title="Good-faith estimate",
        use=Use.MAIL,
        audience="the patient who pays without insurance",
        scope=Scope.DESK,
        door=None,
        papers=BOTH,
        template="estimate.typ",
        about="What care will cost, from the fees; printed from the referral at the desk.",
    ),
    Sheet(
        name="recovery-sheet",
        title="Recovery sheet",
        use=Use.SELF,
        audience="the owner",
        scope=Scope.DESK,
        door=None,
        papers=BOTH,
        template="recovery.typ",
        about="The words that open the referrals when all else is lost; made once, with the keys.",
    ),
)
