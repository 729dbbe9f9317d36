"""The next newsletter exactly as it will be: mailed, as plain text, printed; and who gets it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.newsletter.belief import Doubts, doubts_about
from form_server.desk.newsletter.choosing import Choice, plan_for, write_choice
from form_server.desk.newsletter.home import can_mail
from form_server.desk.newsletter.wording import (
    WHY_NOT,
    count_of,
    say_audiences,
    say_on_list,
    say_pace,
)
from form_server.desk.page import go_to, render_page
from form_server.desk.press_room import PressRoom
from form_server.ledger import NotFound
from outreach_kit.errors import ContentError
from outreach_kit.outreach.newsletter import LeftOut, Mailing, Reader
from outreach_kit.paper import plan_sheets
from outreach_kit.web.language import words_in

MOST_SHOWN: Final = 50
_SHEET: Final = "newsletter"
_DONE: Final = {"proof": "A test copy is on its way to {email}."}


@dataclass(frozen=True)
class Person:
    name: str
    address: str
    why: str


@dataclass(frozen=True)
class Group:
    """Some who are alike; `more` counts those that are not listed."""

    says: str
    people: tuple[Person, ...]
    more: int


@dataclass(frozen=True)
class PreviewPage:
    """`send` is empty while nothing can be sent; `refusal` then says why."""

    subject: str
    facts: tuple[tuple[str, str], ...]
    mail: str
    plain: str
    sheet: str
    count: str
    readers: int
    issue_id: str
    pace: str
    send: str
    proof: str
    email: str
    refusal: str
    doubts: Doubts | None
    gets: Group
    left_out: tuple[Group, ...]
    back: str
    everybody: str
    done: str
    error: str


def show_next_newsletter() -> Response:
    return show_preview()


def show_preview(error: str = "") -> Response:
    """The page; with an error, what was chosen is kept in its address."""
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    practice, today = desk.practice(), desk.practice().today(now)
    choice = Choice.read(practice, request.args)
    if choice is None:
        return go_to(url_for("desk.show_newsletter"))
    mailing = plan_for(desk, choice.audiences, today)
    mail = write_choice(desk, choice, today)
    refusal = _refuse(desk, mailing)
    view = PreviewPage(
        subject=mail.subject,
        facts=_facts(desk, choice, today),
        mail=url_for("desk.show_newsletter_mail", **choice.asked),
        plain=mail.plain,
        sheet=url_for("desk.print_newsletter", **choice.asked),
        count=count_of(len(mailing.readers), "reader"),
        readers=len(mailing.readers),
        issue_id=desk.ledger.new_id(),
        pace=say_pace(desk, len(mailing.readers)),
        send="" if refusal else url_for("desk.send_newsletter", **choice.asked),
        proof=url_for("desk.send_proof", **choice.asked) if can_mail(desk) else "",
        email=user.user.email,
        refusal=refusal,
        doubts=None if refusal else doubts_about(desk, now),
        gets=_group("", [(one, say_on_list(one)) for one in mailing.readers]),
        left_out=tuple(_left_out(mailing)),
        back=url_for("desk.show_newsletter"),
        everybody=url_for("desk.show_readers"),
        done=_DONE.get(request.args.get("done", ""), "").format(email=user.user.email),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "newsletter/preview.html", view, title="The next newsletter", signed_in=user, status=status
    )


def show_newsletter_mail() -> Response:
    """The letter alone, under a policy of its own: for the frame on the page. Raises NotFound."""
    desk = the_desk()
    mail = write_choice(desk, _chosen(desk), desk.practice().today(desk.clock()))
    return Response(mail.html, mimetype="text/html")


def print_newsletter() -> Response:
    """The same notes on two printed pages. Raises NotFound, and ContentError's words as a page."""
    desk = the_desk()
    choice = _chosen(desk)
    told = desk.practice().in_language(choice.language)
    practice = replace(told, notes=choice.notes)
    room = PressRoom(practice, desk.public_url, practice.today(desk.clock()))
    try:
        jobs = plan_sheets(practice, papers=[room.paper], only=_SHEET)
        job = next((one for one in jobs if one.language in {"", choice.language}), jobs[0])
        pdf = room.print(replace(job, language=choice.language))
    except ContentError as error:
        return show_preview(f"It does not fit on its two pages: {error}")
    name = f"newsletter-{practice.today(desk.clock()).isoformat()}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _chosen(desk: Desk) -> Choice:
    choice = Choice.read(desk.practice(), request.args)
    if choice is None:
        raise NotFound("note", request.args.get("note", ""))
    return choice


def _refuse(desk: Desk, mailing: Mailing) -> str:
    if not can_mail(desk):
        return "No mail server is set up, so nothing can be mailed. You can print it."
    if not mailing.readers:
        waits = any(why is LeftOut.TOO_SOON for _, why in mailing.left_out)
        return (
            "Everybody got one within the last 90 days. Nobody is written to more often."
            if waits
            else "Nobody is on the list yet: whoever agreed, or was met, and has an e-mail address."
        )
    return ""


def _facts(desk: Desk, choice: Choice, today: date) -> tuple[tuple[str, str], ...]:
    practice = desk.practice()
    rows = [("To", say_audiences(practice, choice.audiences))]
    if len(practice.languages) > 1:
        rows.append(("In", words_in(choice.language).own_name))
    untold = [note.title for note in choice.notes if note.language != choice.language]
    if untold:
        rows.append(("Not translated", "; ".join(untold)))
    stale = (today - choice.notes[0].on).days
    if stale > 180:
        rows.append(("Written", f"{stale // 30} months ago"))
    return tuple(rows)


def _left_out(mailing: Mailing) -> list[Group]:
    groups = []
    for why, says in WHY_NOT.items():
        those = [(one, "") for one, reason in mailing.left_out if reason is why]
        if those:
            groups.append(_group(says, those))
    return groups


def _group(says: str, those: list[tuple[Reader, str]]) -> Group:
    shown = tuple(Person(one.name, one.address.strip(), why) for one, why in those[:MOST_SHOWN])
    return Group(says, shown, len(those) - len(shown))
