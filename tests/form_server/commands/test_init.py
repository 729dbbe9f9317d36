"""`init` where something is there already: it never covers up a loss."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_server.commands import handoff
from form_server.founding import AlreadyFounded, NotFounded
from form_server.vault import ServerKey
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), "HANDOFF_VAR": str(tmp_path / "var")}


def init(env: dict[str, str], *more: str) -> Result:
    sheet = str(Path(env["HANDOFF_VAR"]).parent / "sheet.pdf")
    whole = (
        "--name",
        "Nora",
        "--email",
        "nora@x.example",
        "--recovery-sheet",
        sheet,
        "--unattended",
    )
    return CliRunner().invoke(handoff, ("init", *(more or whole)), env=env)


def test_lost_server_key_is_not_made_anew_by_accident(env: dict[str, str]) -> None:
    assert init(env).exit_code == 0
    key_file = Path(env["HANDOFF_VAR"]) / "server.key"
    key_file.unlink()
    (key_file.parent.parent / "sheet.pdf").unlink()
    assert isinstance(init(env).exception, AlreadyFounded)
    assert not key_file.exists()


def test_lost_server_key_is_made_anew_when_asked_for(env: dict[str, str]) -> None:
    assert init(env).exit_code == 0
    key_file = Path(env["HANDOFF_VAR"]) / "server.key"
    before = key_file.read_bytes()
    assert isinstance(init(env, "--new-server-key").exception, UsageError), "it is not lost"
    key_file.unlink()
    done = init(env, "--new-server-key")
    assert done.exit_code == 0
    assert ServerKey.load(key_file).fingerprint in done.output
    assert key_file.read_bytes() != before


def test_there_is_no_lost_server_key_without_referrals_keys(env: dict[str, str]) -> None:
    with_tables = CliRunner().invoke(handoff, ("migrate",), env=env)
    assert with_tables.exit_code == 0
    assert isinstance(init(env, "--new-server-key").exception, NotFounded)


def test_where_no_sheet_can_be_written_no_key_is_made(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their words would never be shown, and a second `init` would refuse."""
    with monkeypatch.context() as full:
        full.setattr(Path, "touch", _no_room)
        refused = init(env)
    assert isinstance(refused.exception, UsageError)
    assert "cannot be written (No space left on device)" in str(refused.exception)
    assert not Path(env["HANDOFF_VAR"]).exists()
    assert init(env).exit_code == 0


def _no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("moment", ["write_sheet", "found"])
def test_cut_off_at_any_moment_it_leaves_no_keys_without_their_sheet(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as cut:
        cut.setattr(f"form_server.commands.init.{moment}", cut_off)
        assert isinstance(init(env).exception, Cut)

    assert not (Path(env["HANDOFF_VAR"]).parent / "sheet.pdf").exists()
    assert init(env).exit_code == 0


class Cut(Exception):
    """What a test ends a command with."""
