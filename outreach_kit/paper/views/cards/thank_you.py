"""The thank-you card: on half a sheet, folded once; on the other half what to check before it is sealed.

A home printer takes whole sheets, and most take them on both sides. Half a Letter sheet is an A2 card
to the hundredth of an inch, half an A4 sheet an A6 one, so a single cut and a fold will do; folded like
a book, no panel has to stand on its head, and the cover comes first for a screen reader too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.views.frame import Commission, SheetView, frame, passages_of
from outreach_kit.paper.wording import Wording, breakable, breakable_address
from outreach_kit.practice import Clinician, Practice

INSIDE_SIZES_PT: Final = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
CHECK_SIZES_PT: Final = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
ENVELOPES: Final[Mapping[Paper, str]] = {
    Paper.LETTER: "A2, 4.375\u00a0×\u00a05.75\u00a0in",
    Paper.A4: "C6, 114\u00a0×\u00a0162\u00a0mm",
}


def view_thank_you(commission: Commission) -> SheetView:
    """The card of the job's clinician. It names no patient, and has no room for one."""
    clinician = commission.clinician or commission.practice.clinicians[0]
    practice = commission.practice
    _ = commission.wording.gettext
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Thank-you card: {name}").format(name=clinician.name_and_credentials),
            description=_("A card to fold and sign, with a list to check before it is sealed."),
            keywords=[commission.job.sheet.name, practice.name],
        ),
        "lists": {},
        "card": {
            "front": front(commission.wording, clinician.name),
            "imprint": imprint(practice, clinician, commission.site_url),
            "inside": _inside(commission, clinician),
            "check": _check(commission),
        },
        "inside_sizes_pt": INSIDE_SIZES_PT,
        "check_sizes_pt": CHECK_SIZES_PT,
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        passages=passages_of(commission, clinician),
    )


def front(wording: Wording, name: str) -> dict[str, str]:
    return {"words": wording.gettext("Thank you."), "name": breakable(name)}


def imprint(practice: Practice, clinician: Clinician | None, site_url: str | None) -> list[str]:
    """The back of the card: whose it is, and where an answer gets to."""
    phone = clinician.facts.phone if clinician else None
    lines = [practice.name, *practice.mailing_address.lines]
    lines = [breakable(one) for one in (*lines, (phone or practice.contact.phone).display)]
    return [*lines, breakable_address(site_url)] if site_url else lines


def greeting(wording: Wording) -> list[str]:
    """What stands before a name, and what behind it."""
    before, _name, after = wording.gettext("Dear {name},").partition("{name}")
    return [before, after]


def _inside(commission: Commission, clinician: Clinician) -> dict[str, Any]:
    """What is said to the office: thanks, the niche, the ask, and the promise for all others."""
    _ = commission.wording.gettext
    ask = _("When you next meet someone like that, may I count on you to send them to me?")
    enclosed = _("A few cards are enclosed, for whoever needs one.")
    paragraphs = [
        _(
            "Thank you for thinking of me when somebody needs help. Your word is often what lets "
            "them pick up the phone."
        ),
        breakable(clinician.facts.niche),
        " ".join(filter(None, (ask, _soon(commission)))),
        f"{breakable(clinician.facts.not_fit_promise)} {enclosed}",
    ]
    return {
        "dear": greeting(commission.wording),
        "to": "",
        "paragraphs": [
            {"text": text, "is_niche": place == 1} for place, text in enumerate(paragraphs)
        ],
        "close": _("With thanks,"),
        "name": breakable(clinician.name),
        "credentials": breakable(", ".join(clinician.facts.credentials)),
    }


def _soon(commission: Commission) -> str:
    days = commission.practice.promise.seen_within_days
    if days is None:
        return ""
    return commission.wording.ngettext(
        "I usually see people within {count} day.",
        "I usually see people within {count} days.",
        days,
    ).format(count=days)


def _check(commission: Commission) -> dict[str, Any]:
    _ = commission.wording.gettext
    items = [
        _("Their name at the top, yours at the bottom, in ink."),
        _("A line of your own on the left: about them and their work."),
        _("No patient’s name, and nothing that tells whether anybody came."),
        _("Three or four business cards enclosed."),
        _("No gift card, and no gift that grows with referrals."),
        _("For an office or a colleague. Clients and friends get no card."),
        _("Mailed together with the others, so that its date tells nothing."),
    ]
    return check(commission.wording, commission.job.paper, items)


def check(
    wording: Wording, paper: Paper, items: Sequence[str], *, to: str = "", on: str = ""
) -> dict[str, Any]:
    """The half that is kept: what goes in, what stays out, and how to print, cut and fold; whom it
    is for and when it is mailed, or lines to write that on."""
    _ = wording.gettext
    return {
        "kicker": _("Keep this half"),
        "heading": _("Before you seal it"),
        "items": list(items),
        "make": _("To make it"),
        "steps": [
            _("Print on card stock at 100%, both sides, flipped on the long edge."),
            _("Cut from mark to mark."),
            _("Fold at the small mark, “Thank you” outside."),
            _("It fits the envelope {envelope}.").format(envelope=ENVELOPES[paper]),
        ],
        "notes": [
            {"label": _("For"), "text": breakable(to)},
            {"label": _("Mailed on"), "text": on},
        ],
    }
