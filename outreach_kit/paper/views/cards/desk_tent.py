"""A tent that stands on a front desk: whom the practice helps, and a way to ask for a call."""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.paper.views.cards.faces import answer_line
from outreach_kit.paper.views.cards.stocks import TENT_CUTS
from outreach_kit.paper.views.frame import Commission, SheetView, door_code, frame, passages_of
from outreach_kit.paper.wording import breakable

SIZES_PT: Final = (
    19.0, 18.0, 17.0, 16.0, 15.5, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0,
)  # fmt: skip


def view_tent(commission: Commission) -> SheetView:
    """The tents of the job's clinician, else of the whole practice."""
    practice, clinician = commission.practice, commission.clinician
    stock = TENT_CUTS[commission.job.paper]
    _ = commission.wording.gettext
    whose = clinician.name_and_credentials if clinician else practice.name
    niche = clinician.facts.niche if clinician else practice.niche
    phone = (clinician.facts.phone if clinician else None) or practice.contact.phone
    code = door_code(commission)
    source = commission.job.source
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Desk tents: {name}").format(name=whose),
            description=niche,
            keywords=[practice.name, practice.address.city],
        ),
        "stock": stock.data,
        "lists": {},
        "sizes_pt": SIZES_PT,
        "how": _("{stock}. Print at 100%, one side. Fold at the marks.").format(stock=stock.name)
        if stock.name
        else _("Print on card stock at 100%, one side. Cut at the dashes, fold at the marks."),
        "kicker": _("Were you given our name?"),
        "practice": breakable(practice.name) if clinician else "",
        "name": breakable(clinician.name if clinician else practice.name),
        "credentials": [breakable(one) for one in clinician.facts.credentials] if clinician else [],
        "niche": breakable(niche),
        "call": _("Call, or leave a message."),
        "phone": phone.display,
        "answer": answer_line(commission),
        "scan": _("Scan to ask for a call."),
        "code": code,
        "source": _("Prepared for {office}").format(office=breakable(source.name))
        if source
        else None,
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=passages_of(commission, clinician),
    )
