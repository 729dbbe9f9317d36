"""What the person is told who may call: in plain words, and never more than the practice has said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outreach_kit.paper.views.frame import Commission, door_code
from outreach_kit.paper.wording import breakable, breakable_address
from outreach_kit.practice.facts import Fee, FeeKind


def promise(commission: Commission) -> str:
    """“I call you within 4 working hours.”"""
    said, wording = commission.practice.promise, commission.wording
    _, ngettext = wording.gettext, wording.ngettext
    alone = not commission.practice.is_group
    if hours := said.working_hours:
        within = ngettext("{count} working hour", "{count} working hours", hours).format(
            count=hours
        )
    else:
        days = said.working_days or 1
        within = ngettext("{count} working day", "{count} working days", days).format(count=days)
    text = _("I call you within {time}.") if alone else _("We call you within {time}.")
    return text.format(time=within)


def first_visit_soon(commission: Commission) -> str | None:
    """How long people wait, where the practice promises that."""
    days = commission.practice.promise.seen_within_days
    if days is None:
        return None
    return commission.wording.ngettext(
        "The first visit can most often be within {count} day.",
        "The first visit can most often be within {count} days.",
        days,
    ).format(count=days)


def first_call_price(commission: Commission) -> str | None:
    """“The first call takes 15 minutes and is free.”"""
    booking, wording = commission.practice.booking, commission.wording
    _ = wording.gettext
    if booking.consultation_minutes is None:
        return None
    text = (
        _("The first call takes {minutes} minutes and costs {price}.")
        if booking.consultation_price
        else _("The first call takes {minutes} minutes and is free.")
    )
    return text.format(
        minutes=booking.consultation_minutes, price=wording.money(booking.consultation_price)
    )


def fees(commission: Commission) -> list[dict[str, str]]:
    """Each fee by name, how long it is, what it costs, and the practice's note."""
    wording = commission.wording
    return [
        {
            "name": breakable(fee.name),
            "minutes": wording.ngettext(
                "{count} minute", "{count} minutes", fee.minutes
            ).format(count=fee.minutes)
            if fee.minutes
            else "",
            "price": wording.money(fee.price),
            "note": fee.note or "",
        }
        for fee in commission.practice.fees
    ]  # fmt: skip


def fee_of(commission: Commission, *kinds: FeeKind) -> Fee | None:
    """The first fee of the first of these kinds that the practice has."""
    listed = commission.practice.fees
    return next((fee for kind in kinds for fee in listed if fee.kind is kind), None)


def booking_url(commission: Commission) -> str | None:
    """The clinician's own booking page, else the practice's."""
    clinician = commission.clinician
    return (clinician.facts.booking_url if clinician else None) or commission.practice.booking.url


def ways_to_begin(commission: Commission) -> Iterator[dict[str, Any]]:
    """Each way to ask for a first call, the telephone first; `text` is what is dialled or opened."""
    practice, wording, clinician = commission.practice, commission.wording, commission.clinician
    _ = wording.gettext
    phone = (clinician.facts.phone if clinician else None) or practice.contact.phone
    yield {
        "name": _("Call"),
        "text": phone.display,
        "href": phone.href,
        "dialled": True,
        "notes": list(wording.hours(practice.hours)),
        "code": None,
    }
    code = door_code(commission)
    if code is not None:
        yield {
            "name": _("Ask to be called"),
            "text": code["text"],
            "href": code["url"],
            "dialled": False,
            "notes": [_("Leave your name and number. It takes a minute.")],
            "code": code,
        }
    if url := booking_url(commission):
        yield {
            "name": _("Pick a time"),
            "text": breakable_address(url),
            "href": url,
            "dialled": False,
            "notes": [practice.booking.note] if practice.booking.note else [],
            "code": None,
        }
