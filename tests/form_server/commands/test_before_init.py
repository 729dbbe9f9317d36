"""Commands before `init`: one clean line says what to run, and nothing is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from form_server.commands import handoff
from form_server.ledger import Ledger
from form_server.services import NotSetUp
from outreach_kit.places import SAMPLE_PRACTICE

COMMANDS = [
    ["backup", "night.tar"],
    ["release"],
    ["user", "list"],
    ["inbox", "list"],
    ["recipient", "list"],
    ["source", "list"],
    ["absence", "list"],
    ["times", "list"],
]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(tmp_path / "var"),
        "HANDOFF_MAIL_SERVER": "127.0.0.1",
        "HANDOFF_MAIL_PORT": "1",
        "HANDOFF_MAIL_DEFAULT_SENDER": "referrals@harborstreet.example",
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_command_says_to_run_init_and_makes_nothing(
    env: dict[str, str], words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(handoff, words, env=env)

    assert isinstance(done.exception, NotSetUp)
    assert "There is no ledger at" in str(done.exception)
    assert "python -m form_server init" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", COMMANDS[1:], ids=" ".join)
def test_ledger_without_tables_is_no_installation(
    env: dict[str, str], words: list[str], tmp_path: Path
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "handoff.db").touch()

    done = CliRunner().invoke(handoff, words, env=env)

    assert isinstance(done.exception, NotSetUp)
    assert "is empty" in str(done.exception)


@pytest.mark.parametrize("words", [["user", "list"], ["inbox", "list"]], ids=" ".join)
def test_lists_of_an_installation_without_people_say_so(
    env: dict[str, str], words: list[str], tmp_path: Path
) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'var' / 'handoff.db'}") as ledger:
        ledger.migrate()

    assert "python -m form_server init" in CliRunner().invoke(handoff, words, env=env).output


def test_doctor_speaks_in_findings_alone(
    env: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    done = CliRunner().invoke(handoff, ["doctor"], env=env)

    assert done.exit_code == 1
    assert "disk: there is no folder" in done.output
    assert not [one for one in caplog.records if one.name.startswith("form_server")]
