"""What an asker sees after sending: a receipt, by when we answer, and later that it was answered."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import ASK_URL
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_moment
from outreach_kit.web.site import Site


class QuestionStanding(StrEnum):
    """How far a question, or a talk that was asked for, has come."""

    RECEIVED = "received"
    ANSWERED = "answered"
    AGREED = "agreed"
    HELD = "held"


@frozen
class AskedView:
    frame: Frame
    heading: str
    receipt: str
    state: str
    explanation: str
    received_at: str
    promised_by: str
    """Empty once it is answered."""
    talk_on: str
    """The day of the talk, once one is agreed."""
    ask_href: str
    phone: Phone


def asked_view(
    site: Site,
    *,
    receipt: str,
    received_at: dt.datetime,
    promised_by: dt.datetime,
    standing: QuestionStanding,
    is_talk: bool = False,
    talk_on: dt.date | None = None,
    just_sent: bool = False,
    token: str = "",
) -> AskedView:
    """Moments are aware and are shown on the practice's own clock; `token` ends the page's address."""
    words, practice = site.words, site.practice
    _ = words.gettext
    promised = say_moment(practice, promised_by, words, site.today)
    day = words.day(talk_on, site.today) if talk_on else ""
    title = _("Your talk") if is_talk else _("Your question")
    state, explanation = _say(standing, words, promised, day)
    return AskedView(
        frame=frame_page(
            site, title=title, page=f"/asked/{token}", indexed=False, styles=("form.css",)
        ),
        heading=_("Thank you for asking.") if just_sent else title,
        receipt=receipt,
        state=state,
        explanation=explanation,
        received_at=say_moment(practice, received_at, words, site.today),
        promised_by=promised if standing is QuestionStanding.RECEIVED else "",
        talk_on=day,
        ask_href=site.at(ASK_URL),
        phone=practice.contact.phone,
    )


def render_asked(view: AskedView) -> str:
    return render("asked.html", view.frame.language, view)


def _say(standing: QuestionStanding, words: Words, promised: str, day: str) -> tuple[str, str]:
    _ = words.gettext
    match standing:
        case QuestionStanding.RECEIVED:
            return _("Received"), _("We answer by {promised}.").format(promised=promised)
        case QuestionStanding.AGREED:
            return _("Agreed"), _("We come on {day}.").format(day=day)
        case QuestionStanding.HELD:
            return _("Held"), _("Thank you for having us.")
        case QuestionStanding.ANSWERED:
            return _("Answered"), _("We have answered you. If nothing reached you, please call.")
