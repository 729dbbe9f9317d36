"""Statements compiled once, so that a run costs what the driver costs.

SQLAlchemy's work per call is more than an insert's own; the path between an office's click and its
receipt, and the worker's claim, go without it. Values come by name; SQLite is given them by place,
which takes its driver little more than half as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

from form_server.ledger.engine import Store


class Compiled:
    """A statement compiled once for a store, run on the bare driver's cursor.

    `parameters` are the names that a run passes, each time all of them. No column type converts
    anything on this way, so a statement that would need it is refused here.
    """

    def __init__(
        self, store: Store, statement: sa.ClauseElement, parameters: tuple[str, ...]
    ) -> None:
        dialect = store.engine.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(parameters))
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only statements on rows can be run ahead of time")
        for name, bind in compiled.binds.items():
            if not isinstance(bind.type, sa.String | sa.Integer | sa.LargeBinary):
                raise TypeError(f"{name} is {bind.type!r}, which the bare driver does not convert")
        self._sql = str(compiled)
        # Literals of the statement itself (a limit, a state) are parameters too.
        self._fixed = {k: v for k, v in compiled.params.items() if k not in parameters}
        self._places = compiled.positiontup

    def run(self, cursor: DBAPICursor, values: Mapping[str, object]) -> None:
        cursor.execute(self._sql, self._bound(values))

    def run_many(self, cursor: DBAPICursor, rows: Sequence[Mapping[str, object]]) -> None:
        if len(rows) == 1:
            self.run(cursor, rows[0])
        elif rows:
            cursor.executemany(self._sql, [self._bound(row) for row in rows])

    def _bound(self, values: Mapping[str, object]) -> Any:
        """As the driver takes them."""
        named = {**self._fixed, **values} if self._fixed else values
        return named if self._places is None else [named[name] for name in self._places]
