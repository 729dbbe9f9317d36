"""What a version sealed must open for ever: `version_*.json` lie in databases, and never change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from form_server.vault import (
    Binding,
    EnvelopeRefused,
    GrantBinding,
    PrivateKey,
    RecoverySecret,
    ServerKey,
    SessionSecret,
    open_sealed,
    unlock,
    unlock_with_prf,
    unwrap_key,
)

VECTORS, SECOND = (
    json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("version_1.json", "version_2.json")
)
ABOUT = Binding("harbor-street", "r-0001", "front-desk", 1)
NOTE = Binding("harbor-street", "r-0001", "front-desk", 1, part="attempt:a-0001")


def stored(name: str) -> bytes:
    return bytes.fromhex(VECTORS[name])


@pytest.fixture
def inbox_key() -> PrivateKey:
    return PrivateKey.from_bytes(stored("inbox_private_key"))


def test_an_old_envelope_opens(inbox_key: PrivateKey) -> None:
    opened = open_sealed(stored("envelope"), inbox_key, ABOUT)
    assert opened.decode() == "Sample envelope: Ana Núñez, 555-0100"


def test_an_old_attempts_note_opens_and_is_not_the_envelope(inbox_key: PrivateKey) -> None:
    assert open_sealed(stored("attempt_note"), inbox_key, NOTE) == b"Left a message."
    with pytest.raises(EnvelopeRefused):
        open_sealed(stored("attempt_note"), inbox_key, ABOUT)


def test_an_envelope_of_version_2_opens_and_stays_in_its_place(inbox_key: PrivateKey) -> None:
    envelope, note = (bytes.fromhex(SECOND[name]) for name in ("envelope", "attempt_note"))
    assert (
        open_sealed(envelope, inbox_key, ABOUT).decode() == "Sample envelope: Ana Núñez, 555-0100"
    )
    assert open_sealed(note, inbox_key, NOTE) == b"Left a message."
    with pytest.raises(EnvelopeRefused):
        open_sealed(envelope, inbox_key, NOTE)


def test_an_old_key_keeps_its_fingerprint(inbox_key: PrivateKey) -> None:
    assert inbox_key.public.fingerprint == VECTORS["inbox_public_key_fingerprint"]


def test_an_old_grant_opens(inbox_key: PrivateKey) -> None:
    user = PrivateKey.from_bytes(stored("user_private_key"))
    about = GrantBinding("harbor-street", "front-desk", 1, "user:u-0001")
    assert unwrap_key(stored("wrapped_inbox_key"), user, about) == inbox_key


def test_an_old_passphrase_opens_its_lock() -> None:
    opened = unlock(stored("passphrase_lock"), VECTORS["passphrase"], about="u-0001")
    assert opened == stored("user_private_key")


def test_an_old_passkey_opens_its_lock() -> None:
    opened = unlock_with_prf(stored("passkey_lock"), stored("prf_output"), about="u-0001")
    assert opened == stored("user_private_key")


def test_an_old_recovery_sheet_is_read_and_opens_its_lock() -> None:
    sheet = RecoverySecret.parse(VECTORS["recovery_groups"])
    assert sheet.unlock(stored("recovery_lock"), about="recovery") == stored("user_private_key")


def test_an_old_session_goes_on() -> None:
    session = SessionSecret.from_token(VECTORS["session_token"])
    assert session.token_hash == stored("session_token_hash")
    user = session.open_key(stored("session_row"), about="u-0001")
    assert user.to_bytes() == stored("user_private_key")


def test_an_old_server_key_opens_what_waits_and_derives_the_same() -> None:
    key = ServerKey(stored("server_key"))
    assert key.fingerprint == VECTORS["server_key_fingerprint"]
    assert key.open(stored("server_parcel"), "parcel", "d-0001") == b'{"kind":"notice"}'
    assert key.derive("status-token") == stored("server_derived_status_token")
