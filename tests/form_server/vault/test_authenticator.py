from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta

import pytest

from form_server.vault import AuthenticatorSecret, BoxRefused, CodeRefused, KeyPair, step_at

SECRET = AuthenticatorSecret(b"12345678901234567890")
NEVER = -1


@pytest.mark.parametrize(
    ("at", "digits"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_digits_are_those_of_the_standard(at: int, digits: str) -> None:
    """RFC 6238, appendix B; the last six of the eight that it prints."""
    now = datetime.fromtimestamp(at, UTC)
    assert SECRET.digits(step_at(now)) == digits
    assert SECRET.step_of(f" {digits[:3]} {digits[3:]} ", now, after=NEVER) == step_at(now)


NOW = datetime(2026, 11, 16, 20, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_one_step_of_drift_is_forgiven(off: int) -> None:
    digits = SECRET.digits(step_at(NOW) + off)
    assert SECRET.step_of(digits, NOW, after=NEVER) == step_at(NOW) + off


@pytest.mark.parametrize("off", [-2, 2])
def test_two_steps_of_drift_are_not(off: int) -> None:
    with pytest.raises(CodeRefused):
        SECRET.step_of(SECRET.digits(step_at(NOW) + off), NOW, after=NEVER)


def test_digits_count_once_and_older_ones_not_after_newer() -> None:
    here = step_at(NOW)
    with pytest.raises(CodeRefused):
        SECRET.step_of(SECRET.digits(here), NOW, after=here)
    with pytest.raises(CodeRefused):
        SECRET.step_of(SECRET.digits(here - 1), NOW, after=here)
    assert SECRET.step_of(SECRET.digits(here + 1), NOW, after=here) == here + 1


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "٢٨٧٠٨٢", "\ud800", "287082287082"])
def test_what_are_no_digits_is_refused(typed: str) -> None:
    with pytest.raises(CodeRefused):
        SECRET.step_of(typed, NOW + timedelta(days=1), after=NEVER)


def test_only_its_own_user_opens_it() -> None:
    mine, other = KeyPair.generate(), KeyPair.generate()
    sealed = SECRET.seal(mine.public, about="nora")
    assert AuthenticatorSecret.open(sealed, mine.private, about="nora").letters == SECRET.letters
    for bad, key, whose in (
        (sealed, other.private, "nora"),
        (sealed, mine.private, "sam"),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), mine.private, "nora"),
        (b"X" + sealed, mine.private, "nora"),
    ):
        with pytest.raises(BoxRefused):
            AuthenticatorSecret.open(bad, key, about=whose)
    assert b"1234567890" not in sealed


def test_address_carries_practice_and_user_to_the_app() -> None:
    address = SECRET.address("Harbor & Street", "nora@x.example")
    assert address.startswith("otpauth://totp/Harbor%20%26%20Street:nora%40x.example?secret=GEZDGN")


def test_secret_shows_nowhere() -> None:
    assert SECRET.letters not in repr(SECRET)
    for take in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            take(SECRET)
    with pytest.raises(ValueError, match="20 bytes"):
        AuthenticatorSecret(b"short")
