"""Labels for the offices that a letter, a newsletter or a card goes to: as many sheets as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from outreach_kit.errors import HandoffError
from outreach_kit.paper.private import frame, set_reporting
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.too_long import read_overflows
from outreach_kit.paper.views.cards.labels import label_data
from outreach_kit.paper.views.cards.stocks import LABEL_CUTS
from outreach_kit.paper.wording import wording_in
from outreach_kit.practice import Practice

_NAMED = 5


class NoLabels(HandoffError):
    """There is nothing to print, or nowhere to begin."""


class LabelsTooLong(HandoffError):
    """Some addresses do not hold on a label at the smallest type; `names` are their first lines."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        some = ", ".join(f"“{name[:60]}”" for name in names[:_NAMED])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        super().__init__(
            f"{some}{more}: too long for a label. Shorten the longest line, or leave one out."
        )


def render_labels(
    practice: Practice,
    addresses: Sequence[Sequence[str]],
    *,
    timestamp: int,
    paper: Paper = Paper.LETTER,
    language: str | None = None,
    skip: int = 0,
) -> bytes:
    """PDF/UA-1 with a label for each address in its order; nothing of it touches the disk.

    An address is its lines, the office's name first. `skip` places stay free at the beginning, where
    a sheet has been used before. Raises NoLabels, LabelsTooLong, NotPrintable.
    """
    labels = [
        lines for address in addresses if (lines := [one.strip() for one in address if one.strip()])
    ]
    if not labels:
        raise NoLabels("There is no address to print. Choose at least one office that has one.")
    check_skip(paper, skip)
    wording = wording_in(language or practice.language)
    _ = wording.gettext
    title = _("Address labels: {practice}").format(practice=practice.name)
    data: dict[str, Any] = {
        "frame": frame(practice, title, wording.language, paper),
        "labels": label_data(labels, title, paper, wording, skip=skip),
    }
    pdf, reports = set_reporting("address-labels.typ", data, timestamp)
    if overflows := read_overflows(reports):
        raise LabelsTooLong([labels[int(one.frame) - skip][0] for one in overflows])
    return pdf


def check_skip(paper: Paper, skip: int) -> None:
    """Raises NoLabels where a sheet has no label to begin at."""
    stock = LABEL_CUTS[paper]
    if not 0 <= skip < stock.count:
        raise NoLabels(
            f"A sheet has {stock.count} labels, so 0 to {stock.count - 1} of them can be used up; "
            f"{skip} cannot."
        )
