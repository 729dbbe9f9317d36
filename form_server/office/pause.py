"""`/pause/<token>`: the link in a message that holds the reminders. It shows nothing of what waits.

Looking never pauses, because programs look at links in mail before people do; the button does. The
link needs no signing in: whoever got the message may say that they have it in hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, render_template

from form_server.ledger import Delivery, NotFound
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


@dataclass(frozen=True)
class _About:
    """How what a message tells of is called, and what ends its reminders, without and with an article."""

    name: str
    done: str
    a_done: str
    ended: str


_REFERRAL: Final = _About("referral", "call", "a call", "closed")
_QUESTION: Final = _About("question", "answer", "an answer", "answered")


def show_pause(token: str) -> Response:
    """One button, whatever became of it since; 404 for a link that is none of ours."""
    office = the_office()
    told = _told_by(office, token)
    if told is None:
        return answer_missing(office)
    about = _about(told)
    return _show(
        office,
        "Do you have it in hand?",
        f"Tap once, and the reminders about this {about.name} wait. They come back before the "
        f"promise ends if no {about.done} is on record by then.",
        "Pause the reminders",
    )


def pause(token: str) -> Response:
    """Pauses once; a second time says that there is nothing left to pause."""
    office = the_office()
    told = _told_by(office, token)
    if told is None:
        return answer_missing(office)
    about = _about(told)
    try:
        paused = _pause(office, told)
    except NotFound:
        return answer_missing(office)
    if not paused:
        return _show(
            office,
            "There is nothing to pause",
            f"Somebody has this {about.name} in hand already, or it is {about.ended}.",
        )
    return _show(
        office,
        "The reminders are paused",
        f"They come back before the promise ends. Recording {about.a_done} at the desk ends them.",
    )


def _told_by(office: Office, token: str) -> Delivery | None:
    """The message that the link came with; None when it is none of ours, or gone."""
    delivery_id = office.reception.pause_links.read(token)
    if delivery_id is None:
        return None
    try:
        return office.ledger.deliveries.get(delivery_id)
    except NotFound:
        return None


def _about(told: Delivery) -> _About:
    return _REFERRAL if told.question_id is None else _QUESTION


def _pause(office: Office, told: Delivery) -> bool:
    if told.question_id is not None:
        return office.ledger.question_steps.pause(told.question_id, told.id)
    return told.referral_id is not None and office.ledger.steps.pause(told.referral_id, told.id)


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
