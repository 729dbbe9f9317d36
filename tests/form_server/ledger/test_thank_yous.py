from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import CardOwed, Ledger, NotFound, SourceKind
from tests.form_server.ledger.things import NOON, accept_one

BY = "user:user-1"
HERE = ["inbox-1"]
LATER = NOON + timedelta(days=40)


@pytest.fixture(autouse=True)
def offices(ledger: Ledger) -> None:
    ledger.sources.add("k7", "Mill Road", actor="command")
    ledger.sources.add("friend", "A friend", SourceKind.FRIEND, actor="command")


def sent(ledger: Ledger, code: str | None = "k7", days: int = 0) -> str:
    return accept_one(ledger, source=code, received_at=NOON + timedelta(days=days)).id


def to_print(ledger: Ledger) -> list[CardOwed]:
    return ledger.thank_yous.to_print(HERE, LATER)


def test_one_card_thanks_a_source_for_all_that_it_sent(ledger: Ledger) -> None:
    sent(ledger)
    newest = sent(ledger)
    sent(ledger, "friend")
    assert to_print(ledger) == [CardOwed("k7", "Mill Road", 2, newest)]


def test_what_came_too_late_waits_for_the_next_batch(ledger: Ledger) -> None:
    old = sent(ledger)
    sent(ledger, days=9)
    (card,) = ledger.thank_yous.to_print(HERE, NOON + timedelta(days=5))
    assert (card.referrals, card.through_id) == (1, old)


def test_a_referral_is_thanked_for_when_its_card_is_in_the_post(ledger: Ledger) -> None:
    first = sent(ledger)
    batch = ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    (card,) = ledger.thank_yous.lying()
    assert (card.batch_id, card.source, card.referrals) == (batch, "k7", 1)
    assert to_print(ledger) == [], "it is printed, though not mailed"
    assert ledger.owing.thanks(HERE), "and still owed"

    newer = sent(ledger)
    assert [one.through_id for one in to_print(ledger)] == [newer]
    assert ledger.thank_yous.mail([card.id], actor=BY) == 1
    assert ledger.thank_yous.lying() == []
    (owed,) = ledger.owing.thanks(HERE)
    assert (owed.count, owed.through_id) == (1, newer)
    assert first != newer


def test_a_card_is_mailed_once_and_all_or_none(ledger: Ledger) -> None:
    sent(ledger)
    batch = ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    (card,) = ledger.thank_yous.lying(batch)
    with pytest.raises(NotFound):
        ledger.thank_yous.mail([card.id, "nothing"], actor=BY)
    assert ledger.thank_yous.lying() == [card]
    ledger.thank_yous.mail([card.id], actor=BY)
    with pytest.raises(NotFound):
        ledger.thank_yous.mail([card.id], actor=BY)


def test_a_spoiled_card_is_owed_again(ledger: Ledger) -> None:
    sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    ledger.thank_yous.drop([one.id for one in ledger.thank_yous.lying()], actor=BY)
    assert ledger.thank_yous.lying() == []
    assert [one.source for one in to_print(ledger)] == ["k7"]


def test_two_who_print_at_once_make_one_card(ledger: Ledger) -> None:
    sent(ledger)
    seen = to_print(ledger)
    ledger.thank_yous.print(seen, HERE, actor=BY)
    second = ledger.thank_yous.print(seen, HERE, actor="user:user-2")
    assert len(ledger.thank_yous.lying()) == 1
    assert ledger.thank_yous.lying(second) == []


def test_an_office_without_a_code_gets_its_card_too(ledger: Ledger) -> None:
    sent(ledger, None)
    (card,) = to_print(ledger)
    assert card.source == ""
    ledger.thank_yous.print([card], HERE, actor=BY)
    assert ledger.thank_yous.mail([one.id for one in ledger.thank_yous.lying()], actor=BY) == 1
    assert ledger.owing.thanks(HERE) == []


def test_the_record_counts_and_names_no_referral(ledger: Ledger) -> None:
    newest = sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    ledger.thank_yous.mail([one.id for one in ledger.thank_yous.lying()], actor=BY)
    said = " ".join(entry.detail for entry in ledger.audit.recent(2))
    assert newest not in said
    assert [entry.action for entry in ledger.audit.recent(2)] == ["thanks.mailed", "thanks.printed"]
