"""Labels for envelopes: the practice's own address on each, or one address after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.views.cards.stocks import LABEL_CUTS
from outreach_kit.paper.views.frame import Commission, SheetView, frame, passages_of
from outreach_kit.paper.wording import Wording, breakable

RETURN_SIZES_PT: Final = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
ADDRESS_SIZES_PT: Final = (12.0, 11.5, 11.0, *RETURN_SIZES_PT)


def view_labels(commission: Commission) -> SheetView:
    """A sheet of return addresses: that to which the post brings an answer."""
    practice = commission.practice
    stock = LABEL_CUTS[commission.job.paper]
    _ = commission.wording.gettext
    title = _("Address labels: {practice}").format(practice=practice.name)
    lines = (practice.name, *practice.mailing_address.lines)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=title,
            description=_("{count} labels with the practice's address.").format(count=stock.count),
            keywords=[practice.name, stock.name],
        ),
        "lists": {},
        "labels": label_data(
            [lines] * stock.count, title, commission.job.paper, commission.wording, is_return=True
        ),
    }
    return SheetView(
        template=commission.job.sheet.template, data=data, passages=passages_of(commission, None)
    )


def label_data(
    labels: Sequence[Sequence[str]],
    title: str,
    paper: Paper,
    wording: Wording,
    *,
    is_return: bool = False,
    skip: int = 0,
) -> dict[str, Any]:
    """What the template places: sheets of labels, `skip` places left free on the first.

    Each label is its lines, whose it is first. Return addresses are all the same: one is read aloud.
    """
    stock = LABEL_CUTS[paper]
    _ = wording.gettext
    places: list[list[str] | None] = [None] * skip
    places += [[breakable(line) for line in label if line.strip()] for label in labels]
    sheets = [places[start : start + stock.count] for start in range(0, len(places), stock.count)]
    how = _("{stock}. Print at 100%, one side.").format(stock=stock.name)
    return {
        "title": title,
        "stock": stock.data,
        "sizes_pt": RETURN_SIZES_PT if is_return else ADDRESS_SIZES_PT,
        "is_return": is_return,
        "how": how,
        "sheets": sheets,
        "numbers": [
            _("Sheet {number} of {count}").format(number=number, count=len(sheets))
            for number in range(1, len(sheets) + 1)
        ],
    }
