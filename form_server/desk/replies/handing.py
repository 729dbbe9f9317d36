"""The page from which a person sends, prints or copies a reviewed reply by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import Response, request, url_for

from form_server.desk.page import render_page
from form_server.desk.referral.case import Case
from form_server.desk.replies.drafting import caller_of
from form_server.desk.replies.sides import Side
from form_server.desk.replies.writing import heading_for, rows_for
from form_server.ledger import Outcome, ReplyWay

_ON_PAPER: Final = frozenset({ReplyWay.PRINT, ReplyWay.FAX})
BY_HAND: Final = {
    ReplyWay.TEXT: ("Open it in your messages, send it, and come back.", "I sent it"),
    ReplyWay.EMAIL: ("Open it in your mail program, send it, and come back.", "I sent it"),
    ReplyWay.PRINT: ("Print the letter, sign it and put it in the mail.", "It is on its way"),
    ReplyWay.FAX: ("Print the letter in large type and fax it to {fax}.", "I faxed it"),
    ReplyWay.COPY: ("Copy these words into their portal or chart.", "I copied it"),
}


@dataclass(frozen=True)
class HandingPage:
    """`link` opens the user's own messages or mail, `letter` makes the page to print, and `script`
    copies the words; each is empty for the other ways."""

    heading: str
    back: str
    record: str
    letter: str
    script: str
    link: str
    link_label: str
    is_large: bool
    reply_id: str
    about: str
    way: str
    language: str
    words: str
    rows: int
    says: str
    done_label: str


def hand_over(case: Case, side: Side, about: Outcome, way: ReplyWay, words: str) -> Response:
    """What a person does by themselves: the reviewed words, ready to be sent, printed or copied."""
    referral_id = case.referral.id
    says, done = BY_HAND[way]
    link = _link(case, way, words)
    view = HandingPage(
        heading=heading_for(side),
        back=url_for("desk.write_reply", referral_id=referral_id, whom=side.whom.value),
        record=url_for("desk.record_reply", referral_id=referral_id, whom=side.whom.value),
        letter=url_for("desk.print_letter", referral_id=referral_id) if way in _ON_PAPER else "",
        script=url_for("desk.static", filename="copy.js") if way is ReplyWay.COPY else "",
        link=link,
        link_label="Open it in your messages" if way is ReplyWay.TEXT else "Open it in your mail",
        is_large=way is ReplyWay.FAX,
        reply_id=request.form.get("reply_id", ""),
        about=about.value,
        way=way.value,
        language=side.language,
        words=words,
        rows=rows_for(words),
        says=says.format(fax=case.said.referrer.fax if case.said else ""),
        done_label=done,
    )
    return render_page("replies/hand.html", view, title="Reply", signed_in=case.user)


def _link(case: Case, way: ReplyWay, words: str) -> str:
    said = case.said
    if said is None:
        return ""
    match way:
        case ReplyWay.TEXT:
            # Both kinds of phones read it so, though no standard says how (RFC 5724 has ?body=).
            return f"{said.patient_phone.sms}?&body={quote(words)}"
        case ReplyWay.EMAIL:
            subject = quote(f"A note from {caller_of(case)}")
            return f"mailto:{said.patient_email}?subject={subject}&body={quote(words)}"
    return ""
