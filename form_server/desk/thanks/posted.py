"""Cards that lie ready, and those that went out: as lines of a list, and page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.owed.item import Sight
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_day
from form_server.desk.thanks.batch import mail_on
from form_server.ledger import NotFound, ThankYou

PAGE: Final = 50


@dataclass(frozen=True)
class PostedRow:
    """`when` is the day of mailing: to come while the card lies here, past when it went."""

    id: str
    name: str
    says: str
    when: str
    is_late: bool


@dataclass(frozen=True)
class MailedPage:
    rows: tuple[PostedRow, ...]
    older: str
    newest: str
    spoil: str
    back: str


def list_posted(cards: Sequence[ThankYou], sight: Sight) -> tuple[PostedRow, ...]:
    return tuple(_row(one, sight) for one in cards)


def list_mailed(sight: Sight, limit: int) -> tuple[PostedRow, ...]:
    mailed = sight.desk.ledger.thank_yous.mailed(sight.keyring.inbox_ids, limit)
    return list_posted(mailed, sight)


def render_mailed(sight: Sight) -> Response:
    """All that went out, newest first. An unknown place in the list begins it anew."""
    cards = sight.desk.ledger.thank_yous
    before = None
    if place := request.args.get("before", ""):
        try:
            before = cards.get(place)
        except NotFound:
            before = None
    found = cards.mailed(sight.keyring.inbox_ids, PAGE + 1, before=before)
    shown = found[:PAGE]
    older = url_for("desk.show_mailed", before=shown[-1].id) if len(found) > PAGE else ""
    view = MailedPage(
        rows=list_posted(shown, sight),
        older=older,
        newest=url_for("desk.show_mailed") if before else "",
        spoil=url_for("desk.spoil_thanks"),
        back=url_for("desk.show_thanks"),
    )
    return render_page("thanks/mailed.html", view, title="Thank-yous mailed", signed_in=sight.user)


def say_referrals(count: int) -> str:
    return "1 referral" if count == 1 else f"{count} referrals"


def _row(card: ThankYou, sight: Sight) -> PostedRow:
    practice = sight.desk.practice()
    if card.mailed_at is not None:
        day, is_late = practice.today(card.mailed_at), False
    else:
        day = mail_on(card, sight)
        is_late = day < sight.today
    return PostedRow(
        id=card.id,
        name=card.name or "Offices without a code of yours",
        says=say_referrals(card.referrals),
        when=say_day(day, sight.today),
        is_late=is_late,
    )
