"""Sends the newsletter: a row for each reader in one commit, which the worker then takes out at its pace."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from flask import Response, request, url_for

from form_server.admitting import TOKEN_BYTES, hash_of_token, write_token
from form_server.clockwork import Writer
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.newsletter.choosing import NOBODYS, Choice, plan_for, write_choice
from form_server.desk.newsletter.home import can_mail
from form_server.desk.newsletter.previewing import show_preview
from form_server.desk.page import go_to
from form_server.ledger import Channel, DeliveryKind
from form_server.ledger.newsletter_rows import IssueText, NewCopy, NewIssue
from form_server.parcels import NewsletterParcel, ProofParcel
from form_server.pausing import PauseLinks
from outreach_kit.outreach.newsletter import Reader, first_day_that_counts
from outreach_kit.web.newsletter import unsubscribe_path

_ID: Final = re.compile(r"[0-9a-z]{20,40}")


def send_newsletter() -> Response:
    """To as many as the page said; when the list has changed since, the page is shown anew."""
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    today = desk.practice().today(now)
    choice = Choice.read(desk.practice(), request.args)
    issue_id = request.form.get("issue_id", "")
    if choice is None or not can_mail(desk) or not _ID.fullmatch(issue_id):
        return go_to(url_for("desk.show_newsletter"))
    readers = plan_for(desk, choice.audiences, today).readers
    is_new = not desk.ledger.newsletters.has(issue_id)
    if is_new and request.form.get("readers", "") != str(len(readers)):
        return show_preview(
            "The list has changed since you opened this page. Look again, then send."
        )
    mail = write_choice(desk, choice, today, issue_id)
    text = IssueText(mail.subject, mail.html, mail.plain)
    new = NewIssue(issue_id, choice.slugs, choice.audiences, choice.language, today, text)
    copies = list(_copies(desk, choice, issue_id, readers, now)) if is_new else []
    sent = desk.ledger.newsletters.send(
        new, copies, not_since=first_day_that_counts(today), actor=user.actor
    )
    return go_to(url_for("desk.show_newsletter", done="sent" if sent else "nobody"))


def send_proof() -> Response:
    """A copy to whoever is signed in, whose link to leave does nothing."""
    desk, user, now = the_desk(), signed_in(), the_desk().clock()
    choice = Choice.read(desk.practice(), request.args)
    if choice is None or not can_mail(desk):
        return go_to(url_for("desk.show_newsletter"))
    mail = write_choice(desk, choice, desk.practice().today(now))
    path = unsubscribe_path(desk.practice(), choice.language, NOBODYS)
    parcel = ProofParcel(mail.subject, mail.html, mail.plain, desk.public_url + path)
    row = _writer(desk).write(parcel, DeliveryKind.NEWSLETTER, Channel.BULK, user.user.email, now)
    desk.ledger.queue.add([row])
    desk.ledger.audit.note("newsletter.proof_sent", actor=user.actor)
    return go_to(url_for("desk.show_next_newsletter", done="proof", **choice.asked))


def _copies(
    desk: Desk, choice: Choice, issue_id: str, readers: Sequence[Reader], now: datetime
) -> Iterator[NewCopy]:
    """In the order of the list; what a day has no room for is due a day later."""
    writer, practice = _writer(desk), desk.practice()
    for place, reader in enumerate(readers):
        raw = secrets.token_bytes(TOKEN_BYTES)
        token = write_token(raw)
        leave_url = desk.public_url + unsubscribe_path(practice, choice.language, token)
        row = writer.write(
            NewsletterParcel(issue_id=issue_id, token=token, leave_url=leave_url),
            DeliveryKind.NEWSLETTER,
            Channel.BULK,
            reader.address.strip(),
            now + _after(place, len(readers), desk.handling.newsletters_a_day),
        )
        yield NewCopy(row, hash_of_token(raw), reader.source)


def _after(place: int, readers: int, a_day: int) -> timedelta:
    """The day's share, and within it the order of the list; the first share is due already."""
    return timedelta(days=place // a_day, microseconds=place - readers)


def _writer(desk: Desk) -> Writer:
    links = PauseLinks(desk.server_key, desk.public_url)
    return Writer(desk.server_key, desk.public_url, desk.mail_domain, desk.ledger.new_id, links)
