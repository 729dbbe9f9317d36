"""The page on which a reader leaves the newsletter: one button, and then word that it is done."""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.site import Site

_ADDRESS = "/unsubscribe/"


@frozen
class LeavingView:
    """`button` is empty once it is done."""

    frame: Frame
    title: str
    detail: str
    button: str
    phone: Phone


def render_leaving(site: Site, *, is_done: bool) -> str:
    """It names nobody: the link may be in a mail that was handed on."""
    _ = site.words.gettext
    title = _("You are off the list") if is_done else _("Unsubscribe from our newsletter?")
    detail = (
        _(
            "No further newsletter goes to this address. If one day you would like it back, tell us, "
            "and we put you on the list again."
        )
        if is_done
        else _("One tap, and it stops at once. What you send us, and what we answer, goes on.")
    )
    view = LeavingView(
        frame=frame_page(site, title=title, page=_ADDRESS, indexed=False, languages=()),
        title=title,
        detail=detail,
        button="" if is_done else _("Unsubscribe"),
        phone=site.practice.contact.phone,
    )
    return render("unsubscribe.html", view.frame.language, view)
