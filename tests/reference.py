"""What the documentation says that is made from the code: `python -m tests.reference` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from outreach_kit.paper import CATALOGUE, Door, Scope, Sheet, Sides, Use
from outreach_kit.places import CHECKOUT
from outreach_kit.publish.rules import ALL_RULES

PRINTING: Final = CHECKOUT / "docs/printing.md"
ADVICE: Final = CHECKOUT / "docs/advice.md"
_SHEETS, _RULES = "sheets", "rules"
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


def write() -> None:
    for document, name, made in ((PRINTING, _SHEETS, sheets()), (ADVICE, _RULES, rules())):
        begin, end = _marks(name)
        before, _, rest = document.read_text(encoding="utf-8").partition(begin)
        after = rest.partition(end)[2]
        document.write_text(f"{before}{begin}\n{made}\n{end}{after}", encoding="utf-8")


def found_sheets() -> str:
    return _found(PRINTING, _SHEETS)


def found_rules() -> str:
    return _found(ADVICE, _RULES)


def _found(document: Path, name: str) -> str:
    match = _between(name).search(document.read_text(encoding="utf-8"))
    return match[1].strip("\n") if match else ""


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def _between(name: str) -> re.Pattern[str]:
    begin, end = map(re.escape, _marks(name))
    return re.compile(rf"{begin}(.*?){end}", re.DOTALL)


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
