"""The one-page guide that an office keeps beside the telephone: whom to send, and how to hand over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.paper.views.crisis import crisis
from outreach_kit.paper.views.crowd import are_too_many, say_how_many, shared_reasons
from outreach_kit.paper.views.frame import (
    AUDIENCES_FILE,
    PRACTICE_FILE,
    Commission,
    Place,
    SheetView,
    clinician_file,
    foot,
    frame,
    passages_of,
)
from outreach_kit.paper.views.guides.handing_over import (
    doors,
    in_an_office,
    steps,
    what_happens_next,
)
from outreach_kit.paper.views.sections import at_a_glance, cost, plans
from outreach_kit.paper.wording import breakable
from outreach_kit.practice import Clinician
from outreach_kit.practice.built_in import HOUSE_PROMISES, said_in

_OWN: Final = "refer_when"
BODY_SIZES_PT: Final = (12.5, 12.0, 11.5, 11.0, 10.75, 10.5, 10.25, 10.0)
"""Body sizes to try, largest first; 10 pt is the least that is read at a desk without effort."""


def view_guide(commission: Commission) -> SheetView:
    """The guide for one audience, to the one clinician, to one of a group, or to the whole group."""
    practice, audience, clinician = commission.practice, commission.audience, commission.clinician
    _ = commission.wording.gettext
    whose = (clinician,) if clinician else practice.clinicians_for(audience)
    office = in_an_office(audience)
    name = clinician.name if clinician else practice.name
    niche = clinician.facts.niche if clinician else practice.identity.niche or ""
    groups = _groups(commission, whose)
    not_fit = _not_fit(whose)
    insurance = plans(commission)
    how = steps(commission, clinician)
    lists = {group["key"]: len(group["items"]) for group in groups}
    lists |= {"not_fit": len(not_fit), "plans": len(insurance["items"])}
    if how["own"]:
        lists["how"] = len(how["steps"])
    title = _title(commission, clinician.name_and_credentials if clinician else practice.name)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=title,
            description=niche or title,
            keywords=[commission.job.sheet.name, practice.name, practice.address.city],
        ),
        "sizes_pt": BODY_SIZES_PT,
        "lists": {key: count for key, count in lists.items() if count},
        "kicker": _("Referral guide")
        if office
        else _("Referral guide: {audience}").format(audience=audience.name),
        "practice": breakable(practice.name),
        "heading": {
            "before": _("Referring to"),
            "name": breakable(name),
            "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
            "shared": clinician is None,
        },
        "portrait": portrait_drawing(clinician, practice.name) if clinician else None,
        "opening": "" if office else audience.opening or "",
        "niche": niche,
        "glance": _glance(commission, whose),
        "refer": {"heading": _("Refer when"), "groups": groups},
        "not_fit": {
            "heading": _("Not the right fit"),
            "items": [breakable(item) for item in not_fit],
            "promise": clinician.facts.not_fit_promise
            if clinician
            else said_in(HOUSE_PROMISES, commission.language),
        },
        "steps": how,
        "doors": doors(commission),
        "next": {"heading": _("What happens next"), "steps": list(what_happens_next(commission))},
        "plans": insurance,
        "cost": cost(commission),
        "crisis": crisis(commission),
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists=_places(commission, whose),
        passages=passages_of(commission, clinician),
    )


def _title(commission: Commission, name: str) -> str:
    _ = commission.wording.gettext
    audience = commission.audience
    if in_an_office(audience):
        return _("Referral guide: {name}").format(name=name)
    return _("Referral guide for {audience}: {name}").format(audience=audience.name, name=name)


def _groups(commission: Commission, whose: Sequence[Clinician]) -> list[dict[str, Any]]:
    """Whom to send: one list in the audience's words, else each clinician's own, or what many share."""
    clinician = commission.clinician
    if own := commission.audience.refer_when:
        return [{"key": _OWN, "who": None, "items": [breakable(reason) for reason in own]}]
    if are_too_many(whose):
        shared = [breakable(reason.label) for reason in shared_reasons(whose)]
        return [{"key": _OWN, "who": None, "items": shared}]
    return [
        {
            "key": f"refer_when:{one.slug}",
            "who": breakable(one.name_and_credentials) if clinician is None else None,
            "items": [
                breakable(reason.text if clinician else reason.label)
                for reason in one.facts.refer_when
            ],
        }
        for one in whose
    ]


def _glance(commission: Commission, whose: Sequence[Clinician]) -> list[str]:
    """With the names of those in a group who are for the audience, where no list says them."""
    clinician = commission.clinician
    glance = at_a_glance(commission, clinician)
    if are_too_many(whose):
        return [*glance, say_how_many(commission, whose)]
    if clinician is None and commission.audience.refer_when:
        glance = [*glance, *(breakable(one.name) for one in whose)]
    return glance


def _places(commission: Commission, whose: Sequence[Clinician]) -> dict[str, Place]:
    """Where each list stands that may have to be cut."""
    index = commission.practice.audiences.index(commission.audience)
    reasons = {
        f"refer_when:{one.slug}": Place(clinician_file(one), ("refer_when",)) for one in whose
    }
    return {
        **reasons,
        _OWN: Place(AUDIENCES_FILE, ("audience", index, "refer_when")),
        "how": Place(AUDIENCES_FILE, ("audience", index, "how")),
        "not_fit": Place(clinician_file(whose[0]), ("not_fit",)),
        "plans": Place(PRACTICE_FILE, ("insurance", "plans")),
    }


def _not_fit(whose: Sequence[Clinician]) -> list[str]:
    """What none of them takes: in a group, one clinician's limit may be another's niche."""
    first, *others = (clinician.facts.not_fit for clinician in whose)
    return [item for item in first if all(item in other for other in others)]
