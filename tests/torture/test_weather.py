"""Whom the run blames when a mail comes again."""

from __future__ import annotations

import random

import pytest

from tests.smtp_faults import Received
from tests.torture.weather import Weather


def mail(opened_s: float, at_s: float) -> Received:
    return Received("", (), b"", at_s, 1, opened_s, over_tls=False, login="")


@pytest.mark.parametrize(
    ("taken", "again", "several", "unheard"),
    [
        pytest.param(mail(1, 9), mail(11, 12), False, True, id="killed between the two"),
        pytest.param(mail(1, 10.2), mail(11, 12), False, True, id="read when its sender was dead"),
        pytest.param(mail(10.1, 10.2), mail(11, 12), False, False, id="sent after the death"),
        pytest.param(mail(1, 8), mail(2, 9), False, False, id="both before the death"),
        pytest.param(mail(1, 10.2), mail(11, 12), True, True, id="one of several, read late"),
        pytest.param(mail(1, 14), mail(11, 15), True, False, id="sent by one that lived on"),
    ],
)
def test_a_repeat_is_explained_by_a_death_that_its_sender_suffered(
    taken: Received, again: Received, several: bool, unheard: bool
) -> None:
    weather = Weather(random.Random(1), several=several)
    weather.died_s = [10.0]

    assert weather.died_unheard(taken, again) is unheard
