"""Cards, labels and tents: measured to the hundredth of an inch."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.sheet import BOTH, Door, Paper, Scope, Sheet, Sides, Stock, Use

CARDS: Final = (
    Sheet(
        name="business-card",
        title="Business cards",
        use=Use.TAKE,
        audience="offices, and the people they send",
        scope=Scope.CLINICIAN,
        door=Door.PATIENT,
        papers=BOTH,
        template="business-card.typ",
        about="Ten cards for the printer at home: who you help in front, a way to ask for a call behind.",
        stock=Stock.CARDS,
        sides=Sides.LONG,
        pages=2,
        margin_mm=6.0,
    ),
    Sheet(
        name="business-card-press",
        title="Business card for a print shop",
        use=Use.TAKE,
        audience="offices, and the people they send",
        scope=Scope.CLINICIAN,
        door=Door.PATIENT,
        papers=(Paper.OWN,),
        template="business-card-press.typ",
        about="The same card with bleed and crop marks, to upload to a print shop: 3.5 by 2 inches.",
        stock=Stock.PRESS,
        sides=Sides.LONG,
        pages=2,
        page_mm=(88.9, 50.8),
        bleed_mm=3.175,
        margin_mm=3.175,
    ),
    Sheet(
        name="address-labels",
        title="Return address labels",
        use=Use.MAIL,
        audience="whoever you write to",
        scope=Scope.HOUSE,
        door=None,
        papers=BOTH,
        template="address-labels.typ",
        about="The practice's address on a sheet of labels, for the corner of an envelope.",
        stock=Stock.LABELS,
        margin_mm=6.0,
    ),
    Sheet(
        name="desk-tent",
        title="Desk tent",
        use=Use.LEAVE,
        audience="people who wait at a front desk",
        scope=Scope.PRACTICE,
        door=Door.PATIENT,
        papers=BOTH,
        template="desk-tent.typ",
        about="Two tents to fold and stand up, readable from both sides, with a way to ask for a call.",
        stock=Stock.TENTS,
        margin_mm=6.0,
    ),
)
