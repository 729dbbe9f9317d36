"""What the practice itself works by: visits, first calls, the year."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Each, Scope, Sheet, Use

VISITS: Final = (
    Sheet(
        name="visit-sheet",
        title="Visit sheet",
        use=Use.SELF,
        audience="whoever goes to see an office",
        scope=Scope.PRACTICE,
        door=None,
        papers=BOTH,
        template="visit-sheet.typ",
        about="What to pack, what to ask first, room to write, and the ask that comes last.",
        each=Each.AUDIENCE,
        names_office=True,
    ),
    Sheet(
        name="first-contact-script",
        title="First-contact script",
        use=Use.SELF,
        audience="whoever makes the first call",
        scope=Scope.CLINICIAN,
        door=None,
        papers=BOTH,
        template="first-contact-script.typ",
        about="What to say on the first call, from your own facts, with room for what you hear.",
    ),
    Sheet(
        name="team-training",
        title="How to answer a referral",
        use=Use.SELF,
        audience="everybody who picks up the telephone",
        scope=Scope.HOUSE,
        door=None,
        papers=BOTH,
        template="team-training.typ",
        about="For the team: answer fast, four topics, permissions, fit, outcome, and danger.",
    ),
    Sheet(
        name="year-calendar",
        title="A year of visits",
        use=Use.SELF,
        audience="whoever goes to see the offices",
        scope=Scope.HOUSE,
        door=None,
        papers=BOTH,
        template="year-calendar.typ",
        about="Twelve months: four rounds of visits, cookies, days off, and a box for every office.",
    ),
    Sheet(
        name="elevator-card",
        title="Elevator speech card",
        use=Use.SELF,
        audience="the clinician",
        scope=Scope.CLINICIAN,
        door=None,
        papers=BOTH,
        template="elevator-card.typ",
        about="The speech with its seconds to rehearse by, and two index cards to cut out.",
    ),
)
