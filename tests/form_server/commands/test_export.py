from __future__ import annotations

import csv
import io
import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_server.commands import handoff
from form_server.keys import NotAllowed
from form_server.ledger import Ledger, Role
from form_server.vault import PassphraseRefused
from outreach_kit.errors import MachineError, UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.desk.conftest import Founded, founded
from tests.form_server.desk.stage import MovableClock, Stage, make_stage

__all__ = ["founded"]


@pytest.fixture
def house(founded: Founded, tmp_path: Path) -> Iterator[tuple[dict[str, str], Stage]]:
    """An installation with two referrals and the words of its owner in a file."""
    original, founding, user_key = founded
    shutil.copyfile(original, tmp_path / "handoff.db")
    clock = MovableClock()
    env = {"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), "HANDOFF_VAR": str(tmp_path)}
    (tmp_path / "words.txt").write_text(founding.passphrase)
    with Ledger.open(f"sqlite:///{tmp_path}/handoff.db", clock=clock) as ledger:
        stage = make_stage(ledger, clock, founding, user_key)
        stage.receive()
        clock.advance(minutes=1)
        stage.receive(patient_name="=1+1")
        yield env, stage


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(handoff, ("export", *words), env=env)


def with_words(env: dict[str, str]) -> tuple[str, str]:
    return "--passphrase-file", f"{env['HANDOFF_VAR']}/words.txt"


def test_all_referrals_go_into_a_new_file_for_its_owner_alone(
    house: tuple[dict[str, str], Stage], tmp_path: Path
) -> None:
    env, stage = house
    target = tmp_path / "out.csv"

    done = run(env, "referrals", str(target), *with_words(env))

    assert done.exit_code == 0, done.output
    assert "2 referrals. Anybody with this file can read it." in done.output
    assert "Maria" not in done.output
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    lines = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
    assert [line["patient"] for line in lines] == ["'=1+1", "Maria Delgado"]
    actions = [(e.action, e.detail) for e in stage.ledger.audit.recent(2)]
    assert actions == [("copy.ended", "csv taken=2 shut=0"), ("copy.all", "csv")]
    assert not list(tmp_path.glob(".*part"))


def test_json_is_whole(house: tuple[dict[str, str], Stage], tmp_path: Path) -> None:
    env, _ = house
    target = tmp_path / "out.json"
    run(env, "referrals", str(target), "--format", "json", *with_words(env))
    told = json.loads(target.read_text("utf-8"))
    assert [one["said"]["patient"]["name"] for one in told["referrals"]] == [
        "=1+1",
        "Maria Delgado",
    ]


def test_wrong_words_another_role_or_a_file_that_is_there_take_nothing(
    house: tuple[dict[str, str], Stage], tmp_path: Path
) -> None:
    env, stage = house
    target, wrong = tmp_path / "out.csv", tmp_path / "wrong.txt"
    wrong.write_text("six words that are not hers")
    refused = run(env, "referrals", str(target), "--passphrase-file", str(wrong))
    assert isinstance(refused.exception, PassphraseRefused)
    taken = run(env, "referrals", str(wrong), *with_words(env))
    assert isinstance(taken.exception, UsageError)
    assert isinstance(run(env, "referrals", "-", *with_words(env)).exception, UsageError)
    nowhere = tmp_path / "none" / "out.csv"
    assert isinstance(run(env, "referrals", str(nowhere), *with_words(env)).exception, MachineError)
    with stage.ledger._store.write() as connection:
        connection.exec_driver_sql(f"UPDATE desk_user SET role = '{Role.CLINICIAN.value}'")
    email = ("--as", "nora@harborstreet.example")
    other = run(env, "referrals", str(target), *email, *with_words(env))
    assert isinstance(other.exception, NotAllowed)
    assert not target.exists()


def test_figures_need_nobodys_words_and_name_nobody(
    house: tuple[dict[str, str], Stage], tmp_path: Path
) -> None:
    env, stage = house
    shown = run(env, "figures")
    assert shown.exit_code == 0, shown.output
    (line, *_) = csv.DictReader(io.StringIO(shown.output))
    assert (line["month"], line["source"], line["received"]) == ("2026-11", "all", "2")
    assert run(env, "figures", str(tmp_path / "f.json"), "--format", "json").exit_code == 0
    for text in (shown.output, (tmp_path / "f.json").read_text()):
        assert "Maria" not in text
        assert "0188" not in text
    assert stage.actions()[-1] == "copy.figures"
