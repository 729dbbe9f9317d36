"""Tables of the printed sheets, and of what a build advises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.paper import CATALOGUE, Door, Scope, Sheet, Sides, Use
from outreach_kit.publish.rules import ALL_RULES

_USES: Final = {
    Use.TAKE: "Take to a visit",
    Use.LEAVE: "Leave at the desk",
    Use.MAIL: "Mail",
    Use.SELF: "For yourself",
}
_DOORS: Final = {Door.OFFICE: "the office’s form", Door.PATIENT: "the patient’s form", None: ""}


def sheets() -> str:
    """A table for each use, and one for what is made at the desk."""
    return "\n".join(_lines())


def rules() -> str:
    """A table of everything that a build looks for, errors first."""
    rows = (
        f"| `{one.name}` | {one.level.value} | {one.finds} | {one.why} |"
        for one in sorted(ALL_RULES, key=lambda one: one.level.value != "error")
    )
    return "\n".join(("| rule | level | told when | why |", "|---|---|---|---|", *rows))


def _lines() -> Iterator[str]:
    for use, title in _USES.items():
        yield from (
            f"### {title}",
            "",
            "| sheet | what it is | for | its QR code opens | print on |",
        )
        yield "|---|---|---|---|---|"
        for sheet in CATALOGUE:
            if sheet.use is use and sheet.scope is not Scope.DESK:
                told = f"{sheet.title}. {sheet.about}"
                yield f"| `{sheet.name}` | {told} | {sheet.audience} | {_DOORS[sheet.door]} | {_paper(sheet)} |"
        yield ""
    yield from (
        "### Made at the desk, never by a build",
        "",
        "| sheet | what it is | for |",
        "|---|---|---|",
    )
    for sheet in CATALOGUE:
        if sheet.scope is Scope.DESK:
            yield f"| `{sheet.name}` | {sheet.title}. {sheet.about} | {sheet.audience} |"


def _paper(sheet: Sheet) -> str:
    return sheet.stock.value + (f"; {sheet.sides.value}" if sheet.sides is not Sides.ONE else "")
