from __future__ import annotations

import pytest
from sqlalchemy import event

from form_server.ledger import (
    Channel,
    HolderKind,
    InboxKey,
    Ledger,
    NewInbox,
    NotFound,
)
from form_server.ledger.inboxes import Inboxes
from tests.form_server.ledger.things import a_grant, a_recipient


def add_front_desk(ledger: Ledger) -> None:
    ledger.inboxes.add(
        NewInbox("inbox-2", "Front desk", None),
        InboxKey("inbox-2", 1, b"front public"),
        [a_grant(inbox_id="inbox-2")],
        actor="user:user-1",
    )


def test_newest_version_is_the_active_key_and_older_ones_remain(ledger: Ledger) -> None:
    assert ledger.inboxes.active_key("inbox-1") == InboxKey("inbox-1", 1, b"inbox public")
    rotated = InboxKey("inbox-1", 2, b"new public")
    ledger.inboxes.rotate(rotated, [a_grant(version=2)], actor="user:user-1")
    assert ledger.inboxes.active_key("inbox-1") == rotated
    assert [key.version for key in ledger.inboxes.keys("inbox-1")] == [1, 2]
    held = ledger.inboxes.grants_for(HolderKind.USER, "user-1")
    assert [grant.version for grant in held] == [1, 2]
    assert [g.version for g in ledger.inboxes.grants_for(HolderKind.RECOVERY, "recovery-1")] == [1]


def test_referral_of_a_clinician_goes_to_their_inbox_else_to_the_front_desk(
    ledger: Ledger,
) -> None:
    assert ledger.inboxes.for_clinician("somebody-else").id == "inbox-1"
    add_front_desk(ledger)
    assert ledger.inboxes.for_clinician("nora-ellison").id == "inbox-1"
    assert ledger.inboxes.for_clinician("somebody-else").id == "inbox-2"
    assert ledger.inboxes.for_clinician(None).id == "inbox-2"
    assert [inbox.id for inbox in ledger.inboxes.all()] == ["inbox-1", "inbox-2"]


def test_recipients_are_replaced_and_kept_in_order(ledger: Ledger) -> None:
    second = a_recipient(
        id="rcpt-3", position=1, channel=Channel.PUSH, address="push", user_id=None
    )
    first = a_recipient(id="rcpt-2", address="desk@harborstreet.example")
    ledger.inboxes.set_recipients("inbox-1", [second, first], actor="user:user-1")
    assert ledger.inboxes.recipients("inbox-1") == (first, second)
    ledger.inboxes.set_recipients("inbox-1", [], actor="user:user-1")
    assert ledger.inboxes.recipients("inbox-1") == ()


def test_unknown_inbox_is_named(ledger: Ledger) -> None:
    for ask in (ledger.inboxes.get, ledger.inboxes.active_key, ledger.inboxes.keys):
        with pytest.raises(NotFound, match="inbox-9"):
            ask("inbox-9")


def test_change_by_another_process_counts_within_a_second(ledger: Ledger, url: str) -> None:
    now_s = 100.0
    mine = Inboxes(ledger._store, ledger._clock, ledger.audit, monotonic_s=lambda: now_s)
    assert mine.active_key("inbox-1").version == 1
    with Ledger.open(url) as other:
        other.inboxes.rotate(InboxKey("inbox-1", 2, b"new"), [], actor="command")
    now_s = 101.0
    assert mine.active_key("inbox-1").version == 2


def test_questions_within_a_second_do_not_reach_the_database(ledger: Ledger) -> None:
    ledger.inboxes.get("inbox-1")
    asked: list[str] = []
    event.listen(ledger._store.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    mine = Inboxes(ledger._store, ledger._clock, ledger.audit, monotonic_s=lambda: 7.0)
    mine.get("inbox-1")
    once = len(asked)
    mine.recipients("inbox-1")
    mine.active_key("inbox-1")
    assert once > 0
    assert len(asked) == once
