from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_server.commands import handoff
from form_server.ledger import CannotOpen, Ledger
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.promise import NeverOpen
from tests.form_server.ledger.things import a_user, establish

DAYS = ("--from", "2030-03-04", "--until", "2030-03-08")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    made = {"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE), "HANDOFF_VAR": str(tmp_path)}
    with ledger_of(made) as ledger:
        ledger.migrate()
        establish(ledger)
        ledger.people.add_user(a_user(id="user-2", email="b@b.example"), [], actor="test")
    return made


def ledger_of(env: dict[str, str]) -> Ledger:
    return Ledger.open(f"sqlite:///{env['HANDOFF_VAR']}/handoff.db")


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(handoff, ("absence", *words), env=env)


def test_absence_is_added_listed_and_taken_back(env: dict[str, str]) -> None:
    done = run(env, "add", *DAYS, "--cover", "nora@harborstreet.example")
    assert done.exit_code == 0, done.output
    listed = run(env, "list").output
    assert "2030-03-04 to 2030-03-08, Nora Ellison covers" in listed
    assert run(env, "remove", listed.split()[0]).exit_code == 0
    assert "Nobody is away." in run(env, "list").output


def test_absence_without_cover_says_what_it_does_to_promises(env: dict[str, str]) -> None:
    assert "promises do not count these days" in run(env, "add", *DAYS).output


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (("--from", "2030-03-08", "--until", "2030-03-04"), UsageError),
        ((*DAYS, "--cover", "nobody@x.example"), UsageError),
        ((*DAYS, "--cover", "b@b.example"), CannotOpen),
        ((*DAYS, "--cover-inbox", "nora-ellison"), UsageError),
        (("--from", "2030-03-04", "--until", "2039-03-04"), NeverOpen),
    ],
)
def test_absence_that_would_leave_somebody_waiting_is_refused(
    env: dict[str, str], words: tuple[str, ...], refused: type[Exception]
) -> None:
    assert isinstance(run(env, "add", *words).exception, refused)
    assert "Nobody is away." in run(env, "list").output
