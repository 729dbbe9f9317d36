from __future__ import annotations

import sys

import pytest

from form_server.ledger.connect import make_engine, parse_url
from outreach_kit.errors import UsageError


@pytest.mark.parametrize(
    "text",
    ["postgresql://u@h/d", "postgres://u@h/d", "postgresql+psycopg2://u@h/d"],
)
def test_postgresql_is_reached_by_psycopg_however_it_is_written(text: str) -> None:
    assert parse_url(text).render_as_string() == "postgresql+psycopg://u@h/d"


def test_address_that_is_none_is_refused_without_repeating_it() -> None:
    with pytest.raises(UsageError, match="HANDOFF_DATABASE_URL") as refused:
        parse_url("secret-word")
    assert "secret-word" not in str(refused.value)


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(UsageError, match="mysql"):
        parse_url("mysql://u@h/d")


def test_missing_psycopg_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match="pip install"):
        make_engine(parse_url("postgresql://u@h/d"))
