"""Cards on their way: in the mail, or spoiled and owed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from flask import Response, request, url_for

from form_server.desk.owed.item import Sight
from form_server.desk.page import go_to
from form_server.desk.thanks.batch import find_lying
from form_server.desk.thanks.posted import render_mailed
from form_server.desk.thanks.show import see
from form_server.desk.thanks.typed import read_enclosed
from form_server.ledger import NewVisit, NotFound, StockMove, ThankYou, VisitWay
from form_server.rounds import unexplained
from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.stock import Item, StockKind


def show_mailed() -> Response:
    return render_mailed(see())


def mail_thanks() -> Response:
    """The ticked cards are in the post, with so many cards and brochures in each envelope.

    Raises NotFound for one that is not lying here, or is not this user's.
    """
    sight = see()
    cards = _chosen({one.id: one for one in find_lying(sight)})
    if not cards:
        return go_to(url_for("desk.show_thanks", done="nobody"))
    sight.desk.ledger.thank_yous.mail(
        [one.id for one in cards],
        actor=sight.user.actor,
        letters=_letters(sight, cards),
        enclosed=_enclosed(sight, cards, read_enclosed(request.form)),
    )
    return go_to(url_for("desk.show_thanks", done="mailed"))


def spoil_thanks() -> Response:
    """The ticked ones are owed again: the ink ran, or the post brought them back.

    Raises NotFound for one that is not this user's.
    """
    sight = see()
    own = set(sight.keyring.inbox_ids)
    cards = [sight.desk.ledger.thank_yous.get(one) for one in request.form.getlist("card")]
    for one in cards:
        if not own.issuperset(one.inbox_ids):
            raise NotFound("thank-you card", one.id)
    if not cards:
        return go_to(url_for("desk.show_thanks", done="nobody"))
    sight.desk.ledger.thank_yous.drop([one.id for one in cards], actor=sight.user.actor)
    return go_to(url_for("desk.show_thanks", done="spoiled"))


def _chosen(lying: Mapping[str, ThankYou]) -> list[ThankYou]:
    ids = list(dict.fromkeys(request.form.getlist("card")))
    for one in ids:
        if one not in lying:
            raise NotFound("card that waits to be mailed", one)
    return [lying[one] for one in ids]


def _letters(sight: Sight, cards: Sequence[ThankYou]) -> list[NewVisit]:
    """Cards that said the niche again, so that it is said once: those whose source had not been
    told when they were made. A card that only thanks is no visit, and moves no next one."""

    def made_at(card: ThankYou) -> datetime:
        return card.printed_at

    desk, found = sight.desk, []
    for at, made in groupby(sorted(cards, key=made_at), key=made_at):
        codes = list(dict.fromkeys(one.source for one in made if one.source))
        again = unexplained(desk.ledger, desk.practice(), sight.keyring.inbox_ids, codes, at)
        found += [
            NewVisit(
                desk.ledger.new_id(), code, VisitWay.LETTER, sight.today, said=Message.NICHE_AGAIN
            )
            for code in codes
            if code in again
        ]
    return found


def _enclosed(
    sight: Sight, cards: Sequence[ThankYou], counts: Mapping[Item, int]
) -> list[StockMove]:
    return [
        StockMove(one.source, item, StockKind.GIVEN, count, sight.today)
        for one in cards
        if one.source
        for item, count in counts.items()
        if count
    ]
