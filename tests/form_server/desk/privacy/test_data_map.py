from __future__ import annotations

import sqlalchemy as sa

from form_server.desk.privacy.data_entries import ENTRIES, Guard
from form_server.desk.privacy.data_map import draw_map, unsaid
from form_server.ledger.sealed_parts import sealed_parts
from form_server.ledger.tables import metadata
from tests.form_server.desk.stage import Stage


def test_every_column_that_exists_is_said_and_none_that_does_not() -> None:
    """A new column is said in form_server/desk/privacy/data_*.py: how it is guarded, and why."""
    assert len(metadata.tables) > 25
    assert unsaid() == ()


def test_a_column_that_nobody_said_anything_of_is_shown_as_such() -> None:
    extra = sa.Column("surprise", sa.Text)
    metadata.tables["referral"].append_column(extra)
    try:
        assert "referral.surprise" in unsaid()
        row = next(one for one in draw_map(0) if one.table == "referral")
        assert row.lines[-1].columns == "surprise"
        assert "Nobody" in row.lines[-1].guard
    finally:
        metadata.tables["referral"]._columns.remove(extra)
    assert "referral.surprise" not in unsaid()


def test_what_the_tables_hold_sealed_is_said_to_be_sealed() -> None:
    guarded = {Guard.SEALED, Guard.SERVER}
    for part in sealed_parts():
        said = {ENTRIES[part.table.name].guards[name] for name in part.columns}
        assert said <= guarded, part.table.name
    assert ENTRIES["referral"].guards["envelope"] is Guard.SEALED


def test_no_text_is_said_to_be_sealed_and_nothing_binary_to_be_in_clear() -> None:
    public = {"public_key", "credential_id"}
    for name, table in metadata.tables.items():
        for column in table.c:
            guard = ENTRIES[name].guards[column.name]
            is_binary = isinstance(column.type, sa.LargeBinary)
            if is_binary and column.name not in public:
                assert guard is not Guard.CLEAR, f"{name}.{column.name}"
            if not is_binary:
                assert guard in {Guard.CLEAR, Guard.HASHED}, f"{name}.{column.name}"


def test_people_read_sentences_and_whoever_looks_after_the_server_reads_tables(
    desk: Stage,
) -> None:
    page = desk.get("/desk/privacy/map").text
    told, tables = page.split('id="tables"')
    assert told.index("A referral: who, why") < told.index("Who can sign in")
    assert "Sealed to the inbox; the rest in clear" in told
    for row in draw_map(0):
        assert f">{row.table}</th>" in tables
        if "_" in row.table:
            assert row.table not in told


def test_the_page_says_how_long_as_the_settings_do(desk: Stage) -> None:
    page = desk.get("/desk/privacy/map").text
    assert "amendment" in page
    assert "no retention time is set" in page
    assert any(one.kept.startswith("Words go 90\u00a0days after") for one in draw_map(90))
