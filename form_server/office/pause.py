"""`/pause/<token>`: the link in a message that holds the reminders. It shows nothing of the referral.

Looking never pauses, because programs look at links in mail before people do; the button does. The
link needs no signing in: whoever got the message may say that they have it in hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template

from form_server.ledger import NotFound
from form_server.office.answers import answer_missing, answer_page
from form_server.office.counter import Office, the_office


@dataclass(frozen=True)
class PausePage:
    """`button` is empty once there is nothing to tap."""

    practice_name: str
    stylesheet: str
    desk_url: str
    heading: str
    text: str
    button: str = ""


def show_pause(token: str) -> Response:
    """One button, whatever became of the referral since; 404 for a link that is none of ours."""
    office = the_office()
    if office.reception.pause_links.read(token) is None:
        return answer_missing(office)
    return _show(
        office,
        "Do you have it in hand?",
        "Tap once, and the reminders about this referral wait. They come back before the promise "
        "ends if no call is on record by then.",
        "Pause the reminders",
    )


def pause(token: str) -> Response:
    """Pauses once; a second time says that there is nothing left to pause."""
    office = the_office()
    delivery_id = office.reception.pause_links.read(token)
    if delivery_id is None:
        return answer_missing(office)
    try:
        about = office.ledger.deliveries.get(delivery_id).referral_id
        paused = about is not None and office.ledger.steps.pause(about, delivery_id)
    except NotFound:
        return answer_missing(office)
    if not paused:
        return _show(
            office,
            "There is nothing to pause",
            "Somebody has this referral in hand already, or it is closed.",
        )
    return _show(
        office,
        "The reminders are paused",
        "They come back before the promise ends. Recording a call at the desk ends them.",
    )


def _show(office: Office, heading: str, text: str, button: str = "") -> Response:
    view = PausePage(
        practice_name=office.practice.name,
        stylesheet=office.assets.manifest["site.css"],
        desk_url=f"{office.settings.url}/desk/",
        heading=heading,
        text=text,
        button=button,
    )
    response = answer_page(render_template("office/pause.html", view=view))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
