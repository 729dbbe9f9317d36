"""What PostgreSQL's programs are told, what others on the machine see of it, and what they complain of."""

from __future__ import annotations

from pathlib import Path

import pytest

from form_server.ledger import Moment, tool_address
from form_server.safekeeping import PostgresTools, ToolFailed, ToolsMissing

PASSWORD = "s:ecret\\ of the house"
URL = (
    "postgresql://handoff:s%3Aecret%5C%20of%20the%20house@db.example:6543/desk?sslmode=verify-full"
)
MOMENT = Moment("00000003-1B-1", ("alembic_version", "referral"), ("fingerprint",))


def put_programs(folder: Path, version: str, body: str = "") -> Path:
    """Stand-ins that note what they were told."""
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        program = folder / name
        program.write_text(
            f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{name} (PostgreSQL) {version}"; exit; fi\n'
            f'printf "%s\\n" "$@" > {folder}/arguments\nenv > {folder}/environment\n'
            f'if [ -n "$PGPASSFILE" ]; then cat "$PGPASSFILE" > {folder}/password; fi\n{body}\n'
        )
        program.chmod(0o700)
    return folder


def test_the_password_is_in_a_file_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOFF_DATABASE_URL", URL)
    folder = put_programs(tmp_path / "tools", "15.4")
    tools = PostgresTools.find(folder, 15)

    tools.dump(tool_address(URL), MOMENT, tmp_path / "made.dump")

    told = (folder / "arguments").read_text()
    assert "--snapshot=00000003-1B-1" in told
    assert "--exclude-table-data=fingerprint" in told
    assert "--table=referral" in told
    for word in (
        "host=db.example",
        "port=6543",
        "user=handoff",
        "dbname=desk",
        "sslmode=verify-full",
    ):
        assert word in told
    seen = told + (folder / "environment").read_text()
    assert "ecret" not in seen
    assert (folder / "password").read_text() == "*:*:*:*:s\\:ecret\\\\ of the house\n"
    line = next(one for one in seen.splitlines() if one.startswith("PGPASSFILE="))
    assert not Path(line.partition("=")[2]).exists()
    assert PASSWORD not in repr(tool_address(URL))


def test_a_database_without_a_password_is_asked_as_psycopg_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSFILE", raising=False)
    folder = put_programs(tmp_path / "tools", "15.4")
    address = tool_address("postgresql://desk?service=handoff")

    PostgresTools.find(folder, 15).bring_back(address, tmp_path / "made.dump")

    assert "service=handoff" in (folder / "arguments").read_text()
    assert "--single-transaction" in (folder / "arguments").read_text()
    assert not (folder / "password").exists()


def test_programs_of_the_servers_own_version_are_preferred_and_older_ones_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest, same = (put_programs(tmp_path / name, f"{name}.1") for name in ("17", "15"))
    monkeypatch.setattr(
        "form_server.safekeeping.postgres_tools._usual_folders", lambda: [newest, same]
    )
    assert PostgresTools.find(None, 15) == PostgresTools(same, 15)
    assert PostgresTools.find(None, 16) == PostgresTools(newest, 17)
    with pytest.raises(ToolsMissing, match=r"17 is of version 17, which is older .* 18\."):
        PostgresTools.find(None, 18)
    with pytest.raises(ToolsMissing, match="15 is of version 15"):
        PostgresTools.find(same, 16)


def test_that_there_are_none_is_said_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("form_server.safekeeping.postgres_tools._usual_folders", list)
    with pytest.raises(ToolsMissing, match="postgresql-client-16"):
        PostgresTools.find(None, 16)
    with pytest.raises(ToolsMissing, match=f"are not in {tmp_path}"):
        PostgresTools.find(tmp_path, 16)


def test_a_complaint_is_told_without_the_rows_that_it_quotes(tmp_path: Path) -> None:
    complaint = (
        "echo 'pg_restore: connecting' >&2; "
        "echo 'pg_restore: error: could not execute query: ERROR: duplicate key' >&2; "
        "echo 'DETAIL:  Key (name)=(Lakeside) already exists.' >&2; exit 1"
    )
    folder = put_programs(tmp_path / "tools", "15.4", complaint)
    with pytest.raises(ToolFailed) as failed:
        PostgresTools.find(folder, 15).bring_back(tool_address(URL), tmp_path / "x")
    assert "duplicate key" in str(failed.value)
    assert "Lakeside" not in str(failed.value)
