"""A way out on which each try takes long: what somebody waits for goes ahead of what nobody does."""

from __future__ import annotations

from form_server.delivery import Again, Concern
from form_server.ledger import Claimed, DeliveryState
from tests.form_server.delivery.bench import ONCE, REPEATED, Bench
from tests.form_server.delivery.things import a_delivery

SILENCE_S = 30.0


def hang_on_thanks(bench: Bench) -> dict[str, float]:
    """Each acknowledgement takes half a minute and fails; when each notice went out, in seconds."""
    told: dict[str, float] = {}

    def wait(delivery: Claimed) -> None:
        if delivery.kind is ONCE:
            bench.advance(SILENCE_S)
            bench.channel.answers[delivery.id] = Again("It said nothing.", Concern.CHANNEL)
        else:
            told[delivery.id] = bench.seconds

    bench.channel.before = wait
    return told


def test_a_notice_waits_for_one_try_and_not_for_all_that_came_before_it(bench: Bench) -> None:
    told = hang_on_thanks(bench)
    bench.add(*(a_delivery(kind=ONCE) for _ in range(40)))
    notices = []
    while bench.seconds < 600:
        notices += bench.add(a_delivery(kind=REPEATED, due_at=bench.clock()))
        added_s = bench.seconds
        while notices[-1] not in told:
            bench.sweep()
            bench.advance(1)
        assert told[notices[-1]] - added_s <= 2 * SILENCE_S + 20, "two tries and a pause"

    assert len(notices) > 5


def test_once_the_way_is_quick_again_everything_goes_out(bench: Bench) -> None:
    hang_on_thanks(bench)
    ids = bench.add(*(a_delivery(kind=ONCE) for _ in range(20)))
    for _ in range(60):
        bench.sweep()
        bench.advance(1)
    bench.channel.before = lambda _: None
    bench.channel.answers.clear()
    for _ in range(40):
        bench.sweep()
        bench.advance(1)

    assert {bench.state(one) for one in ids} == {DeliveryState.SENT}


def test_what_was_claimed_with_a_slow_one_is_given_back_before_the_next(bench: Bench) -> None:
    told = hang_on_thanks(bench)
    thanks = bench.add(*(a_delivery(kind=ONCE) for _ in range(3)))
    (notice,) = bench.add(a_delivery(kind=REPEATED))
    bench.sweep()

    assert bench.channel.given[:2] == [thanks[0], notice]
    assert told == {notice: SILENCE_S}
