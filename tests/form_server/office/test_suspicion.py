from __future__ import annotations

import pytest

from form_server.office.suspicion import THRESHOLD, Hint, weigh

CROWD = (Hint.SAME_NOTE, Hint.BUSY_NETWORK, Hint.BUSY_OFFICE)


def test_nothing_noticed_comes_to_nothing() -> None:
    assert weigh(()).points == 0
    assert not weigh(()).keeps_aside


ENOUGH_ALONE = (Hint.BAIT_TAKEN, Hint.NETWORK_FLOOD, Hint.OFFICE_FLOOD, Hint.NOTE_FLOOD)


@pytest.mark.parametrize("hint", [hint for hint in Hint if hint not in ENOUGH_ALONE])
def test_no_single_hint_keeps_a_referral_aside(hint: Hint) -> None:
    assert not weigh([hint]).keeps_aside


@pytest.mark.parametrize("hints", [[Hint.BAIT_TAKEN], [Hint.NOTE_FLOOD, Hint.SAME_NOTE]])
def test_what_a_known_office_is_forgiven_keeps_others_aside(hints: list[Hint]) -> None:
    assert weigh(hints).keeps_aside
    assert not weigh([*hints, Hint.KNOWN_OFFICE]).keeps_aside


@pytest.mark.parametrize("flood", [Hint.NETWORK_FLOOD, Hint.OFFICE_FLOOD])
def test_a_flood_is_kept_aside_whoever_it_says_it_is(flood: Hint) -> None:
    assert weigh([flood]).keeps_aside
    assert weigh([flood, Hint.KNOWN_OFFICE]).keeps_aside


def test_a_crowd_short_of_a_flood_keeps_nobody_aside_not_even_a_fast_typist() -> None:
    assert weigh(CROWD).points < THRESHOLD
    assert not weigh([*CROWD, Hint.TOO_FAST]).keeps_aside


@pytest.mark.parametrize(
    "honest",
    [
        [Hint.BAIT_FILLED_IN, Hint.FAST],
        [Hint.BAIT_FILLED_IN, Hint.TOO_FAST, Hint.PAGE_OLD],
        [Hint.STRANGE_ORIGIN, Hint.LINK, Hint.PAGE_OLD],
        [Hint.HIDDEN_ORIGIN, Hint.IMPOSSIBLE_PHONE, Hint.FAST],
    ],
)
def test_what_an_honest_office_does_passes(honest: list[Hint]) -> None:
    assert not weigh(honest).keeps_aside


@pytest.mark.parametrize(
    "machine",
    [
        [Hint.LINKS, Hint.MARKUP],
        [Hint.LINKS, Hint.STRANGE_ORIGIN],
        [Hint.LINK_FOR_NAME, Hint.TOO_FAST],
        [Hint.STRANGE_ORIGIN, Hint.PAGE_FORGED, Hint.IMPOSSIBLE_PHONE],
        [Hint.NOTE_GOES_ROUND, Hint.SAME_NOTE, Hint.BUSY_NETWORK],
        [Hint.BAIT_TAKEN, Hint.LINKS, Hint.KNOWN_OFFICE],
    ],
)
def test_what_only_machines_do_together_is_kept_aside(machine: list[Hint]) -> None:
    assert weigh(machine).keeps_aside


def test_a_hint_counts_once_and_in_a_fixed_order() -> None:
    twice = weigh([Hint.MARKUP, Hint.LINK, Hint.MARKUP])

    assert twice.hints == (Hint.LINK, Hint.MARKUP)
    assert twice == weigh([Hint.LINK, Hint.MARKUP])


def test_trust_never_goes_below_nothing() -> None:
    assert weigh([Hint.KNOWN_OFFICE]).points == 0
