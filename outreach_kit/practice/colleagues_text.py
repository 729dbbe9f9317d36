"""`colleagues.toml` as the desk writes it: whoever writes and whoever reads it have one model."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Final

from outreach_kit.practice.resources import ColleaguesFile, ListedColleague
from outreach_kit.practice.values import Phone

COLLEAGUES_FILE: Final = "colleagues.toml"
MARK: Final = (
    "# Written at the desk: those who agreed to be listed, with what is public about them."
)
"""By this line a file of the desk's own is known again: no other is written over."""


def render_colleagues(file: ColleaguesFile) -> str:
    """TOML that reads back as the same; what nobody said is left out."""
    head = (
        "#:schema schemas/colleagues.schema.json",
        MARK,
        "# Change it there and export it anew; a change made here is lost.",
        "",
        f"written_on = {file.written_on}",
    )
    return "\n".join((*head, *(line for one in file.colleague for line in _table(one)), ""))


def _table(one: ListedColleague) -> Iterator[str]:
    yield from ("", "[[colleague]]")
    for key in ListedColleague.model_fields:
        value = getattr(one, key)
        if value is not None and value != () and value is not False:
            yield f"{key} = {_spell(value)}"


def _spell(value: object) -> str:
    match value:
        case dt.date():
            return value.isoformat()
        case Phone():
            return _spell(value.display)
        case tuple():
            return f"[{', '.join(map(_spell, value))}]"
        case _:
            # A JSON string is a TOML string too, and true and numbers are spelled alike.
            return json.dumps(value, ensure_ascii=False)
