"""`export colleagues`: the desk's list, put where the website is built from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_server.commands import handoff
from form_server.ledger import ColleagueFacts, Ledger
from outreach_kit.errors import MachineError, UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.form_server.desk.conftest import Founded, founded
from tests.form_server.desk.stage import MovableClock

__all__ = ["founded"]


@pytest.fixture
def house(founded: Founded, tmp_path: Path) -> Iterator[tuple[Path, Ledger]]:
    """A practice folder of its own, and a directory in which one of two agreed."""
    shutil.copyfile(founded[0], tmp_path / "handoff.db")
    folder = tmp_path / "practice"
    shutil.copytree(SAMPLE_PRACTICE, folder)
    with Ledger.open(f"sqlite:///{tmp_path}/handoff.db", clock=MovableClock()) as ledger:
        for facts in (
            ColleagueFacts(name="Iris Okafor", public_on=date(2026, 2, 1)),
            ColleagueFacts(name="Old Number", website="somewhere", public_on=date(2026, 2, 1)),
            ColleagueFacts(name="Nobody Asked"),
        ):
            ledger.colleagues.add(facts, actor="test")
        yield folder, ledger


def run(folder: Path, *words: str) -> Result:
    env = {"HANDOFF_PRACTICE": str(folder), "HANDOFF_VAR": str(folder.parent)}
    return CliRunner().invoke(handoff, ("export", "colleagues", *words), env=env)


def test_the_list_lands_in_the_practice_folder_and_the_next_build_reads_it(
    house: tuple[Path, Ledger],
) -> None:
    folder, ledger = house
    done = run(folder)
    assert done.exit_code == 0, done.output
    assert "Old Number is left out" in done.output
    assert "1 colleague. Build the website anew" in done.output
    trusted = load_practice(folder).trusted
    assert trusted is not None
    assert [one.name for one in trusted.colleague] == ["Iris Okafor"]
    assert [(one.action, one.detail) for one in ledger.audit.recent(1)] == [
        ("colleagues.listed", "count=1")
    ]
    assert not list(folder.glob(".*part"))


def test_it_is_written_anew_each_time_and_wherever_one_says(
    house: tuple[Path, Ledger], tmp_path: Path
) -> None:
    folder, ledger = house
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(folder, str(elsewhere))
    assert "Iris Okafor" in (elsewhere / "colleagues.toml").read_text("utf-8")
    for one in ledger.colleagues.all():
        ledger.colleagues.remove(one.id, actor="test")
    assert run(folder, str(elsewhere)).exit_code == 0
    assert "Iris" not in (elsewhere / "colleagues.toml").read_text("utf-8")


def test_a_file_that_somebody_else_wrote_is_left(house: tuple[Path, Ledger]) -> None:
    folder, _ = house
    (folder / "colleagues.toml").write_text("written_on = 2026-11-01\n", encoding="utf-8")
    done = run(folder)
    assert isinstance(done.exception, UsageError)
    assert "was not written by the desk" in str(done.exception)
    assert (folder / "colleagues.toml").read_text("utf-8") == "written_on = 2026-11-01\n"


def test_a_folder_that_is_not_there_is_named(house: tuple[Path, Ledger], tmp_path: Path) -> None:
    done = run(house[0], str(tmp_path / "nowhere"))
    assert isinstance(done.exception, MachineError)
    assert "cannot be written" in str(done.exception)
