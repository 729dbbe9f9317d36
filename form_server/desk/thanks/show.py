"""The page of thank-yous: what lies ready for the mail, what is to be made now, what still gathers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.owed.item import Sight
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_day
from form_server.desk.replies.writing import rows_for
from form_server.desk.thanks.batch import Batch, Gathering, find_batch, find_gathering, find_lying
from form_server.desk.thanks.drafts import Draft, Drafts, draft_cards
from form_server.desk.thanks.posted import (
    PostedRow,
    list_mailed,
    list_posted,
    say_referrals,
)
from form_server.desk.thanks.typed import ENCLOSED, LONGEST, Typed, untouched
from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.stock import Item
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.views.cards.stocks import LABEL_CUTS

_SHOWN_MAILED: Final = 5
ENCLOSED_NAMES: Final[Mapping[Item, str]] = {
    Item.CARD: "Business cards", Item.BROCHURE: "Brochures", Item.PAD: "Referral pads",
}  # fmt: skip
_DONE: Final = {
    "made": "They lie here until you say that they are in the mail.",
    "mailed": "Noted: in the mail. Those referrals are thanked for.",
    "spoiled": "Noted. Their sources are owed a card again.",
    "nobody": "Nothing was ticked, so nothing was changed.",
}


@dataclass(frozen=True)
class CardRow:
    """One card to read over. `others` names the offices without a code that get one each."""

    key: str
    name: str
    office: str
    says: str
    to: str
    people: tuple[str, ...]
    words: str
    rows: int
    again: bool
    others: tuple[str, ...]
    is_without_address: bool
    is_picked: bool
    is_open: bool
    error: str


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class EnclosedField:
    name: str
    label: str
    count: int


@dataclass(frozen=True)
class MakingForm:
    """`more` says that others follow, or is empty."""

    day: str
    is_late: bool
    cards: tuple[CardRow, ...]
    more: str
    voices: tuple[Choice, ...]
    voice: str
    papers: tuple[Choice, ...]
    begin: int
    labels: int
    enclosed: tuple[EnclosedField, ...]
    longest: int
    print: str
    make: str


@dataclass(frozen=True)
class GatheringPart:
    day: str
    until: str
    names: tuple[str, ...]
    has_nameless: bool


@dataclass(frozen=True)
class ThanksPage:
    lying: tuple[PostedRow, ...]
    enclosed: tuple[EnclosedField, ...]
    making: MakingForm | None
    gathering: GatheringPart | None
    mailed: tuple[PostedRow, ...]
    mail: str
    spoil: str
    history: str
    done: str
    error: str


def show_thanks() -> Response:
    sight = see()
    batch = find_batch(sight)
    drafts = draft_cards(sight, batch.cards, request.args.get("voice", ""))
    typed = untouched(sight.desk.practice(), drafts.all, request.args.get("voice", ""))
    done = _DONE.get(request.args.get("done", ""), "")
    return render_thanks(sight, batch, drafts, typed, done=done)


def see() -> Sight:
    desk, user = the_desk(), signed_in()
    return Sight(desk, user, Keyring.of(desk, user), desk.clock())


def render_thanks(
    sight: Sight,
    batch: Batch,
    drafts: Drafts,
    typed: Typed,
    *,
    errors: Mapping[str, str] | None = None,
    error: str = "",
    done: str = "",
) -> Response:
    """With what was typed kept, and what was wrong at each card."""
    note = f"names={drafts.opened}"
    sight.desk.ledger.audit.note("thanks.opened", actor=sight.user.actor, detail=note)
    view = ThanksPage(
        lying=list_posted(find_lying(sight), sight),
        enclosed=_enclosed_fields(ENCLOSED),
        making=_making(sight, batch, drafts.all, typed, errors or {}),
        gathering=_gathering(find_gathering(sight, batch), sight),
        mailed=list_mailed(sight, _SHOWN_MAILED),
        mail=url_for("desk.mail_thanks"),
        spoil=url_for("desk.spoil_thanks"),
        history=url_for("desk.show_mailed"),
        done=done,
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error or errors else HTTPStatus.OK
    return render_page(
        "thanks/thanks.html", view, title="Thank-yous", signed_in=sight.user, status=status
    )


def _making(
    sight: Sight,
    batch: Batch,
    drafts: tuple[Draft, ...],
    typed: Typed,
    errors: Mapping[str, str],
) -> MakingForm | None:
    if not drafts:
        return None
    return MakingForm(
        day=say_day(batch.on, sight.today),
        is_late=batch.is_late,
        cards=tuple(_row(one, typed, errors.get(one.key, "")) for one in drafts),
        more=_say_more(batch.more),
        voices=_voices(sight, typed.voice),
        voice=typed.voice,
        papers=(
            Choice("letter", "Letter, Avery 5160", typed.paper is Paper.LETTER),
            Choice("a4", "A4, Avery L7160", typed.paper is Paper.A4),
        ),
        begin=typed.begin,
        labels=LABEL_CUTS[Paper.LETTER].count,
        enclosed=_enclosed_fields(typed.enclosed),
        longest=LONGEST,
        print=url_for("desk.print_thanks"),
        make=url_for("desk.make_thanks"),
    )


def _row(draft: Draft, typed: Typed, error: str) -> CardRow:
    words = typed.words.get(draft.key, draft.words)
    to = typed.to.get(draft.key, draft.to)
    code = draft.card.source
    return CardRow(
        key=draft.key,
        name=draft.name,
        office=office_page(code),
        says=say_referrals(draft.card.referrals),
        to=to,
        people=draft.people if code else (),
        words=words,
        rows=rows_for(words),
        again=draft.message is Message.NICHE_AGAIN,
        others=tuple(one.office or one.name for one in draft.writers),
        is_without_address=bool(code) and not draft.address,
        is_picked=draft.key in typed.picked,
        is_open=bool(error) or words != draft.words or to != draft.to,
        error=error,
    )


def office_page(code: str) -> str:
    return url_for("desk.show_office", code=code) if code else ""


def _voices(sight: Sight, voice: str) -> tuple[Choice, ...]:
    """In whose name a group's cards speak; nothing to pick where there is one person."""
    practice = sight.desk.practice()
    if not practice.is_group:
        return ()
    people = [(one.slug, one.name_and_credentials) for one in practice.clinicians]
    return tuple(Choice(slug, name, slug == voice) for slug, name in [("", practice.name), *people])


def _gathering(found: Gathering, sight: Sight) -> GatheringPart | None:
    if not (found.names or found.has_nameless):
        return None
    day, until = say_day(found.on, sight.today), say_day(found.until, sight.today)
    return GatheringPart(day, until, found.names, found.has_nameless)


def _enclosed_fields(counts: Mapping[Item, int]) -> tuple[EnclosedField, ...]:
    return tuple(
        EnclosedField(f"enclosed-{item.value}", name, counts.get(item, 0))
        for item, name in ENCLOSED_NAMES.items()
    )


def _say_more(count: int) -> str:
    if not count:
        return ""
    return f"{count} more {'follows' if count == 1 else 'follow'} once these are made."
