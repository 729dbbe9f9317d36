from __future__ import annotations

from datetime import date

import pytest

from form_server.admitting import hash_of_token, write_token
from form_server.ledger import Channel, DeliveryKind, Ledger, LedgerUnavailable, NewDelivery
from form_server.ledger.newsletter_rows import IssueText, NewCopy, NewIssue
from tests.form_server.office.house import House

TOKEN = bytes(range(16))
LINK = f"/unsubscribe/{write_token(TOKEN)}"
READER = "priya@mill.example"


@pytest.fixture
def ledger(house: House) -> Ledger:
    """One that mailed a newsletter to a reader, whose copy waits still."""
    now = house.clock()
    copy = NewDelivery(
        house.ledger.new_id(), DeliveryKind.NEWSLETTER, Channel.BULK, READER, None, now, b"p", "<m>"
    )
    house.ledger.newsletters.send(
        NewIssue("issue-1", ("sleep",), (), "en", now.date(), IssueText("Sleep", "", "")),
        [NewCopy(copy, hash_of_token(TOKEN), "k7m2xq")],
        not_since=date(2026, 1, 1),
        actor="test",
    )
    return house.ledger


def test_looking_changes_nothing_and_shows_one_button(house: House, ledger: Ledger) -> None:
    page = house.client.get(LINK)
    assert house.client.head(LINK).status_code == 200
    assert page.text.count("<form") == 1
    assert READER not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not ledger.mailing_list.is_out(READER)


def test_a_mail_program_unsubscribes_in_one_request(house: House, ledger: Ledger) -> None:
    answer = house.client.post(
        LINK,
        data="List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "https://mail.example", "User-Agent": "Some Mail"},
    )
    assert answer.status_code == 200  # RFC 8058: no redirect
    assert ledger.mailing_list.is_out(READER)
    progress = ledger.newsletters.issue("issue-1").progress
    assert (progress.waiting, progress.dropped, progress.left_since) == (0, 1, 1)
    assert ledger.audit.recent(1)[0].actor == "reader"


def test_the_button_does_the_same_and_a_second_tap_harms_nothing(
    house: House, ledger: Ledger
) -> None:
    first, second = house.client.post(LINK), house.client.post(LINK)
    assert "You are off the list" in first.text
    assert second.text == first.text
    assert list(ledger.mailing_list.all_out()) == [READER]


@pytest.mark.parametrize("link", [f"/unsubscribe/{write_token(b'x' * 16)}", "/unsubscribe/cut"])
def test_a_link_that_is_none_of_ours_gets_the_same_friendly_answer(
    house: House, ledger: Ledger, link: str
) -> None:
    assert house.client.get(link).text == house.client.get(LINK).text
    assert house.client.post(link).text == house.client.post(LINK).text
    assert list(ledger.mailing_list.all_out()) == [READER]


def test_it_works_years_later(house: House, ledger: Ledger) -> None:
    house.clock.now = house.clock.now.replace(year=2031)
    house.client.post(LINK)
    assert ledger.mailing_list.is_out(READER)


def test_nothing_is_claimed_that_was_not_written(
    house: House, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LedgerUnavailable("here", "the disk is full")

    monkeypatch.setattr(ledger.mailing_list, "unsubscribe", fail)
    answer = house.client.post(LINK)
    assert answer.status_code == 503
    assert "off the list" not in answer.text.split("tell us")[0]
