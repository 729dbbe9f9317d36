"""The year on paper: made when somebody asks for it, and kept nowhere."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import render_page
from form_server.desk.replies.letter import pdf_response
from form_server.desk.replies.not_made import NotMade
from form_server.rounds import read_year, review_year, survey
from outreach_kit.paper import Paper
from outreach_kit.paper.private import NotPrintable
from outreach_kit.paper.year_review import render_year_review


def print_year_review() -> Response:
    """Of the year that is asked for, else of the one that runs; on Letter, or on A4."""
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    practice = desk.practice()
    today = practice.today(now)
    year = read_year(request.args.get("year", ""), today) or today.year
    paper = Paper.A4 if request.args.get("paper") == Paper.A4.value else Paper.LETTER
    seen = survey(desk.ledger, practice, Keyring.of(desk, user).inbox_ids, now)
    try:
        pdf = render_year_review(
            review_year(seen, year), practice, today, int(now.timestamp()), paper
        )
    except NotPrintable as error:
        view = NotMade(str(error), url_for("desk.show_scorecard"))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render_page(
            "replies/not_made.html", view, title="Year review", signed_in=user, status=status
        )
    desk.ledger.audit.note("scorecard.printed", actor=user.actor, detail=str(year))
    return pdf_response(pdf, f"year-review-{year}.pdf")
