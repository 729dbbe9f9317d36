from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from form_server.commands import handoff
from form_server.state_folder import make_state_folder
from outreach_kit.errors import MachineError
from outreach_kit.places import SAMPLE_PRACTICE


def test_it_is_for_its_owner_only_whichever_command_makes_it(tmp_path: Path) -> None:
    var = tmp_path / "state" / "var"
    env = {"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), "HANDOFF_VAR": str(var)}
    assert CliRunner().invoke(handoff, ["migrate"], env=env).exit_code == 0
    assert var.stat().st_mode & 0o777 == 0o700


def test_one_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    make_state_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("command", ["migrate", "init"])
def test_where_none_can_be_made_a_line_says_what_to_do(tmp_path: Path, command: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    env = {"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), "HANDOFF_VAR": str(in_the_way / "var")}
    said = ["--name", "N", "--email", "n@x.example", "--recovery-sheet", str(tmp_path / "s.pdf")]
    done = CliRunner().invoke(handoff, [command, *(said if command == "init" else [])], env=env)
    assert isinstance(done.exception, MachineError)
    assert "cannot be made (Not a directory)" in str(done.exception)
    assert "HANDOFF_VAR" in str(done.exception)
