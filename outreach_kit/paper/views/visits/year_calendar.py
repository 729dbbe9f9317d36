"""A year of visits on one page: four rounds, the days off, cookies, and a box for every office."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from outreach_kit.paper.views.frame import Commission, SheetView, foot, frame, passages_of
from outreach_kit.paper.views.visits.months import days_off, months_from, view_month, weekdays
from outreach_kit.paper.wording import breakable

SIZES_PT: Final = (10.25,)
"""One size: hundreds of small cells are dear to measure twice."""
ROUND_MONTHS: Final = 3
"""Under 60 days a visit is a nuisance, after 180 you are forgotten."""
STARK_LIMIT: Final = ("$535", 2026)
"""What a physician may be given a year besides money (42 CFR 411.357(k), as CMS adjusted it), and when."""
_JULY, _DECEMBER = 7, 12


def view_calendar(commission: Commission) -> SheetView:
    """The twelve months that begin with today's."""
    practice, wording = commission.practice, commission.wording
    _ = wording.gettext
    months = months_from(commission.today)
    off = days_off(practice.hours, months, _("Closed"))
    rounds = [
        _round(commission, number, months[at : at + ROUND_MONTHS])
        for number, at in enumerate(range(0, len(months), ROUND_MONTHS), 1)
    ]
    for at, one in enumerate(rounds):
        part = months[at * ROUND_MONTHS : (at + 1) * ROUND_MONTHS]
        one["months"] = [view_month(month, off, wording) for month in part]
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("A year of visits: {practice}").format(practice=practice.name),
            description=_("Twelve months with four rounds of visits, cookies and days off."),
            keywords=[commission.job.sheet.name, practice.name],
        ),
        "sizes_pt": SIZES_PT,
        "lists": {},
        "kicker": _("Calendar"),
        "practice": breakable(practice.name),
        "heading": _("A year of visits"),
        "after": _("{first} to {last}").format(
            first=wording.month(months[0]), last=wording.month(months[-1])
        ),
        "lead": _(
            "Every three months: sooner than 60 days is a nuisance, after 180 you are forgotten."
        ),
        "weekdays": weekdays(wording),
        "rounds": rounds,
        "offices": {
            "heading": _("Offices"),
            "rounds": [str(one["number"]) for one in rounds],
            "cookies": _("Cookies"),
            "note": _("Tick the box under the number of the round when you have been there."),
        },
        "caution": _caution(commission),
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=passages_of(commission, None),
    )


def _round(commission: Commission, number: int, months: list[dt.date]) -> dict[str, Any]:
    _ = commission.wording.gettext
    held = {month.month for month in months}
    in_the_states = commission.practice.address.country == "US"
    ticks = [
        _("Visits"),
        _("Cards, brochures and pads restocked"),
        _("Thank-you cards posted"),
    ]
    if _JULY in held and in_the_states:
        ticks.append(_("Cookies on July 4, when nobody else brings them"))
    note = None
    if _DECEMBER in held:
        note = _("December is crowded: no cookies then, and few visits.")
    return {
        "number": number,
        "heading": _("Round {number}").format(number=number),
        "ticks": ticks,
        "note": note,
    }


def _caution(commission: Commission) -> list[str]:
    """What a gift may never be; the amount is shown as a caution and never as a budget."""
    _ = commission.wording.gettext
    lines = [
        _("Gifts: cookies for the whole desk, again next year. Never gift cards or money."),
        _("Never more for those who send more, and never in return for a referral."),
    ]
    if commission.practice.address.country == "US":
        amount, year = STARK_LIMIT
        lines.append(
            _(
                "Caution: all gifts to one physician stay under {amount} in {year} (Stark law); the "
                "amount changes every year. Write each gift down."
            ).format(amount=amount, year=year)
        )
    return lines
