"""Thank-you cards for several offices in one file, each ready to sign, and labels for their envelopes.

Two pages a card, outside and inside; the labels follow on pages of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from outreach_kit.errors import HandoffError
from outreach_kit.frozen import frozen
from outreach_kit.paper.labels import LabelsTooLong, NoLabels, check_skip
from outreach_kit.paper.private import frame, set_reporting
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.too_long import read_overflows
from outreach_kit.paper.views.cards.labels import label_data
from outreach_kit.paper.views.cards.thank_you import (
    CHECK_SIZES_PT,
    INSIDE_SIZES_PT,
    check,
    front,
    greeting,
    imprint,
)
from outreach_kit.paper.wording import Wording, breakable, wording_in
from outreach_kit.practice import Clinician, Practice

PAGES_A_CARD: Final = 2
_NAMED: Final = 5


@frozen
class Card:
    """For one office. `to` is whom it greets, empty for a line to write that on; the paragraphs of
    `words` are parted by empty lines, without greeting and close."""

    office: str
    to: str
    words: str


@frozen
class Run:
    """What is printed at once. `on` is the day of mailing in words, `enclosed` what to put in;
    `says_cards` tells inside that cards are enclosed. An address is its lines, and `skip` labels of
    the first sheet are used up."""

    cards: Sequence[Card]
    on: str = ""
    enclosed: Sequence[str] = ()
    says_cards: bool = False
    addresses: Sequence[Sequence[str]] = ()
    skip: int = 0


class CardsTooLong(HandoffError):
    """The words of some cards do not hold at the smallest type; `places` count from 0."""

    def __init__(self, places: Sequence[int], offices: Sequence[str]) -> None:
        self.places = tuple(places)
        some = ", ".join(f"“{name[:60]}”" for name in offices[:_NAMED])
        more = f" and {len(offices) - _NAMED} more" if len(offices) > _NAMED else ""
        super().__init__(f"The card to {some}{more} does not hold so many words. Shorten them.")


def render_thank_yous(
    practice: Practice,
    run: Run,
    *,
    timestamp: int,
    clinician: Clinician | None = None,
    paper: Paper = Paper.LETTER,
    language: str = "",
    site_url: str | None = None,
) -> bytes:
    """PDF/UA-1; nothing of it touches the disk. It speaks for a clinician, or for the practice.

    Raises NoLabels, LabelsTooLong, CardsTooLong, NotPrintable.
    """
    if not (run.cards or run.addresses):
        raise NoLabels("There is no card and no address to print. Choose at least one.")
    wording = wording_in(language or practice.language)
    _ = wording.gettext
    name = clinician.name_and_credentials if clinician else practice.name
    title = _("Thank-you card: {name}").format(name=name)
    labels = None
    if run.addresses:
        check_skip(paper, run.skip)
        of_labels = _("Address labels: {practice}").format(practice=practice.name)
        labels = label_data(run.addresses, of_labels, paper, wording, skip=run.skip)
    data: dict[str, Any] = {
        "frame": frame(practice, title, wording.language, paper),
        "cards": [
            {
                "front": front(wording, clinician.name if clinician else practice.name),
                "imprint": imprint(practice, clinician, site_url),
                "inside": _inside(practice, clinician, one, wording, says_cards=run.says_cards),
                "check": check(
                    wording, paper, _items(wording, run.enclosed), to=one.office, on=run.on
                ),
            }
            for one in run.cards
        ],
        "labels": labels,
        "inside_sizes_pt": INSIDE_SIZES_PT,
        "check_sizes_pt": CHECK_SIZES_PT,
    }
    pdf, reports = set_reporting("thank-you-cards.typ", data, timestamp)
    _check_room(run, [one.frame for one in read_overflows(reports)])
    return pdf


def _inside(
    practice: Practice,
    clinician: Clinician | None,
    card: Card,
    wording: Wording,
    *,
    says_cards: bool,
) -> dict[str, Any]:
    niche = clinician.facts.niche if clinician else practice.niche
    texts = [" ".join(one.split()) for one in card.words.split("\n\n") if one.strip()]
    if says_cards:
        texts.append(wording.gettext("A few cards are enclosed, for whoever needs one."))
    return {
        "dear": greeting(wording),
        "to": breakable(card.to),
        "paragraphs": [{"text": breakable(one), "is_niche": niche in one} for one in texts],
        "close": wording.gettext("With thanks,"),
        "name": breakable(clinician.name if clinician else practice.name),
        "credentials": breakable(", ".join(clinician.facts.credentials)) if clinician else "",
    }


def _items(wording: Wording, enclosed: Sequence[str]) -> list[str]:
    _ = wording.gettext
    return [
        _("A line of your own on the left: about them and their work."),
        _("No patient’s name, and nothing that tells whether anybody came."),
        *enclosed,
        _("No gift card, and no gift that grows with referrals."),
        _("Mailed together with the others, so that its date tells nothing."),
    ]


def _check_room(run: Run, frames: Sequence[str]) -> None:
    cards = sorted({int(one.partition(":")[2]) for one in frames if ":" in one})
    if cards:
        raise CardsTooLong(cards, [run.cards[place].office for place in cards])
    if labels := [int(one) - run.skip for one in frames]:
        raise LabelsTooLong([run.addresses[place][0] for place in labels])
