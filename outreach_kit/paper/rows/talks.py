"""Talks, news, the fax form and the résumé: what is sent or handed over on request."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Door, Need, Scope, Sheet, Use

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
)
