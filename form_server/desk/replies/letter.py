"""The letter that a person prints, signs and mails or faxes; made in memory and kept nowhere."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request, url_for

from form_server.desk.page import render_page
from form_server.desk.referral.case import Case
from form_server.desk.replies.not_made import NotMade
from form_server.desk.replies.sides import Side
from form_server.desk.replies.writing import LONGEST, open_side
from form_server.ledger import Whom
from outreach_kit.outreach.replies import letter_title
from outreach_kit.paper.private import NotPrintable
from outreach_kit.paper.report_back import LetterTooLong, ReportBack, render_report_back


def print_letter(referral_id: str) -> Response:
    """One page of PDF; that it was made is noted. What does not fit comes back with a word why."""
    case, side = open_side(referral_id, Whom.SOURCE.value)
    words = request.form.get("words", "").replace("\r\n", "\n").strip()[:LONGEST]
    is_large = request.form.get("large") == "yes"
    letter = ReportBack(
        title=letter_title(side.language),
        to=_address(case, with_fax=is_large),
        words=words,
        language=side.language,
        is_large=is_large,
    )
    try:
        pdf = render_report_back(
            letter, case.practice, case.practice.today(case.now), int(case.now.timestamp())
        )
    except (LetterTooLong, NotPrintable) as error:
        return _refuse(case, side, str(error))
    case.desk.ledger.audit.note(
        "reply.letter_made", actor=case.user.actor, referral_id=case.referral.id
    )
    return pdf_response(pdf, "letter.pdf")


def pdf_response(pdf: bytes, name: str) -> Response:
    """Shown in the browser; `name` says nothing of anybody. The desk's own headers keep it from
    being stored."""
    disposition = f'inline; filename="{name}"'
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": disposition})


def _address(case: Case, *, with_fax: bool) -> tuple[str, ...]:
    if case.said is None:
        return ()
    who = case.said.referrer
    person = ", ".join(filter(None, (who.name, who.role)))
    return (who.office, person, f"Fax {who.fax}" if with_fax and who.fax else "")


def _refuse(case: Case, side: Side, error: str) -> Response:
    back = url_for("desk.write_reply", referral_id=case.referral.id, whom=side.whom.value)
    view = NotMade(error, back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render_page(
        "replies/not_made.html", view, title="Letter", signed_in=case.user, status=status
    )
