from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Ledger, MetChallenge, NewPasskey, NewSession
from form_server.ledger.roll import Entry
from form_server.ledger.second_factors import NO_LOCK
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import hashed

HOUR = timedelta(hours=1)


def start(ledger: Ledger, clock: MovableClock, token: str) -> NewSession:
    new = NewSession(hashed(token), "user-1", b"key", clock(), clock() + HOUR, "Firefox")
    ledger.sessions.start(new)
    return new


def add_passkey(ledger: Ledger, clock: MovableClock, name: str, lock: bytes) -> None:
    new = NewPasskey(name, "user-1", name.encode(), b"p", 0, lock, "Phone")
    met = MetChallenge(hashed(name), clock() + HOUR)
    ledger.passkeys.add(new, met, actor="test")


def test_who_never_signed_in_has_nothing(ledger: Ledger, clock: MovableClock) -> None:
    entry = ledger.roll.entries(["user-1"], clock())["user-1"]

    assert entry == Entry()
    assert not entry.has_second_step


def test_the_last_sign_in_is_known_after_its_session_has_ended(
    ledger: Ledger, clock: MovableClock
) -> None:
    start(ledger, clock, "one")
    clock.advance(HOUR / 2)
    last = clock()
    two = start(ledger, clock, "two")
    assert ledger.roll.entries(["user-1"], clock())["user-1"].sessions == 2
    ledger.sessions.revoke(two.token_hash, actor="user:user-1")
    clock.advance(HOUR)

    entries = ledger.roll.entries(["user-1", "user-2"], clock())

    assert entries == {"user-1": Entry(signed_in_at=last), "user-2": Entry()}


def test_a_passkey_that_opens_is_no_second_device(ledger: Ledger, clock: MovableClock) -> None:
    add_passkey(ledger, clock, "phone", b"locked")
    assert not ledger.roll.entries(["user-1"], clock())["user-1"].has_second_step

    add_passkey(ledger, clock, "key", NO_LOCK)

    entry = ledger.roll.entries(["user-1"], clock())["user-1"]
    assert (entry.passkeys, entry.second_devices, entry.has_second_step) == (1, 1, True)


def test_an_app_is_a_second_step(ledger: Ledger, clock: MovableClock) -> None:
    ledger.second_factors.add_authenticator("user-1", b"sealed", 7, actor="user:user-1")

    entry = ledger.roll.entries(["user-1"], clock())["user-1"]

    assert (entry.has_app, entry.has_second_step) == (True, True)
