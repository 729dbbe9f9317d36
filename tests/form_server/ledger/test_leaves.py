from __future__ import annotations

from datetime import date

import pytest

from form_server.ledger import CannotOpen, Leave, Ledger, NotFound
from tests.form_server.ledger.things import a_grant, a_recipient, a_user

DAYS = (date(2026, 3, 9), date(2026, 3, 13))


def test_absence_is_known_at_once_and_to_other_processes(ledger: Ledger, url: str) -> None:
    leave = Leave("l1", "inbox-1", *DAYS, cover_user_id="user-1")
    ledger.leaves.add(leave, actor="user:user-1")

    assert ledger.inboxes.leaves("inbox-1") == (leave,)
    with Ledger.open(url) as other:
        assert other.inboxes.leaves("inbox-1") == (leave,)
    assert ledger.leaves.ending_from(DAYS[1]) == [leave]
    assert ledger.leaves.ending_from(date(2026, 3, 14)) == []


def test_absence_can_be_taken_back(ledger: Ledger) -> None:
    ledger.leaves.add(Leave("l1", "inbox-1", *DAYS), actor="command")
    ledger.leaves.remove("l1", actor="command")

    assert ledger.inboxes.leaves("inbox-1") == ()
    with pytest.raises(NotFound):
        ledger.leaves.remove("l1", actor="command")


def test_cover_must_be_able_to_open_the_inbox(ledger: Ledger) -> None:
    ledger.people.add_user(a_user(id="user-2", email="b@b.example"), [], actor="command")
    leave = Leave("l1", "inbox-1", *DAYS, cover_user_id="user-2")

    with pytest.raises(CannotOpen):
        ledger.leaves.add(leave, actor="command")
    assert ledger.inboxes.leaves("inbox-1") == ()


def test_absence_of_no_inbox_is_refused(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.leaves.add(Leave("l1", "nowhere", *DAYS), actor="command")
    with pytest.raises(NotFound):
        ledger.leaves.add(Leave("l1", "inbox-1", *DAYS, cover_inbox_id="nowhere"), actor="command")


def test_recipient_who_cannot_open_the_inbox_is_refused_and_the_others_stay(
    ledger: Ledger,
) -> None:
    ledger.people.add_user(a_user(id="user-2", email="b@b.example"), [], actor="command")
    both = [a_recipient(), a_recipient(id="rcpt-2", position=1, user_id="user-2")]

    with pytest.raises(CannotOpen):
        ledger.inboxes.set_recipients("inbox-1", both, actor="command")
    assert ledger.inboxes.recipients("inbox-1") == (a_recipient(),)


def test_recipient_who_can_open_the_inbox_joins_the_chain(ledger: Ledger) -> None:
    ledger.people.add_user(
        a_user(id="user-2", email="b@b.example"), [a_grant(holder_id="user-2")], actor="command"
    )
    both = [a_recipient(), a_recipient(id="rcpt-2", position=1, user_id="user-2")]
    ledger.inboxes.set_recipients("inbox-1", both, actor="command")

    assert [one.user_id for one in ledger.inboxes.recipients("inbox-1")] == ["user-1", "user-2"]
