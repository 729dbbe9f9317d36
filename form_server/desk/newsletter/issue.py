"""One newsletter that went out: how far it has come, what it said, and the copies that need somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.newsletter.wording import say_audiences, say_doubt, say_progress, say_rest
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.times import say_moment
from form_server.ledger import DeliveryState, NotNow
from form_server.ledger.newsletter_rows import Copy, Issue

MOST_SHOWN: Final = 50
_WHY: Final = {
    DeliveryState.UNKNOWN: "It may have arrived: the line broke while it was handed over.",
    DeliveryState.STUCK: "The mail server refused it.",
    DeliveryState.ON_HOLD: "It came out of a backup, and may have gone out since.",
}
_DONE: Final = {
    "again": "It is on its way again.",
    "left": "Left as it is.",
    "settled": "Somebody had settled that one before.",
    "stopped": "Stopped. Who had not got it may be sent another at once.",
}


@dataclass(frozen=True)
class CopyRow:
    address: str
    office: str
    office_href: str
    why: str
    reason: str
    again: str
    leave: str


@dataclass(frozen=True)
class IssuePage:
    """`stop` is empty once nothing waits; `sent` of `written` is the bar."""

    title: str
    facts: tuple[tuple[str, str], ...]
    progress: str
    doubt: str
    sent: int
    written: int
    rest: tuple[str, ...]
    rows: tuple[CopyRow, ...]
    more: int
    leave_all: str
    stop: str
    mail: str
    back: str
    done: str


def show_issue(issue_id: str) -> Response:
    """Raises NotFound."""
    desk, user = the_desk(), signed_in()
    issue = desk.ledger.newsletters.issue(issue_id)
    stands = issue.progress
    copies = desk.ledger.newsletters.needing_somebody(limit=MOST_SHOWN, issue_id=issue_id)
    view = IssuePage(
        title=issue.subject,
        facts=_facts(desk, issue),
        progress=say_progress(stands),
        doubt=say_doubt(stands),
        sent=stands.sent,
        written=stands.written,
        rest=say_rest(issue),
        rows=tuple(_rows(desk, copies)),
        more=stands.doubt + stands.refused - len(copies),
        leave_all=url_for("desk.let_issue_be", issue_id=issue_id) if len(copies) > 1 else "",
        stop=url_for("desk.stop_issue", issue_id=issue_id) if stands.waiting else "",
        mail=url_for("desk.show_issue_mail", issue_id=issue_id),
        back=url_for("desk.show_newsletter"),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("newsletter/issue.html", view, title="Newsletter", signed_in=user)


def show_issue_mail(issue_id: str) -> Response:
    """As it was mailed, under a policy of its own; the link to leave is nobody's. Raises NotFound."""
    text = the_desk().ledger.newsletters.text(issue_id)
    return Response(text.html, mimetype="text/html")


def stop_issue(issue_id: str) -> Response:
    desk, user = the_desk(), signed_in()
    issue = desk.ledger.newsletters.issue(issue_id)
    desk.ledger.newsletters.stop(issue.id, actor=user.actor)
    return go_to(url_for("desk.show_issue", issue_id=issue_id, done="stopped"))


def let_issue_be(issue_id: str) -> Response:
    """Whoever may have got it, or cannot, is not sent it again."""
    desk, user = the_desk(), signed_in()
    issue = desk.ledger.newsletters.issue(issue_id)
    desk.ledger.newsletters.let_be(issue.id, actor=user.actor)
    return go_to(url_for("desk.show_issue", issue_id=issue_id, done="left"))


def send_copy_again(delivery_id: str) -> Response:
    """To this reader, who may get it twice. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    copy = desk.ledger.newsletters.copy(delivery_id)
    try:
        if copy.state is DeliveryState.ON_HOLD:
            desk.ledger.holding.release([delivery_id], actor=user.actor)
        else:
            desk.ledger.deliveries.try_again(delivery_id, desk.clock(), actor=user.actor)
    except NotNow:
        return _back(copy, "settled")
    return _back(copy, "again")


def leave_copy(delivery_id: str) -> Response:
    """Raises NotFound."""
    desk, user = the_desk(), signed_in()
    copy = desk.ledger.newsletters.copy(delivery_id)
    try:
        if copy.state is DeliveryState.ON_HOLD:
            desk.ledger.holding.drop([delivery_id], actor=user.actor)
        else:
            desk.ledger.deliveries.dismiss(delivery_id, actor=user.actor)
    except NotNow:
        return _back(copy, "settled")
    return _back(copy, "left")


def _back(copy: Copy, done: str) -> Response:
    return go_to(url_for("desk.show_issue", issue_id=copy.issue_id, done=done))


def _facts(desk: Desk, issue: Issue) -> tuple[tuple[str, str], ...]:
    zone, now = desk.practice().time_zone, desk.clock()
    names = desk.ledger.access.names()
    by = issue.actor.removeprefix("user:")
    return (
        ("Sent", say_moment(issue.created_at, now, zone)),
        ("By", names.get(by, by)),
        ("To", say_audiences(desk.practice(), issue.audiences)),
        ("Meant for", f"{issue.readers:,}"),
    )


def _rows(desk: Desk, copies: list[Copy]) -> list[CopyRow]:
    """One look at the book for all of them."""
    if not copies:
        return []
    book = {card.code: card.name for card in desk.ledger.address_book.all()}
    return [
        CopyRow(
            address=one.address,
            office=book.get(one.source_code, ""),
            office_href=url_for("desk.show_office", code=one.source_code)
            if one.source_code in book
            else "",
            why=_WHY[one.state],
            reason=one.last_error if one.state is DeliveryState.STUCK else "",
            again=url_for("desk.send_copy_again", delivery_id=one.delivery_id),
            leave=url_for("desk.leave_copy", delivery_id=one.delivery_id),
        )
        for one in copies
    ]
