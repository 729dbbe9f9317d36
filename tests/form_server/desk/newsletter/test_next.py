from __future__ import annotations

import html
from dataclasses import replace

import pypdfium2
import pytest

from form_server.desk.console import Handling, place_desk
from form_server.ledger import DeliveryKind, Promise
from form_server.parcels import NewsletterParcel, ProofParcel, parcel_from_bytes
from form_server.sender_look import SenderLook, keep_look
from tests.form_server.desk.newsletter.things import (
    AGREED_ON,
    NEXT,
    due_today,
    only_issue,
    press,
    send,
)
from tests.form_server.desk.stage import EMAIL, Stage, hidden


def test_the_page_offers_the_notes_and_the_kinds_of_offices(mailing: Stage) -> None:
    page = mailing.get("/desk/newsletter").text
    assert "What to say after a clear result" in page
    assert 'value="schools" checked' in page
    assert "3 readers could get one today" in page
    assert 'aria-current="page">Newsletter' in page


def test_it_is_shown_exactly_as_it_is_mailed_before_anybody_gets_it(mailing: Stage) -> None:
    page = html.unescape(mailing.get(NEXT).text)
    assert "Send it to 3 readers" in page
    assert "Neither agreed nor met you: 1" in page
    assert "No e-mail address on file: 1" in page
    plain = page[page.index("<pre") :]
    mailed = mailing.get("/desk/newsletter/next/mail?note=after-the-clear-result")
    send(mailing)
    text = mailing.ledger.newsletters.text(only_issue(mailing).id)
    nobodys = "0" * 26
    assert text.html.replace(only_issue(mailing).id, nobodys) == mailed.text
    assert text.plain.replace(only_issue(mailing).id, nobodys) in plain


def test_before_the_first_one_somebody_has_looked_whether_it_is_believed(mailing: Stage) -> None:
    mailing.desk = replace(mailing.desk, mail_domain="harbor.org")
    place_desk(mailing.app, mailing.desk)
    page = mailing.get(NEXT).text
    assert "nobody has looked yet whether mail from harbor.org is believed" in page
    assert '<a href="/desk/health">Look first, under Health</a>' in page
    assert "Send it to 3 readers" in page  # said, and not in the way

    doubt = "harbor.org does not say who may send for it. Add the TXT record."
    keep_look(mailing.ledger, SenderLook(mailing.clock(), "harbor.org", (doubt,)))
    page = mailing.get(NEXT).text
    assert "Found today, 12:30" in page
    assert f"<li>{doubt}</li>" in page

    keep_look(mailing.ledger, SenderLook(mailing.clock(), "harbor.org"))
    assert 'class="news-doubts"' not in mailing.get(NEXT).text


def test_after_the_first_one_only_what_was_found_is_told(mailing: Stage) -> None:
    send(mailing)
    mailing.come_back_after(days=100)
    assert 'class="news-doubts"' not in mailing.get(NEXT).text
    keep_look(mailing.ledger, SenderLook(mailing.clock(), mailing.desk.mail_domain, ("No SPF.",)))
    assert "<li>No SPF.</li>" in mailing.get(NEXT).text


def test_a_letter_may_have_looks_and_nothing_else(mailing: Stage) -> None:
    page, letter = mailing.get(NEXT), mailing.get("/desk/newsletter/next/mail")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    policy = letter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    others = mailing.get("/desk/newsletter").headers
    assert "frame-src" not in others["Content-Security-Policy"]
    assert others["X-Frame-Options"] == "DENY"


def test_one_row_is_written_for_each_reader_at_most_once_and_a_days_worth_a_day(
    mailing: Stage,
) -> None:
    answer = send(mailing)
    assert answer.location == "/desk/newsletter?done=sent"
    issue = only_issue(mailing)
    assert (issue.readers, issue.progress.waiting) == (3, 3)
    today = due_today(mailing)
    assert len(today) == 2
    parcel = parcel_from_bytes(mailing.desk.server_key.open(today[0].parcel, "parcel", today[0].id))
    assert isinstance(parcel, NewsletterParcel)
    assert today[0].kind.promise is Promise.AT_MOST_ONCE
    assert parcel.leave_url == f"{mailing.origin}/unsubscribe/{parcel.token}"
    mailing.clock.advance(days=1)
    assert [one.kind for one in due_today(mailing)] == [DeliveryKind.NEWSLETTER]


def test_a_second_tap_sends_nothing_twice(mailing: Stage) -> None:
    page = mailing.get(NEXT).text
    form = {name: hidden(page, name) for name in ("csrf_token", "issue_id", "readers")}
    answers = [mailing.post(NEXT, form).location for _ in range(2)]
    assert answers == ["/desk/newsletter?done=sent"] * 2
    assert only_issue(mailing).progress.written == 3


def test_a_list_that_changed_meanwhile_is_shown_anew(mailing: Stage) -> None:
    answer = send(mailing, readers="2")
    assert answer.status_code == 422
    assert "The list has changed" in answer.text
    assert mailing.ledger.newsletters.issues() == []


def test_older_issues_are_a_page_further(mailing: Stage) -> None:
    for _ in range(9):
        send(mailing)
        mailing.come_back_after(days=90)
    first = mailing.get("/desk/newsletter").text
    assert first.count('class="row slim') == 8
    oldest = mailing.ledger.newsletters.issues(9)[-2]
    later = mailing.get(f"/desk/newsletter?before={oldest.id}").text
    assert f"before={oldest.id}" in first
    assert later.count('class="row slim') == 1
    assert "Newest" in later


def test_nobody_gets_two_within_a_quarter(mailing: Stage) -> None:
    send(mailing, f"{NEXT}&audience=schools")
    page = mailing.get(NEXT).text
    assert "Send it to 2 readers" in page
    assert "Got one within the last 90 days: 1" in page
    send(mailing)
    refused = html.unescape(mailing.get(NEXT).text)
    assert "Everybody got one within the last 90 days" in refused
    assert "Send it to" not in refused
    mailing.come_back_after(days=90)
    assert "Send it to 3 readers" in mailing.get(NEXT).text


def test_a_test_copy_goes_to_whoever_is_signed_in_and_counts_for_nobody(mailing: Stage) -> None:
    answer = press(mailing, "/desk/newsletter/next/proof?note=three-questions-about-sleep")
    assert f"A test copy is on its way to {EMAIL}" in mailing.get(answer.location).text
    (copy,) = due_today(mailing)
    parcel = parcel_from_bytes(mailing.desk.server_key.open(copy.parcel, "parcel", copy.id))
    assert isinstance(parcel, ProofParcel)
    assert (copy.address, parcel.subject) == (
        EMAIL,
        "Three questions for somebody who cannot sleep",
    )
    assert mailing.ledger.newsletters.mailed_on(AGREED_ON) == {}


def test_the_printed_sheet_tells_the_note_that_was_chosen(mailing: Stage) -> None:
    answer = mailing.get("/desk/newsletter/next/printed?note=three-questions-about-sleep")
    assert answer.mimetype == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.data)
    said = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "Three questions for somebody who cannot sleep" in said
    assert "What to say after a clear result" not in said


@pytest.mark.parametrize("handling", [Handling(), Handling(mail_server="smtp.example.org")])
def test_without_a_mail_server_or_a_list_nothing_can_be_sent(
    desk: Stage, handling: Handling
) -> None:
    place_desk(desk.app, replace(desk.desk, handling=handling))
    page = desk.get(NEXT).text
    assert "Send it to" not in page
    assert ("No mail server" in page) == (not handling.mail_server)
    press(desk, NEXT, issue_id="0" * 26, readers="0")
    assert desk.ledger.newsletters.issues() == []


def test_what_is_not_known_is_passed_over(mailing: Stage) -> None:
    page = mailing.get("/desk/newsletter/next?note=../../etc&audience=kings&language=tlh").text
    assert "Send it to 3 readers" in page
