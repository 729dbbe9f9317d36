from __future__ import annotations

from datetime import timedelta

from form_server.ledger import InboxKey, Ledger, NewInbox
from form_server.ledger.walking import stand_at
from tests.form_server.ledger.things import NOON, accept_one


def test_all_of_an_inbox_comes_once_newest_first(ledger: Ledger) -> None:
    # Three share a moment: the id decides, and none is passed over at the edge of a page.
    ids = [
        accept_one(ledger, received_at=NOON + timedelta(minutes=number // 3)).id
        for number in range(10)
    ]

    pages = list(ledger.walking.pages(["inbox-1"], limit=4))

    assert [len(page) for page in pages] == [4, 4, 2]
    assert [one.id for page in pages for one in page] == ids[::-1]
    assert ledger.walking.count(["inbox-1"]) == 10
    later = ledger.walking.page(["inbox-1"], before=stand_at(pages[1][-1]))
    assert [one.id for one in later] == ids[1::-1]


def test_other_inboxes_are_not_walked_through(ledger: Ledger) -> None:
    ledger.inboxes.add(NewInbox("i2", "Sam", "sam"), InboxKey("i2", 1, b"public"), [], actor="test")
    accept_one(ledger, inbox_id="i2")

    assert ledger.walking.page(["inbox-1"]) == []
    assert ledger.walking.page([]) == []
    assert ledger.walking.count([]) == 0
