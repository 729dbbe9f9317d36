from __future__ import annotations

import logging
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from form_server.vault import ServerKey, ServerKeyDamaged, ServerKeyRefused
from outreach_kit.errors import MachineError

posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "server.key"


def test_a_key_survives_a_restart(key_file: Path) -> None:
    first = ServerKey.load_or_create(key_file)
    again = ServerKey.load_or_create(key_file)
    assert again == first == ServerKey.load(key_file)
    assert again.fingerprint == first.fingerprint
    assert again.derive("status-token") == first.derive("status-token")


@posix_only
def test_only_its_owner_can_read_the_key_file(key_file: Path) -> None:
    ServerKey.load_or_create(key_file)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700


def test_nothing_is_left_beside_the_key_file(key_file: Path) -> None:
    ServerKey.load_or_create(key_file)
    assert list(key_file.parent.iterdir()) == [key_file]


def _fingerprint(path: str) -> str:
    return ServerKey.load_or_create(Path(path)).fingerprint


def test_processes_that_start_at_once_get_the_same_key(key_file: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as processes:
        prints = processes.map(_fingerprint, [str(key_file)] * 8, chunksize=1)
    assert set(prints) == {ServerKey.load(key_file).fingerprint}


@posix_only
def test_a_key_file_that_others_can_read_is_announced(
    key_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ServerKey.load_or_create(key_file)
    assert not caplog.records
    key_file.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        key = ServerKey.load(key_file)
    assert f"chmod 600 {key_file}" in caplog.text
    assert key.to_bytes().hex() not in caplog.text


@pytest.mark.parametrize("kept", [0, 10, 40, 75])
def test_a_shortened_key_file_is_refused_and_left_alone(key_file: Path, kept: int) -> None:
    ServerKey.load_or_create(key_file)
    key_file.write_bytes(key_file.read_bytes()[:kept])
    before = key_file.read_bytes()
    with pytest.raises(ServerKeyDamaged, match=r"server\.key is not a server key, or is damaged"):
        ServerKey.load_or_create(key_file)
    assert key_file.read_bytes() == before


def test_one_wrong_letter_in_the_key_file_is_found(key_file: Path) -> None:
    ServerKey.load_or_create(key_file)
    kind, encoded, stated = key_file.read_text().split()
    other = ("B" if encoded[0] != "B" else "C") + encoded[1:]
    key_file.write_text(f"{kind} {other} {stated}\n")
    with pytest.raises(ServerKeyDamaged) as damaged:
        ServerKey.load(key_file)
    assert other not in str(damaged.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a b c", b"x" * 5000, b"a b"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "server.key"
    path.write_bytes(content)
    with pytest.raises(ServerKeyDamaged):
        ServerKey.load_or_create(path)


def test_a_place_that_cannot_hold_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(MachineError, match="cannot be kept there"):
        ServerKey.load_or_create(tmp_path / "var" / "server.key")


def test_a_missing_key_file_is_named_when_it_should_be_there(key_file: Path) -> None:
    with pytest.raises(MachineError, match=r"server\.key: the server key cannot be read"):
        ServerKey.load(key_file)


def test_what_waits_opens_only_in_its_own_row_and_under_its_own_label() -> None:
    key = ServerKey.generate()
    parcel = key.seal(b"{}", "parcel", "d-1")
    assert key.open(parcel, "parcel", "d-1") == b"{}"
    for other, label, about, given_bytes in (
        (ServerKey.generate(), "parcel", "d-1", parcel),
        (key, "reply", "d-1", parcel),
        (key, "parcel", "d-2", parcel),
        (key, "parcel", "d-1", parcel[:-1]),
        (key, "parcel", "d-1", b""),
    ):
        with pytest.raises(ServerKeyRefused, match=f"The {label} of {about} does not open"):
            other.open(given_bytes, label, about)


def test_every_key_has_a_fingerprint_of_its_own() -> None:
    assert ServerKey.generate().fingerprint != ServerKey.generate().fingerprint
