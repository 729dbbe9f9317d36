"""The offices for which sheets are made: from the command line, or a CSV with the columns code and name."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from outreach_kit.errors import ContentError, Problem, UsageError
from outreach_kit.paper import Source, SourceRefused
from outreach_kit.publish.request import SourceName

COLUMNS: Final = ("code", "name")
"""Beside them, `audience` may say whose words an office gets, like “schools”."""


def check_source(code: str, name: str) -> SourceName:
    """Raises UsageError for a code that cannot stand in an address, or a name that cannot be printed."""
    source = Source(code, name)
    return SourceName(source.code, source.name.strip())


def load_sources(path: Path) -> tuple[SourceName, ...]:
    """Every office of a CSV file, in its order. Raises ContentError with every bad row at once."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UsageError(f"There is no file {path}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text. Save it as “CSV UTF-8”.") from error
    header = text.partition("\n")[0]
    delimiter = max(
        ",;\t", key=header.count
    )  # spreadsheets write what their country's commas leave
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    columns = [column.strip().lower() for column in rows.fieldnames or []]
    if lacking := [column for column in COLUMNS if column not in columns]:
        raise ContentError(
            [
                Problem(
                    path.name, 1, "", f"The column “{lacking[0]}” is missing.",
                    "The first line names the columns: code,name.",
                )
            ]
        )  # fmt: skip
    rows.fieldnames = columns
    problems: list[Problem] = []
    sources: dict[str, SourceName] = {}
    for row in rows:
        code, name = (row.get("code") or "").strip(), (row.get("name") or "").strip()
        if complaint := _complaint(code, name):
            problems.append(Problem(path.name, rows.line_num, "code", *complaint))
        elif code in sources:
            problems.append(
                Problem(
                    path.name,
                    rows.line_num,
                    "code",
                    f"The code “{code}” stands twice.",
                    "Give each its own.",
                )
            )
        else:
            sources[code] = SourceName(code, name, (row.get("audience") or "").strip())
    if not sources and not problems:
        problems.append(Problem(path.name, 0, "", "No office is listed.", "Add a line for each."))
    if problems:
        raise ContentError(problems)
    return tuple(sources.values())


def _complaint(code: str, name: str) -> tuple[str, str] | None:
    """The printing room's own objection to an office, as what is wrong and what to do."""
    try:
        Source(code, name)
    except SourceRefused as refused:
        what, _, todo = str(refused).partition(". ")
        return f"{what}.", todo
    return None
