"""Sheets of offices, printed for real and read back."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from form_server.commands import handoff
from form_server.ledger import Ledger, NotFound, SourceFacts, SourceKind
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    made = {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(tmp_path / "var"),
        "HANDOFF_URL": "https://refer.harborstreet.example",
    }
    (tmp_path / "var").mkdir()
    with Ledger.open(f"sqlite:///{tmp_path}/var/handoff.db") as ledger:
        ledger.migrate()
        for code, name in (("k7", "Mill Road Family Medicine"), ("q4", "Lakeside")):
            ledger.address_book.add(code, SourceFacts(name), actor="command")
        friend = SourceFacts("A friend", SourceKind.FRIEND)
        ledger.address_book.add("friend", friend, actor="command")
    return made


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(handoff, ("handouts", *words), env=env)


def texts(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        found += [page.get_textpage().get_text_range() for page in document]
        document.close()
    return found


def test_one_office_gets_its_own_guide(env: dict[str, str], tmp_path: Path) -> None:
    done = run(env, "K7", "--sheet", "guide", "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, (done.output, done.exception)
    folder = tmp_path / "out-print" / "offices"
    assert f"1 office: {folder}" in done.output
    (page,) = texts(folder)
    assert "Mill Road Family Medicine" in page


def test_all_offices_get_theirs_and_friends_get_none(env: dict[str, str], tmp_path: Path) -> None:
    done = run(env, "--all", "--sheet", "guide", "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, (done.output, done.exception)
    assert "2 offices: " in done.output
    pages = texts(tmp_path / "out-print" / "offices")
    assert len(pages) == 2
    assert not any("A friend" in page for page in pages)


@pytest.mark.parametrize("words", [(), ("k7", "--all")])
def test_whose_sheets_is_said_once(env: dict[str, str], words: tuple[str, ...]) -> None:
    assert isinstance(run(env, *words).exception, UsageError)


def test_a_code_that_nobody_has_is_named(env: dict[str, str]) -> None:
    assert isinstance(run(env, "zz").exception, NotFound)
