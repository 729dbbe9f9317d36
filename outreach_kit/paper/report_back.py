"""The letter that answers a referral: one page for the chart, in ordinary type or large for a fax."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from outreach_kit.errors import HandoffError
from outreach_kit.frozen import frozen
from outreach_kit.paper.private import frame, set_private
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.wording import breakable, wording_in
from outreach_kit.practice import Practice


@frozen
class ReportBack:
    """`to` is the address block, a line each; `words` has paragraphs parted by empty lines."""

    title: str
    to: Sequence[str]
    words: str
    language: str
    is_large: bool = False


class LetterTooLong(HandoffError):
    """More words than one page holds."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        super().__init__(
            f"The letter takes {pages} pages, and a chart wants one. Shorten it and open it again."
        )


def render_report_back(
    letter: ReportBack,
    practice: Practice,
    today: dt.date,
    timestamp: int,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """One page of PDF/UA-1. Raises LetterTooLong, NotPrintable."""
    contact = practice.contact
    wording = wording_in(letter.language)
    facts = [
        *practice.mailing_address.lines,
        contact.phone.display,
        *([f"Fax {contact.fax.display}"] if contact.fax else []),
    ]
    data = {
        "frame": frame(practice, letter.title, letter.language, paper, for_fax=letter.is_large),
        "practice": breakable(practice.name),
        "facts": facts,
        "date": wording.day(today),
        "to": [breakable(line) for line in letter.to if line],
        "title": letter.title,
        "paragraphs": [
            [breakable(line) for line in paragraph.split("\n")]
            for paragraph in letter.words.split("\n\n")
            if paragraph.strip()
        ],
        "size_pt": 15 if letter.is_large else 12,
    }
    pdf, pages = set_private("report-back.typ", data, timestamp)
    if pages > 1:
        raise LetterTooLong(pages)
    return pdf
