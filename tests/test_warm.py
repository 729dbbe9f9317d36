"""What is remembered between the tests is what would have been made anew."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from form_server.ledger.tables import delivery
from tests.warm import share_what_is_compiled

_PARAMETERS = ("by",)


def made(dialect: sa.Dialect, *, state: str, limit: int) -> dict[str, Any]:
    store = cast("Store", SimpleNamespace(engine=SimpleNamespace(dialect=dialect)))
    held = (delivery.c.state == state, delivery.c.owner == sa.bindparam("by"))
    return vars(Compiled(store, sa.select(delivery.c.id).where(*held).limit(limit), _PARAMETERS))


def test_only_the_same_statement_with_the_same_literals_is_taken_again() -> None:
    share_what_is_compiled()
    first = made(sqlite.dialect(), state="pending", limit=1)
    assert made(sqlite.dialect(), state="pending", limit=1) == first
    assert made(sqlite.dialect(), state="pending", limit=2) != first
    assert made(sqlite.dialect(), state="stuck", limit=1) != first
    assert "pending" in first["_fixed"].values()
    assert made(postgresql.dialect(), state="pending", limit=1)["_sql"] != first["_sql"]  # type: ignore[no-untyped-call]
