from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.office.traffic import Traffic, network_of
from tests.form_server.office.house import Clock

TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:12:34ff::9", "2001:db8:12:3400::/56"),
        ("127.0.0.1", None),
        ("::1", None),
        ("172.17.0.1", None),
        ("192.168.4.20", None),
        ("fe80::1%eth0", None),
        ("", None),
        (None, None),
        ("unix:", None),
    ],
)
def test_addresses_are_counted_with_their_line(address: str | None, network: str | None) -> None:
    assert network_of(address) == network


def test_what_comes_again_is_counted_and_others_are_not() -> None:
    traffic = Traffic(TEN_MINUTES, Clock())

    assert [traffic.add("a") for _ in range(3)] == [1, 2, 3]
    assert traffic.count("b") == 0


def test_what_has_reached_its_ceiling_is_not_counted() -> None:
    clock = Clock()
    traffic = Traffic(TEN_MINUTES, clock)

    assert [traffic.add_below(2, "a") for _ in range(4)] == [True, True, False, False]
    assert traffic.count("a") == 2
    assert traffic.add_below(3, "a")
    assert traffic.add_below(2, "b")
    clock.pass_by(timedelta(minutes=15))
    assert [traffic.add_below(2, "a") for _ in range(2)] == [True, False]  # half of three is left


def test_counts_fade_and_are_forgotten() -> None:
    clock = Clock()
    traffic = Traffic(TEN_MINUTES, clock)
    for _ in range(10):
        traffic.add("a")

    clock.pass_by(timedelta(minutes=15))
    assert traffic.count("a") == 5
    clock.pass_by(timedelta(minutes=5))
    assert traffic.count("a") == 0
    for _ in range(10):
        traffic.add("a")
    clock.pass_by(timedelta(days=3))
    assert traffic.count("a") == 0


def test_a_clock_set_back_starts_counting_anew() -> None:
    clock = Clock()
    traffic = Traffic(TEN_MINUTES, clock)
    traffic.add("a")
    clock.pass_by(-timedelta(hours=2))

    assert traffic.add("a") == 1
    assert traffic.until_next_s() == 600


def test_a_stranger_with_many_names_fills_no_memory() -> None:
    traffic = Traffic(TEN_MINUTES, Clock(), room=3)
    for number in range(50):
        assert traffic.add(f"name {number}") == 1

    assert traffic.add("name 0") == 2
    assert traffic.count("name 49") == 0


def test_no_name_can_be_read_back() -> None:
    traffic = Traffic(TEN_MINUTES, Clock())
    traffic.add("203.0.113.0/24")

    assert "203.0.113" not in repr(vars(traffic))
    assert b"203.0.113" not in b"".join(traffic._current.counts)
