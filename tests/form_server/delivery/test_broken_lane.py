"""What is broken here, a parcel, the program or the ledger, and never the way out."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from form_server.ledger import Claimed, DeliveryKind, DeliveryState, LedgerUnavailable
from tests.form_server.delivery.bench import ONCE, REPEATED, Bench, Saboteur
from tests.form_server.delivery.things import a_delivery, not_sealed


def test_poisoned_parcel_is_shown_and_others_go_on(bench: Bench) -> None:
    bad, good = bench.add(a_delivery(b'{"kind": "Jane Quarles"}'), a_delivery())
    bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (DeliveryState.RETRYING, DeliveryState.SENT)
    assert [one.id for one in bench.ledger.deliveries.failing()] == [bad]
    assert "cannot be read" in bench.error(bad)
    assert "Quarles" not in bench.error(bad)


def test_parcel_that_does_not_open_is_tried_again_and_others_go_on(bench: Bench) -> None:
    bad, good = bench.add(a_delivery(), a_delivery())

    def open_parcel(sealed: bytes, delivery_id: str) -> bytes:
        if delivery_id == bad:
            raise ValueError("wrong key for Jane Quarles")
        return sealed

    bench.open_parcel = open_parcel
    bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (DeliveryState.RETRYING, DeliveryState.SENT)
    assert "ValueError at test_broken_lane.py" in bench.error(bad)
    bench.open_parcel = not_sealed  # the program was mended
    bench.advance(2)
    bench.sweep()
    assert bench.state(bad) is DeliveryState.SENT


@pytest.mark.parametrize(
    ("kind", "state"), [(REPEATED, DeliveryState.RETRYING), (ONCE, DeliveryState.UNKNOWN)]
)
def test_bug_amid_a_transmission_is_shown_and_says_nothing_of_the_referral(
    bench: Bench, kind: DeliveryKind, state: DeliveryState, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = bench.add(a_delivery(kind=kind), a_delivery())
    bench.channel.answers[bad] = KeyError("Jane Quarles")
    with caplog.at_level(logging.DEBUG):
        bench.sweep()
    assert (bench.state(bad), bench.state(good)) == (state, DeliveryState.SENT)
    assert "KeyError" in bench.error(bad)
    assert bad in caplog.text
    assert "Quarles" not in caplog.text + bench.error(bad)


def test_row_taken_over_by_another_owner_is_left_to_it(bench: Bench) -> None:
    mine, good = bench.add(a_delivery(kind=ONCE), a_delivery())

    def take_over(held: Claimed) -> None:
        if held.id == mine:
            bench.ledger.queue.mark_stuck(mine, held.owner, "taken")

    bench.channel.before = take_over
    bench.sweep()
    assert bench.channel.given == [good]
    assert bench.error(mine) == "taken"


def test_outcome_that_could_not_be_written_is_written_later_and_nothing_is_sent_twice(
    bench: Bench, saboteur: Saboteur
) -> None:
    first, second = bench.add(a_delivery(), a_delivery())
    bench.channel.after = lambda held: saboteur.strike() if held.id == first else None
    for _ in range(3):
        with pytest.raises(LedgerUnavailable):
            bench.sweep()
    saboteur.make_good()
    bench.sweep()
    assert bench.channel.given == [first, second]
    assert [bench.state(one) for one in (first, second)] == [DeliveryState.SENT] * 2


def test_transmission_that_could_not_be_committed_does_not_happen(
    bench: Bench, saboteur: Saboteur
) -> None:
    (one,) = bench.add(a_delivery(kind=ONCE))
    bench.channel.before = saboteur.strike
    with pytest.raises(LedgerUnavailable):
        bench.sweep()
    assert bench.channel.given == []
    saboteur.make_good()
    bench.channel.before = lambda _: None
    bench.sweep()
    bench.advance(2)
    bench.sweep()
    assert bench.channel.given == [one]
    assert bench.state(one) is DeliveryState.SENT


def test_rows_claimed_without_an_answer_are_given_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = bench.add(a_delivery())
    queue, claim = bench.ledger.queue, bench.ledger.queue.claim

    def claim_and_lose_the_answer(*arguments: Any) -> list[Claimed]:
        claim(*arguments)
        raise LedgerUnavailable("here", "the connection was lost after the commit")

    monkeypatch.setattr(queue, "claim", claim_and_lose_the_answer)
    with pytest.raises(LedgerUnavailable):
        bench.sweep()
    assert bench.state(one) is DeliveryState.SENDING
    monkeypatch.undo()
    assert bench.sweep() == 1
    assert bench.state(one) is DeliveryState.SENT
