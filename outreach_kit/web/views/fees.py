"""What it costs, which plans are taken, how one pays, and the notice that the law asks for."""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_consultation
from outreach_kit.web.site import Site


@frozen
class FeeRow:
    name: str
    minutes: str
    price: str
    note: str


@frozen
class FeesView:
    frame: Frame
    fees: tuple[FeeRow, ...]
    consultation: str
    consultation_note: str
    booking_url: str | None
    plans: tuple[str, ...]
    takes_no_plan: bool
    superbills: bool
    insurance_note: str
    methods: tuple[str, ...]
    due: str
    cancellation: str
    phone: Phone


def view_fees(site: Site, words: Words, frame: Frame) -> FeesView:
    _ = words.gettext
    practice = site.practice
    return FeesView(
        frame=frame,
        fees=tuple(
            FeeRow(
                name=fee.name,
                minutes=_("{count} minutes").format(count=fee.minutes) if fee.minutes else "",
                price=words.money(fee.price),
                note=fee.note or "",
            )
            for fee in practice.fees
        ),
        consultation=say_consultation(practice, words),
        consultation_note=practice.booking.note or "",
        booking_url=practice.booking.url,
        plans=practice.insurance.plans,
        takes_no_plan=practice.insurance.is_told and not practice.insurance.plans,
        superbills=practice.insurance.superbills,
        insurance_note=practice.insurance.note or "",
        methods=practice.payment.methods,
        due=practice.payment.due or "",
        cancellation=practice.payment.cancellation or "",
        phone=practice.contact.phone,
    )
