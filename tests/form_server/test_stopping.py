"""By which signals a server is told to finish what it holds and end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from form_server.stopping import Told

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    heard = {one: signal.getsignal(one) for one in SIGNALS}
    yield
    for one, handler in heard.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda one: one.name)
def test_each_of_them_is_heard_and_a_second_one_changes_nothing(number: signal.Signals) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    told = Told()
    threading.Timer(0.05, signal.raise_signal, [number]).start()
    told.wait()

    signal.raise_signal(number)
    told.wait()


def test_what_runs_on_after_the_terminal_has_gone_was_meant_to() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    Told()

    signal.raise_signal(signal.SIGHUP)

    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
