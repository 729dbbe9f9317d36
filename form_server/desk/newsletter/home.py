"""The newsletter's first page: what waits for somebody, the next one, and those that went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.newsletter.choosing import Choice, plan_for
from form_server.desk.newsletter.wording import (
    count_of,
    say_audiences,
    say_doubt,
    say_progress,
    say_rest,
)
from form_server.desk.page import render_page
from form_server.desk.referral.times import say_date
from form_server.ledger.newsletter_rows import Issue
from outreach_kit.practice import Practice
from outreach_kit.web.language import words_in

MOST_NOTES: Final = 12
SHOWN: Final = 8
"""Two years of them: each is counted copy by copy."""
_DONE: Final = {
    "sent": "It is on its way. Notices of referrals go before it.",
    "nobody": "Nobody was left to send it to, so nothing was sent.",
}


@dataclass(frozen=True)
class NoteChoice:
    slug: str
    title: str
    about: str
    day: str
    is_lead: bool


@dataclass(frozen=True)
class IssueRow:
    href: str
    title: str
    day: str
    whom: str
    progress: str
    doubt: str
    rest: str


@dataclass(frozen=True)
class NewsletterPage:
    """`waits` says who could get one today; `languages` is empty where there is one alone."""

    notes: tuple[NoteChoice, ...]
    audiences: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    action: str
    readers: str
    waits: str
    issues: tuple[IssueRow, ...]
    older: str
    newest: str
    has_mail: bool
    done: str


def show_newsletter() -> Response:
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    practice = desk.practice()
    mailing = plan_for(desk, (), practice.today(now))
    before = request.args.get("before", "")[:40]
    found = desk.ledger.newsletters.issues(SHOWN + 1, before=before)
    shown = found[:SHOWN]
    view = NewsletterPage(
        notes=_notes(practice),
        audiences=tuple((one.slug, one.name) for one in practice.audiences),
        languages=_languages(practice),
        action=url_for("desk.show_next_newsletter"),
        readers=url_for("desk.show_readers"),
        waits=f"{count_of(len(mailing.readers), 'reader')} could get one today",
        issues=tuple(_row(practice, one) for one in shown),
        older=url_for("desk.show_newsletter", before=shown[-1].id) if len(found) > SHOWN else "",
        newest=url_for("desk.show_newsletter") if before else "",
        has_mail=can_mail(desk),
        done=_DONE.get(request.args.get("done", ""), ""),
    )
    return render_page("newsletter/newsletter.html", view, title="Newsletter", signed_in=user)


def can_mail(desk: Desk) -> bool:
    return bool(desk.handling.mail_server) or desk.handling.own_mailbox


def _notes(practice: Practice) -> tuple[NoteChoice, ...]:
    """In the main language; a translation is chosen with the language."""
    choice = Choice.read(practice, request.args)
    lead = choice.slugs[0] if choice else ""
    return tuple(
        NoteChoice(one.slug, one.title, one.description, say_date(one.on), one.slug == lead)
        for one in practice.notes_in(practice.languages[0])[:MOST_NOTES]
    )


def _languages(practice: Practice) -> tuple[tuple[str, str], ...]:
    several = practice.languages
    return tuple((tag, words_in(tag).own_name) for tag in several) if len(several) > 1 else ()


def _row(practice: Practice, issue: Issue) -> IssueRow:
    return IssueRow(
        href=url_for("desk.show_issue", issue_id=issue.id),
        title=issue.subject,
        day=say_date(issue.sent_on),
        whom=say_audiences(practice, issue.audiences),
        progress=say_progress(issue.progress),
        doubt=say_doubt(issue.progress),
        rest=" · ".join(say_rest(issue)),
    )
