from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.ledger import (
    CardOwed,
    InboxKey,
    Ledger,
    NewInbox,
    NewVisit,
    NotFound,
    SourceKind,
    StockMove,
    VisitWay,
)
from tests.form_server.ledger.conftest import MovableClock
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
    assert card.name == "Mill Road"
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


def test_a_card_that_came_back_is_owed_again_with_all_that_it_thanked_for(
    ledger: Ledger, clock: MovableClock
) -> None:
    sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    ledger.thank_yous.mail([one.id for one in ledger.thank_yous.lying()], actor=BY)
    newest = sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    clock.advance(timedelta(minutes=1))
    (second,) = ledger.thank_yous.lying()
    ledger.thank_yous.mail([second.id], actor=BY)
    assert [one.id for one in ledger.thank_yous.mailed(HERE, 1)] == [second.id]

    ledger.thank_yous.drop([second.id], actor=BY)

    assert to_print(ledger) == [CardOwed("k7", "Mill Road", 1, newest)]
    assert second.id not in [one.id for one in ledger.thank_yous.mailed(HERE, 9)]
    ledger.thank_yous.drop([second.id], actor=BY)
    assert ledger.audit.recent(1)[0].detail == "cards=0", "and only once"


def test_of_two_cards_in_one_envelope_only_the_spoiled_one_is_owed_again(
    ledger: Ledger, clock: MovableClock
) -> None:
    sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    clock.advance(timedelta(minutes=1))
    newest = sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    first, second = (one.id for one in ledger.thank_yous.lying())
    assert ledger.thank_yous.mail([first, second], actor=BY) == 2

    ledger.thank_yous.drop([second], actor=BY)
    assert to_print(ledger) == [CardOwed("k7", "Mill Road", 1, newest)]
    ledger.thank_yous.drop([first], actor=BY)
    assert to_print(ledger) == [CardOwed("k7", "Mill Road", 2, newest)]


def test_what_was_mailed_is_listed_newest_first_and_page_by_page(
    ledger: Ledger, clock: MovableClock
) -> None:
    ledger.sources.add("m2", "Oak Street", actor="command")
    for code in ("k7", "m2", "k7"):
        sent(ledger, code)
        ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
        clock.advance(timedelta(minutes=1))
        ledger.thank_yous.mail([one.id for one in ledger.thank_yous.lying()], actor=BY)
    mailed = ledger.thank_yous.mailed
    newest, *_ = page = mailed(HERE, 2)
    assert [one.source for one in page] == ["k7", "m2"]
    assert [one.source for one in mailed(HERE, 2, before=page[-1])] == ["k7"]
    assert [one.source for one in mailed(HERE, 9, code="m2")] == ["m2"]
    assert ledger.thank_yous.get(newest.id) == newest
    with pytest.raises(NotFound):
        ledger.thank_yous.get("nothing")


def test_a_card_for_an_inbox_that_is_not_ones_own_is_not_listed(ledger: Ledger) -> None:
    other = NewInbox("inbox-2", "Sam Rivera", "sam-rivera")
    ledger.inboxes.add(other, InboxKey("inbox-2", 1, b"public"), [], actor="test")
    both = ["inbox-1", "inbox-2"]
    sent(ledger)
    ledger.thank_yous.print(to_print(ledger), both, actor=BY)
    ledger.thank_yous.mail([one.id for one in ledger.thank_yous.lying()], actor=BY)
    assert len(ledger.thank_yous.mailed(both, 9)) == 1
    assert ledger.thank_yous.mailed(HERE, 9) == []


def test_what_lay_in_the_envelope_and_what_it_said_are_noted_with_it(ledger: Ledger) -> None:
    sent(ledger)
    ledger.thank_yous.print(to_print(ledger), HERE, actor=BY)
    (card,) = ledger.thank_yous.lying()
    day = NOON.date()
    letter = NewVisit(ledger.new_id(), "k7", VisitWay.LETTER, day, said="niche_again")
    cards = StockMove("k7", "cards", "given", 4, day)
    with pytest.raises(NotFound):
        ledger.thank_yous.mail(["nothing"], actor=BY, letters=[letter], enclosed=[cards])
    assert ledger.stock_moves.all() == {}
    assert ledger.visits.of("k7") == []

    ledger.thank_yous.mail([card.id], actor=BY, letters=[letter], enclosed=[cards])

    assert ledger.stock_moves.all() == {"k7": [cards]}
    assert [one.said for one in ledger.visits.of("k7")] == ["niche_again"]


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
