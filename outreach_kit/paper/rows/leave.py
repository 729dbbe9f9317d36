"""What stays at a front desk and goes home with the people it is for."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Door, Each, Paper, Scope, Sheet, Sides, Stock, Use

PAD_MARGIN_MM: Final = 9.52
"""The glue edge of 0.375 in, kept free on all sides of a piece."""

LEAVE: Final = (
    Sheet(
        name="referral-pad",
        title="Referral pad",
        use=Use.LEAVE,
        audience="whoever refers, with a pen in hand",
        scope=Scope.PRACTICE,
        door=Door.OFFICE,
        papers=BOTH,
        template="referral-pad.typ",
        about="Four slips to a sheet, to write on. Cut along the marks and glue the upper edges.",
        stock=Stock.PLAIN,
        margin_mm=PAD_MARGIN_MM,
    ),
    Sheet(
        name="referral-pad-2up",
        title="Referral pad, large",
        use=Use.LEAVE,
        audience="schools, congregations, and whoever reads larger type",
        scope=Scope.PRACTICE,
        door=Door.OFFICE,
        papers=BOTH,
        template="referral-pad-2up.typ",
        about="Two large slips to a sheet. Cut across the middle and glue the upper edges.",
        each=Each.AUDIENCE,
        stock=Stock.PLAIN,
        margin_mm=PAD_MARGIN_MM,
    ),
    Sheet(
        name="brochure",
        title="Brochure",
        use=Use.LEAVE,
        audience="the person who may call",
        scope=Scope.PRACTICE,
        door=Door.PATIENT,
        papers=(Paper.LETTER,),
        template="brochure.typ",
        about="Three panels, both sides: the first call and visit, the cost, and how to begin.",
        stock=Stock.HEAVY,
        sides=Sides.SHORT,
        pages=2,
        page_mm=(279.4, 215.9),
        margin_mm=9.5,
    ),
    Sheet(
        name="poster",
        title="Front-desk poster",
        use=Use.LEAVE,
        audience="whoever waits at a front desk",
        scope=Scope.PRACTICE,
        door=Door.PATIENT,
        papers=BOTH,
        template="poster.typ",
        about="One page to frame or to pin up: read from two meters, scanned from an arm's length.",
        stock=Stock.HEAVY,
    ),
    Sheet(
        name="patient-slip",
        title="Slip for the patient",
        use=Use.LEAVE,
        audience="the patient who was just referred",
        scope=Scope.PRACTICE,
        door=Door.PATIENT,
        papers=BOTH,
        template="patient-slip.typ",
        about="Three to a sheet, to cut: who calls, from which number, by when, and what it costs.",
        margin_mm=PAD_MARGIN_MM,
    ),
)
