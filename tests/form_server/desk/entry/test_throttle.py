from __future__ import annotations

import pytest

from form_server.desk.entry.throttle import is_device_of, network_of, new_device_mark
from tests.form_server.desk.stage import EMAIL, Stage

WRONG = "six words that are wrong here"


def fail(stage: Stage, times: int, address: str = "203.0.113.7", name: str = EMAIL) -> None:
    for _ in range(times):
        assert stage.try_to_sign_in(WRONG, name=name, address=address).status_code == 422


def test_after_five_failures_the_next_try_waits_a_moment(stage: Stage) -> None:
    fail(stage, 5)

    answer = stage.try_to_sign_in()

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert "Wait 2 seconds" in answer.text
    stage.clock.advance(seconds=2)
    assert stage.try_to_sign_in().status_code == 303


def test_waits_double_and_stay_within_a_minute(stage: Stage) -> None:
    fail(stage, 5)
    waits = []
    for _ in range(8):
        wait_s = int(stage.try_to_sign_in(WRONG).headers["Retry-After"])
        waits.append(wait_s)
        stage.clock.advance(seconds=wait_s)
        fail(stage, 1)

    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_tries_within_a_wait_do_not_lengthen_it(stage: Stage) -> None:
    fail(stage, 5)
    for _ in range(10):
        assert stage.try_to_sign_in().status_code == 429
    stage.clock.advance(seconds=2)

    assert stage.try_to_sign_in().status_code == 303


def test_guessing_elsewhere_locks_nobody_out_here(stage: Stage) -> None:
    fail(stage, 5, address="198.51.100.9")
    assert stage.try_to_sign_in(address="198.51.100.9").status_code == 429

    assert stage.try_to_sign_in(address="203.0.113.7").status_code == 303


def test_a_known_device_does_not_wait_behind_a_guesser_at_its_own_address(stage: Stage) -> None:
    """As when a proxy is not named in the settings, and everybody seems to come from it."""
    stage.sign_in()
    guesser = stage.app.test_client()
    for _ in range(5):
        assert stage.try_to_sign_in(WRONG, client=guesser).status_code == 422
    assert stage.try_to_sign_in(client=guesser).status_code == 429

    assert stage.try_to_sign_in().status_code == 303


def test_a_known_device_waits_after_its_own_failures(stage: Stage) -> None:
    stage.sign_in()
    fail(stage, 5)

    assert stage.try_to_sign_in().status_code == 429


def test_a_device_is_known_for_its_own_user_only(stage: Stage) -> None:
    mark = new_device_mark(stage.desk, "user-1")

    assert is_device_of(stage.desk, mark, "user-1")
    assert not is_device_of(stage.desk, mark, "user-2")
    for forged in (None, "", ".", "abc", mark[:-1], mark + "0", "x" + mark, "ü.ü"):
        assert not is_device_of(stage.desk, forged, "user-1")


def test_one_address_that_tries_many_names_waits_as_well(stage: Stage) -> None:
    for number in range(30):
        fail(stage, 1, name=f"somebody-{number}")

    assert stage.try_to_sign_in(WRONG, name="somebody-else").status_code == 429


def test_name_and_email_share_one_count(stage: Stage) -> None:
    fail(stage, 3, name=EMAIL)
    fail(stage, 2, name="Nora Ellison, LICSW")

    assert stage.try_to_sign_in().status_code == 429


def test_success_and_an_hour_both_forget_failures(stage: Stage) -> None:
    fail(stage, 4)
    stage.sign_in()
    other = stage.app.test_client()
    for _ in range(4):
        assert stage.try_to_sign_in(WRONG, client=other).status_code == 422
    stage.clock.advance(minutes=61)
    for _ in range(5):
        assert stage.try_to_sign_in(WRONG, client=other).status_code == 422
    assert stage.try_to_sign_in(client=other).status_code == 429


def test_failures_are_noted_without_saying_who_or_from_where(stage: Stage) -> None:
    fail(stage, 1)
    noted = [one for one in stage.ledger.audit.recent(10) if one.action == "sign_in.failed"]

    assert noted
    for entry in noted:
        assert "203.0.113.7" not in entry.detail
        assert EMAIL not in entry.detail


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("@unix", "unknown"),
    ],
)
def test_ipv6_counts_by_the_network_of_one_household(address: str, network: str) -> None:
    assert network_of(address) == network
