from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from form_server.ledger import Channel, ClaimLost, DeliveryKind, Ledger, NotFound, SourceFacts
from form_server.ledger.newsletter_rows import IssueText, NewCopy, NewIssue, Progress
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, hashed

BY = "user:user-1"
DAY = date(2026, 3, 2)
TEXT = IssueText("Sleep", "<p>Sleep</p>", "Sleep")


def an_issue(name: str = "issue-1", on: date = DAY) -> NewIssue:
    return NewIssue(name, ("sleep", "panic"), ("schools",), "en", on, TEXT)


def copies(*addresses: str, issue: str = "issue-1") -> list[NewCopy]:
    return [
        NewCopy(
            a_delivery(kind=DeliveryKind.NEWSLETTER, channel=Channel.BULK, address=address),
            hashed(f"{issue} {address}"),
            "k7m2xq",
        )
        for address in addresses
    ]


def send(ledger: Ledger, new: NewIssue, several: Sequence[NewCopy]) -> int:
    first = new.sent_on - timedelta(days=89)
    return ledger.newsletters.send(new, several, not_since=first, actor=BY)


def test_an_issue_is_kept_as_it_was_mailed_with_a_copy_for_each(ledger: Ledger) -> None:
    assert send(ledger, an_issue(), copies("Priya@Mill.example", "sam@mill.example")) == 2
    (kept,) = ledger.newsletters.issues()
    assert (kept.notes, kept.audiences, kept.readers) == (("sleep", "panic"), ("schools",), 2)
    assert kept.progress == Progress(waiting=2)
    assert ledger.newsletters.text("issue-1") == TEXT
    assert ledger.newsletters.mailed_on(DAY) == dict.fromkeys(
        ("priya@mill.example", "sam@mill.example"), DAY
    )
    assert ledger.newsletters.issue("issue-1") == kept


def test_a_second_tap_sends_nothing_twice(ledger: Ledger) -> None:
    assert send(ledger, an_issue(), copies("priya@mill.example")) == 1
    assert send(ledger, an_issue(), copies("priya@mill.example", "sam@mill.example")) == 1
    assert ledger.newsletters.issue("issue-1").progress.written == 1
    assert (ledger.newsletters.has("issue-1"), ledger.newsletters.has("issue-2")) == (True, False)


def test_who_left_or_got_one_meanwhile_is_passed_over(ledger: Ledger) -> None:
    ledger.mailing_list.unsubscribe("left@mill.example", actor="reader")
    send(ledger, an_issue(), copies("priya@mill.example"))
    later = an_issue("issue-2", DAY + timedelta(days=89))
    both = copies("Priya@mill.example", "left@mill.example", "sam@mill.example", issue="issue-2")
    assert send(ledger, later, both) == 1
    assert ledger.newsletters.mailed_on(DAY)["sam@mill.example"] == later.sent_on
    due = an_issue("issue-3", DAY + timedelta(days=90))
    assert send(ledger, due, copies("priya@mill.example", issue="issue-3")) == 1


def test_older_issues_come_after_the_newer_ones(ledger: Ledger) -> None:
    for number in range(3):
        issue = an_issue(f"issue-{number}", DAY + timedelta(days=number))
        send(ledger, issue, copies(f"r{number}@mill.example", issue=issue.id))
    assert [one.id for one in ledger.newsletters.issues(2)] == ["issue-2", "issue-1"]
    assert [one.id for one in ledger.newsletters.issues(2, before="issue-1")] == ["issue-0"]
    assert list(ledger.newsletters.mailed_on(DAY + timedelta(days=2))) == ["r2@mill.example"]


def test_an_issue_without_readers_is_none(ledger: Ledger) -> None:
    ledger.mailing_list.unsubscribe("left@mill.example", actor="reader")
    assert send(ledger, an_issue(), copies("left@mill.example")) == 0
    with pytest.raises(NotFound):
        ledger.newsletters.issue("issue-1")


def test_whoever_leaves_gets_nothing_that_waits_even_when_it_was_claimed(ledger: Ledger) -> None:
    send(ledger, an_issue(), copies("priya@mill.example", "sam@mill.example"))
    claimed = ledger.queue.claim("worker", NOON, 1, Channel.BULK)[0]
    leaving = ledger.mailing_list.unsubscribe(claimed.address, actor="reader")
    assert (leaving.is_new, leaving.dropped) == (True, 1)
    with pytest.raises(ClaimLost):
        ledger.queue.mark_transmitting(claimed.id, "worker")
    progress = ledger.newsletters.issue("issue-1").progress
    assert (progress.waiting, progress.dropped, progress.left_since) == (1, 1, 1)


def test_what_was_being_sent_when_the_server_died_is_in_doubt(ledger: Ledger) -> None:
    send(ledger, an_issue(), copies("priya@mill.example", "sam@mill.example", "eve@mill.example"))
    first, second, _ = ledger.queue.claim("worker", NOON, 3, Channel.BULK)
    ledger.queue.mark_transmitting(first.id, "worker")
    ledger.queue.mark_stuck(second.id, "worker", "no such user")
    ledger.queue.void_claims()
    doubtful, refused = ledger.newsletters.needing_somebody(limit=50)
    assert (doubtful.delivery_id, refused.last_error) == (first.id, "no such user")
    assert ledger.newsletters.count_in_doubt() == 1
    assert ledger.newsletters.issue("issue-1").progress == Progress(waiting=1, doubt=1, refused=1)
    assert second.address not in ledger.newsletters.mailed_on(DAY)
    assert ledger.newsletters.copy(first.id) == doubtful
    assert ledger.deliveries.needing_somebody([], with_server=True) == []
    assert ledger.deliveries.troubled() == []
    assert not any(ledger.deliveries.counts().values())

    ledger.deliveries.try_again(first.id, NOON, actor=BY)
    assert ledger.newsletters.count_in_doubt() == 0
    assert ledger.newsletters.let_be("issue-1", actor=BY) == 1
    assert ledger.newsletters.issue("issue-1").progress == Progress(waiting=2, dropped=1)


def test_an_issue_that_is_stopped_frees_whom_it_did_not_reach(
    ledger: Ledger, clock: MovableClock
) -> None:
    send(ledger, an_issue(), copies("priya@mill.example", "sam@mill.example"))
    sent = ledger.queue.claim("worker", NOON, 1, Channel.BULK)[0]
    ledger.queue.mark_transmitting(sent.id, "worker")
    ledger.queue.mark_sent(sent.id, "worker", clock.now)
    assert ledger.newsletters.stop("issue-1", actor=BY) == 1
    kept = ledger.newsletters.issue("issue-1")
    assert (kept.progress, kept.stopped) == (Progress(sent=1), 1)
    assert list(ledger.newsletters.mailed_on(DAY)) == [sent.address]
    assert ledger.queue.claim("worker", NOON, 8, Channel.BULK) == []


def test_a_copy_goes_along_when_two_entries_become_one(ledger: Ledger) -> None:
    for code in ("k7m2xq", "kept01"):
        ledger.address_book.add(code, SourceFacts("Mill"), actor=BY)
    (copy,) = copies("priya@mill.example")
    send(ledger, an_issue(), [copy])
    ledger.address_book.merge("kept01", "k7m2xq", SourceFacts("Mill"), actor=BY)
    assert ledger.newsletters.copy(copy.delivery.id).source_code == "kept01"


def test_a_link_leads_to_its_reader_for_good(ledger: Ledger) -> None:
    send(ledger, an_issue(), copies("Priya@mill.example"))
    ledger.newsletters.issue("issue-1")
    assert ledger.mailing_list.reader(hashed("issue-1 Priya@mill.example")) == "priya@mill.example"
    assert ledger.mailing_list.reader(hashed("another")) is None
