"""Every address of the desk, read from the app itself: what is added later is covered at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from form_server.desk.entry.guard import _OPEN_VIEWS
from tests.form_server.desk.stage import Stage

_PLACEHOLDER = re.compile(
    r"<(?:any\((?P<any>[a-z_]+)[^)]*\):|(?P<kind>[a-z]+):)?(?P<name>[a-z_]+)>"
)


@dataclass(frozen=True)
class Address:
    endpoint: str
    rule: str
    method: str

    @property
    def is_open(self) -> bool:
        return self.endpoint in _OPEN_VIEWS

    @property
    def names(self) -> tuple[str, ...]:
        """Of its placeholders: `referral_id` and the like, not those with a choice of words."""
        found = _PLACEHOLDER.finditer(self.rule)
        return tuple(one["name"] for one in found if one["any"] is None)

    def path(self, **ids: str) -> str:
        """With these ids, the first of a choice, 1 for a number, and `none` for others."""

        def fill(found: re.Match[str]) -> str:
            usual = "1" if found["kind"] == "int" else "none"
            return found["any"] or ids.get(found["name"], usual)

        return _PLACEHOLDER.sub(fill, self.rule)

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def counted(stage: Stage) -> dict[str, int]:
    """Rows by table, without the record, where a refusal stands."""
    counts = stage.ledger.upkeep.row_counts()
    return {table: count for table, count in counts.items() if table != "audit"}


def addresses(stage: Stage) -> list[Address]:
    """Without the static files, which hold nothing of anybody."""
    found = [
        Address(rule.endpoint, str(rule), method)
        for rule in stage.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
        if rule.endpoint.startswith("desk.") and rule.endpoint != "desk.static"
    ]
    assert len(found) > 30
    return found
