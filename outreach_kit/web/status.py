"""What an office sees after sending: receipt, promise, a line for the chart, a slip for the patient.

Nothing here names the patient: the page's address may be forwarded, printed or left open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.form import SELF
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_consultation, say_fee_summary, say_moment, say_plans
from outreach_kit.web.qr import draw_qr
from outreach_kit.web.site import Site
from outreach_kit.web.standing import ReferralStanding, say_standing, say_standing_to_patient

_AWAITED: Final = frozenset({ReferralStanding.RECEIVED, ReferralStanding.CALLING})


@frozen
class PatientSlip:
    """What the patient takes home; it holds nothing about the patient."""

    who: str
    phone: Phone
    by: str
    cost: str
    plans: str
    consultation: str
    booking_url: str | None
    booking_qr: Markup | None
    first_call: str
    """The time of the first call, when one was taken; else empty."""


@frozen
class StatusView:
    frame: Frame
    is_patient: bool
    """The patient wrote on their own behalf and reads this."""
    receipt: str
    state: str
    explanation: str
    received_at: str
    promised_by: str
    chart_line: str
    slip: PatientSlip
    again_url: str
    """Leads to the form for another patient."""
    kept: tuple[tuple[str, str], ...]
    """The office's own part, to be sent along to the form for another patient; may be empty."""
    just_sent: bool
    is_awaited: bool
    """Whether the patient still waits to be reached; after that nobody is told to expect a call."""
    phone: Phone


@frozen
class ProblemView:
    frame: Frame
    title: str
    detail: str
    phone: Phone
    fax: Phone | None


def status_view(
    site: Site,
    *,
    receipt: str,
    received_at: dt.datetime,
    promised_by: dt.datetime,
    standing: ReferralStanding = ReferralStanding.RECEIVED,
    clinician: str | None = None,
    again_url: str | None = None,
    kept: Sequence[tuple[str, str]] = (),
    first_call_at: dt.datetime | None = None,
    kind: str = "office",
    just_sent: bool = False,
    token: str = "",
) -> StatusView:
    """The status page's content; moments are aware and are shown on the practice's own clock.

    `token` is the end of its own address. With `kept`, `again_url` is where a form posts it to.
    """
    words = site.words
    _ = words.gettext
    practice = site.practice
    chosen = practice.clinician(clinician) if clinician else None
    recipient = chosen or (None if practice.is_group else practice.clinicians[0])
    name = recipient.name_and_credentials if recipient else practice.name
    number = (practice.contact_of(recipient) if recipient else practice.contact).phone
    booking_url = (recipient and recipient.facts.booking_url) or practice.booking.url
    received = say_moment(practice, received_at, words, site.today)
    promised = say_moment(practice, promised_by, words, site.today)
    is_patient = kind == SELF
    is_awaited = standing in _AWAITED
    say = say_standing_to_patient if is_patient else say_standing
    state, explanation = say(standing, words, promised)
    first_call = say_moment(practice, first_call_at, words, site.today) if first_call_at else ""
    if first_call and standing is ReferralStanding.RECEIVED:
        explanation = _("The first call is on {moment}.").format(moment=first_call)
    return StatusView(
        frame=frame_page(
            site,
            title=_("Your message") if is_patient else _("Referral received"),
            page=f"/status/{token}",
            indexed=False,
            styles=("form.css",),
            script="js/status.js",
        ),
        is_patient=is_patient,
        receipt=receipt,
        state=state,
        explanation=explanation,
        received_at=received,
        promised_by=promised,
        chart_line=(
            _("Referred to {name} ({practice}, {phone}) on {received}. Receipt {receipt}. {next}")
            if recipient
            else _("Referred to {practice} ({phone}) on {received}. Receipt {receipt}. {next}")
        )
        .format(
            name=name,
            practice=practice.name,
            phone=number,
            received=received,
            receipt=receipt,
            next=_say_next(words, first_call, promised) if is_awaited else "",
        )
        .rstrip(),
        slip=PatientSlip(
            who=name,
            phone=number,
            by=promised,
            cost=say_fee_summary(practice, words),
            plans=say_plans(practice, words, recipient),
            consultation=say_consultation(practice, words),
            booking_url=booking_url,
            booking_qr=draw_qr(booking_url) if booking_url else None,
            first_call=first_call,
        ),
        again_url=again_url or site.refer_href,
        kept=tuple(kept),
        just_sent=just_sent,
        is_awaited=is_awaited,
        phone=practice.contact.phone,
    )


def _say_next(words: Words, first_call: str, promised: str) -> str:
    _ = words.gettext
    if first_call:
        return _("The first call is on {moment}.").format(moment=first_call)
    return _("They will call the patient by {promised}.").format(promised=promised)


def render_status(view: StatusView) -> str:
    return render("status.html", view.frame.language, view)


def render_problem(site: Site, title: str, detail: str) -> str:
    """A page that says what went wrong and which other doors are open; safe for any status code."""
    contact = site.practice.contact
    view = ProblemView(
        frame=frame_page(site, title=title, page="/problem/", indexed=False, languages=()),
        title=title,
        detail=detail,
        phone=contact.phone,
        fax=contact.fax,
    )
    return render("problem.html", view.frame.language, view)
