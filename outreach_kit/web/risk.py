"""The page that stops once, before a note of risk is sent: crisis lines first, then the button."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.form import SELF
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.site import FORM_PAGE_URL, PATIENT_PAGE_URL, Site


@frozen
class RiskView:
    frame: Frame
    is_patient: bool
    action: str
    fields: tuple[tuple[str, str], ...]
    """All that was typed, to be sent with one tap."""
    phone: Phone


def render_risk(site: Site, kind: str, fields: Sequence[tuple[str, str]]) -> str:
    """`fields` are names and values as the form had them, a name as often as it came."""
    _ = site.words.gettext
    is_patient = kind == SELF
    view = RiskView(
        frame=frame_page(
            site,
            title=_("Not sent yet"),
            page=PATIENT_PAGE_URL if is_patient else FORM_PAGE_URL,
            indexed=False,
            styles=("form.css",),
        ),
        is_patient=is_patient,
        action=f"{site.form_url}/referrals",
        fields=tuple(fields),
        phone=site.practice.contact.phone,
    )
    return render("risk.html", view.frame.language, view)
