"""The scorecard as files: for a spreadsheet, or for programs as the command gives it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Response

from form_server.desk.console import the_desk
from form_server.desk.copies.handing import BYTE_ORDER_MARK, CSV, JSON, file_name, hand_over
from form_server.desk.entry.guard import signed_in
from form_server.desk.scorecard.show import open_scorecard
from form_server.ledger import NotFound
from form_server.rounds import as_document
from form_server.tabular import Cell, write_csv

_FIGURES: Final = (
    "referrals", "fits", "edges", "mismatches", "fit_rate", "median_first_response_hours",
    "median_days_to_appointment",
)  # fmt: skip
_SOURCE: Final = (
    "code", "name", "kind", "tier", "is_tier_set", "next_hour", "worth", "last_contact_on", "due_on",
)  # fmt: skip
Document = Mapping[str, Any]


def take_scorecard(name: str) -> Response:
    """`sources.csv`, `months.csv` or `scorecard.json`, over the period; raises NotFound for others."""
    if name not in _FILES:
        raise NotFound("file", name)
    media_type, write = _FILES[name]
    desk, user = the_desk(), signed_in()
    card = open_scorecard()
    desk.ledger.audit.note("scorecard.taken", actor=user.actor, detail=name)
    what, _, ending = name.partition(".")
    zone = desk.practice().time_zone
    kept_as = file_name(what, desk.clock(), zone, ending, "")
    return hand_over([write(as_document(card))], media_type, kept_as)


def _sources(document: Document) -> str:
    ends = sorted({name for one in document["sources"] for name in one["outcomes"]})
    return _table(document["sources"], _SOURCE, ends)


def _months(document: Document) -> str:
    ends = sorted({name for one in document["months"] for name in one["outcomes"]})
    return _table(document["months"], ("month",), ends)


def _table(rows: list[Document], front: tuple[str, ...], ends: list[str]) -> str:
    columns = (*front, *_FIGURES)
    head: list[Cell] = [*columns, *ends]
    cells = [
        [*(_cell(row[name]) for name in columns), *(row["outcomes"].get(name, 0) for name in ends)]
        for row in rows
    ]
    return BYTE_ORDER_MARK + write_csv([head, *cells])


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


_FILES: Final[Mapping[str, tuple[str, Callable[[Document], str]]]] = {
    "sources.csv": (CSV, _sources),
    "months.csv": (CSV, _months),
    "scorecard.json": (JSON, _json),
}
