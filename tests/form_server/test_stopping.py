"""By which signals a server is told to finish what it holds and end."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

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


@pytest.mark.parametrize("moment", [2, 8, 9, 12])
def test_a_signal_between_two_steps_of_who_waits_is_heard(moment: int) -> None:
    """A handler runs in the waiting thread, which may just hold what it waits with."""
    told, steps = Told(), 0

    def step(_frame: FrameType, _event: str, _what: object) -> Any:
        nonlocal steps
        steps += 1
        if steps == moment:
            sys.settrace(None)
            told._hear(signal.SIGTERM, None)
        return step

    def wait() -> None:
        sys.settrace(step)
        told.wait()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(5.0)

    assert steps == moment
    assert not waiting.is_alive()


def test_what_runs_on_after_the_terminal_has_gone_was_meant_to() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    Told()

    signal.raise_signal(signal.SIGHUP)

    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
