"""Making a batch: the file for the printer, and the word that the cards are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from flask import Response, request, url_for

from form_server.desk.owed.item import Sight
from form_server.desk.page import go_to
from form_server.desk.press_room import in_turn
from form_server.desk.replies.letter import pdf_response
from form_server.desk.thanks.batch import Batch, find_batch
from form_server.desk.thanks.checking import Written, check_names
from form_server.desk.thanks.drafts import draft_cards
from form_server.desk.thanks.show import render_thanks, see
from form_server.desk.thanks.typed import Typed, read_typed
from form_server.rounds import voice_of
from outreach_kit.outreach.stock import Item
from outreach_kit.paper import find_sheet
from outreach_kit.paper.envelopes import render_envelopes
from outreach_kit.paper.labels import LabelsTooLong, NoLabels
from outreach_kit.paper.private import NotPrintable
from outreach_kit.paper.thank_yous import Card, CardsTooLong, Run, render_thank_yous
from outreach_kit.paper.wording import wording_in

_SHEETS: Final = {
    Item.CARD: "business-card", Item.BROCHURE: "brochure", Item.PAD: "referral-pad",
}  # fmt: skip
_CARDS, _LABELS, _ENVELOPES = "cards", "labels", "envelopes"
_NAMED: Final = "A patient’s name may stand on a card, so nothing was printed. See below."


def print_thanks() -> Response:
    """One PDF of what was asked for, or the page again with what is wrong. Nothing is marked."""
    sight = see()
    batch = find_batch(sight)
    drafts = draft_cards(sight, batch.cards, request.form.get("voice", ""))
    typed = read_typed(request.form, drafts.all)
    cards = typed.written(drafts.all)
    checked = check_names(sight, cards)
    if checked.opened:
        note = f"names={checked.opened}"
        sight.desk.ledger.audit.note("thanks.names_checked", actor=sight.user.actor, detail=note)
    if checked.errors:
        return render_thanks(sight, batch, drafts, typed, errors=checked.errors, error=_NAMED)
    what = request.form.get("what", "")
    try:
        pdf = in_turn(lambda: _render(sight, batch, cards, typed, what))
    except (CardsTooLong, LabelsTooLong, NoLabels, NotPrintable) as error:
        return render_thanks(sight, batch, drafts, typed, error=str(error))
    sight.desk.ledger.audit.note(
        "thanks.file_made", actor=sight.user.actor, detail=f"cards={len(cards)}"
    )
    return pdf_response(pdf, "thank-yous.pdf")


def _render(sight: Sight, batch: Batch, cards: Sequence[Written], typed: Typed, what: str) -> bytes:
    """Raises NoLabels, LabelsTooLong, CardsTooLong, NotPrintable."""
    practice, timestamp = sight.desk.practice(), int(sight.now.timestamp())
    if what == _ENVELOPES:
        to = list(_addresses(cards))
        return render_envelopes(practice, to, timestamp=timestamp, paper=typed.paper)
    on = wording_in(practice.language).day(max(batch.on, sight.today))
    return render_thank_yous(
        practice,
        _run(cards, typed, on, what, practice.language),
        timestamp=timestamp,
        clinician=voice_of(practice, typed.voice),
        paper=typed.paper,
    )


def make_thanks() -> Response:
    """The ticked ones are made, by the printer or by hand: they lie here until they are mailed."""
    sight = see()
    cards = find_batch(sight).cards
    ticked = frozenset(request.form.getlist("card"))
    made = [one for one in cards if one.through_id in ticked]
    if not made:
        return go_to(url_for("desk.show_thanks", done="nobody"))
    ledger, inbox_ids = sight.desk.ledger, sight.keyring.inbox_ids
    ledger.thank_yous.print(made, inbox_ids, actor=sight.user.actor)
    return go_to(url_for("desk.show_thanks", done="made"))


def _run(cards: Sequence[Written], typed: Typed, on: str, what: str, language: str) -> Run:
    """What of cards and labels is wanted."""
    gettext = wording_in(language).gettext
    enclosed = [
        f"{count} × {gettext(find_sheet(_SHEETS[item]).title)}"
        for item, count in typed.enclosed.items()
        if count
    ]
    return Run(
        cards=() if what == _LABELS else tuple(_on_paper(cards)),
        on=on,
        enclosed=enclosed,
        says_cards=bool(typed.enclosed.get(Item.CARD)),
        addresses=() if what == _CARDS else tuple(_addresses(cards)),
        skip=typed.begin - 1,
    )


def _on_paper(cards: Iterable[Written]) -> Iterable[Card]:
    """Offices without a code share one entry, and get a card each."""
    for one in cards:
        if one.draft.card.source:
            yield Card(one.draft.name, one.to, one.words)
            continue
        for writer in one.draft.writers:
            yield Card(writer.office or writer.name, writer.name or writer.office, one.words)


def _addresses(cards: Iterable[Written]) -> Iterable[tuple[str, ...]]:
    for one in cards:
        if address := one.draft.address:
            yield (one.to, *address) if one.to and one.to != address[0] else address
