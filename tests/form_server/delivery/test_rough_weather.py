"""A relay that misbehaves at random, at every stage, while deliveries of both promises go out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from form_server.delivery import MailChannel, SmtpTransport, Worker
from form_server.ledger import Channel as Way
from form_server.ledger import Delivery, DeliveryKind, DeliveryState, Ledger
from tests.form_server.delivery.things import a_delivery, not_sealed, server_for
from tests.form_server.delivery.workers import ledger_in, wait_until
from tests.smtp_faults import Action, Answer, Drop, FaultySmtpServer, Hang, Slow, Stage, Trickle

ROWS = 60
FAULTS: list[Action] = [
    Answer(421),
    Answer(450, "4.2.0 later"),
    Answer(535, "5.7.8 who are you"),
    Answer(550, "5.1.1 nobody"),
    Answer(552, "5.2.2 full"),
    Drop(),
    Hang(),
    Trickle(),
    Slow(0.02),
]
AFTER_THE_DOT: list[Action] = [*FAULTS, Drop(kept=True), Hang(kept=True)]
SETTLED = {DeliveryState.SENT, DeliveryState.STUCK, DeliveryState.UNKNOWN}


class Weather:
    """Draws a fault for one step in eight, and keeps what it drew for which recipient."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.drawn: dict[str, list[tuple[Stage, Action]]] = {}

    def __call__(self, stage: Stage, recipient: str) -> Action | None:
        if stage is Stage.BODY or self._random.random() > 0.12:
            return None
        action = self._random.choice(AFTER_THE_DOT if stage is Stage.DOT else FAULTS)
        self.drawn.setdefault(recipient, []).append((stage, action))
        return action

    def refused_for_good(self, recipient: str) -> bool:
        # What is answered to MAIL comes before any recipient is named.
        drawn = self.drawn.get(recipient, []) + self.drawn.get("", [])
        return any(isinstance(action, Answer) and action.code >= 500 for _, action in drawn)

    def cut_after_the_dot(self, recipient: str) -> bool:
        return any(
            stage is Stage.DOT and isinstance(action, Drop | Hang | Trickle)
            for stage, action in self.drawn.get(recipient, [])
        )


def real_clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_in(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("seed", [1])
def test_every_promise_is_kept_in_rough_weather(
    ledger: Ledger, relay: FaultySmtpServer, seed: int
) -> None:
    weather = Weather(seed)
    relay.choose = weather
    kinds = [DeliveryKind.NOTICE, DeliveryKind.ACKNOWLEDGEMENT]
    rows = [
        replace(
            a_delivery(kind=kinds[number % 2]),
            address=f"n{number}@x.example",
            due_at=real_clock(),
        )
        for number in range(ROWS)
    ]
    # Impatient: every silence costs this much, and there are many.
    server = server_for(relay, timeout_s=0.15)
    channel = MailChannel(server, SmtpTransport(server), carries_whole=False)
    worker = Worker(ledger, {Way.EMAIL: channel}, not_sealed, owner="boot-1", clock=real_clock)
    worker.start()
    try:
        ledger.queue.add(rows)
        wait_until(lambda: _unsettled(ledger) <= ROWS // 4, within_s=60)
        relay.choose = lambda _stage, _recipient: None  # the sky clears
        wait_until(lambda: _unsettled(ledger) == 0, within_s=90)
    finally:
        assert worker.stop(10)

    arrived = Counter(got.message_id for got in relay.received)
    for row in rows:
        end = ledger.deliveries.get(row.id)
        _check_end(end, arrived[row.message_id], weather)
    for message_id in arrived:
        copies = {got.data for got in relay.received if got.message_id == message_id}
        assert len(copies) == 1


def _unsettled(ledger: Ledger) -> int:
    counts = ledger.deliveries.counts()
    return sum(count for state, count in counts.items() if state not in SETTLED)


def _check_end(end: Delivery, copies: int, weather: Weather) -> None:
    match end.state:
        case DeliveryState.SENT:
            assert copies >= 1
        case DeliveryState.STUCK:
            assert weather.refused_for_good(end.address)
        case DeliveryState.UNKNOWN:
            assert end.kind is DeliveryKind.ACKNOWLEDGEMENT
            assert weather.cut_after_the_dot(end.address)
        case _:
            pytest.fail(f"{end.id} is {end.state}")
    if end.kind is DeliveryKind.ACKNOWLEDGEMENT:
        assert copies <= 1
