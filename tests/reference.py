"""What the documentation says that is made from the code: `python -m tests.reference` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from outreach_kit.paper import CATALOGUE, Door, Scope, Sheet, Sides, Use
from outreach_kit.places import CHECKOUT

PRINTING: Final = CHECKOUT / "docs/printing.md"
_BEGIN, _END = "<!-- sheets: begin -->", "<!-- sheets: end -->"
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


def write() -> None:
    text = PRINTING.read_text(encoding="utf-8")
    made = f"{_BEGIN}\n{sheets()}\n{_END}"
    PRINTING.write_text(_between().sub(lambda _: made, text), encoding="utf-8")


def found_sheets() -> str:
    match = _between().search(PRINTING.read_text(encoding="utf-8"))
    return match[1].strip("\n") if match else ""


def _between() -> re.Pattern[str]:
    return re.compile(rf"{re.escape(_BEGIN)}(.*?){re.escape(_END)}", re.DOTALL)


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


if __name__ == "__main__":
    write()
