from __future__ import annotations

import threading

from form_server.ledger import Ledger
from tests.form_server.ledger.things import a_delivery


def test_each_who_waits_for_deliveries_is_called_and_clears_its_own(ledger: Ledger) -> None:
    one, other = threading.Event(), threading.Event()
    ledger.wake.call(one)
    ledger.wake.call(other)

    ledger.queue.add([a_delivery()])
    assert one.is_set()
    assert other.is_set()

    one.clear()
    ledger.queue.add([a_delivery()])
    assert one.is_set()
