"""Talks, news, the fax form and the résumé: what is sent or handed over on request."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Door, Each, Need, Scope, Sheet, Sides, Use

TALKS: Final = (
    Sheet(
        name="fax-form",
        title="Fax-back referral form",
        use=Use.LEAVE,
        audience="offices that work by fax",
        scope=Scope.PRACTICE,
        door=Door.OFFICE,
        papers=BOTH,
        template="fax-form.typ",
        about="The six facts of a referral on one page, black on white, for the fax machine.",
        needs=Need.FAX,
    ),
    Sheet(
        name="resume",
        title="Résumé, only if asked",
        use=Use.TAKE,
        audience="whoever asks for it",
        scope=Scope.CLINICIAN,
        door=None,
        papers=BOTH,
        template="resume.typ",
        about="Packed for every visit and offered only if asked: practice, training, licence, NPI.",
        needs=Need.RESUME,
    ),
    Sheet(
        name="talks-menu",
        title="Menu of talks",
        use=Use.TAKE,
        audience="whoever plans a team meeting",
        scope=Scope.HOUSE,
        door=None,
        papers=BOTH,
        template="talks-menu.typ",
        about="Every talk on one page: what it is about, how long, for whom, and how to ask for it.",
        needs=Need.TRAININGS,
    ),
    Sheet(
        name="talk-flyer",
        title="Flyer for a talk",
        use=Use.LEAVE,
        audience="whoever may come to the talk",
        scope=Scope.HOUSE,
        door=None,
        papers=BOTH,
        template="talk-flyer.typ",
        about="One talk for the wall of a break room, with room to write day, time and place.",
        each=Each.TRAINING,
        needs=Need.TRAININGS,
        names_office=True,
    ),
    Sheet(
        name="newsletter",
        title="Newsletter",
        use=Use.MAIL,
        audience="everybody who refers, four times a year at most",
        scope=Scope.HOUSE,
        door=Door.OFFICE,
        papers=BOTH,
        template="newsletter.typ",
        about="Your newest note with openings, talks and the way to refer, on two pages for the mail.",
        needs=Need.NOTES,
        sides=Sides.LONG,
        pages=2,
    ),
)
