"""Envelopes for thank-you cards, fed one by one: the practice in the corner, the office in the middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from outreach_kit.paper.labels import LabelsTooLong, NoLabels
from outreach_kit.paper.private import frame, set_reporting
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.too_long import read_overflows
from outreach_kit.paper.views.cards.stocks import INCH_MM
from outreach_kit.paper.wording import breakable, wording_in
from outreach_kit.practice import Practice

SIZES_MM: Final[Mapping[Paper, tuple[float, float]]] = {
    Paper.LETTER: (5.75 * INCH_MM, 4.375 * INCH_MM),
    Paper.A4: (162.0, 114.0),
}
"""A2 for a card from half a Letter sheet, C6 for one from half an A4 sheet."""
_SIZES_PT: Final = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)


def render_envelopes(
    practice: Practice,
    addresses: Sequence[Sequence[str]],
    *,
    timestamp: int,
    paper: Paper = Paper.LETTER,
    language: str = "",
) -> bytes:
    """PDF/UA-1 with a page for each address in its order; nothing of it touches the disk.

    An address is its lines, whose it is first. Raises NoLabels, LabelsTooLong, NotPrintable.
    """
    if not addresses:
        raise NoLabels("There is no address to print. Choose at least one office that has one.")
    wording = wording_in(language or practice.language)
    title = wording.gettext("Address labels: {practice}").format(practice=practice.name)
    data: dict[str, Any] = {
        "frame": {**frame(practice, title, wording.language, paper), "paper": ""},
        "size_mm": SIZES_MM[paper],
        "sender": [breakable(one) for one in (practice.name, *practice.mailing_address.lines)],
        "addresses": [[breakable(line) for line in one] for one in addresses],
        "sizes_pt": _SIZES_PT,
    }
    pdf, reports = set_reporting("envelopes.typ", data, timestamp)
    if overflows := read_overflows(reports):
        raise LabelsTooLong([addresses[int(one.frame)][0] for one in overflows])
    return pdf
