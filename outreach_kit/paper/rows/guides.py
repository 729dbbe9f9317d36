"""Sheets that say whom to send: for the offices, in their own words."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Door, Each, Scope, Sheet, Use

GUIDES: Final = (
    Sheet(
        name="guide",
        title="One-page referral guide",
        use=Use.TAKE,
        audience="physicians, nurses and front desks",
        scope=Scope.PRACTICE,
        door=Door.OFFICE,
        papers=BOTH,
        template="guide.typ",
        about="Whom to send, the sentence to say, three doors, and what happens next.",
        each=Each.AUDIENCE,
    ),
    Sheet(
        name="niche-profile",
        title="Niche profile",
        use=Use.LEAVE,
        audience="offices, colleagues and the people they send",
        scope=Scope.CLINICIAN,
        door=Door.OFFICE,
        papers=BOTH,
        template="niche-profile.typ",
        about="One clinician on one page: whom they help, how, for whom not, and how to reach them.",
    ),
)
