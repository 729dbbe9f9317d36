"""The made pieces: where each stands, between two marks, and what makes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outreach_kit.places import CHECKOUT
from tests.reference.addresses import desk_addresses, public_addresses
from tests.reference.commands import build_options, server_commands
from tests.reference.sheets import rules, sheets

_DOCS: Final = CHECKOUT / "docs"


@dataclass(frozen=True)
class Piece:
    """What stands between the marks of a name in a document; `make` says what should."""

    document: Path
    name: str
    make: Callable[[], str]

    def found(self) -> str:
        """Empty without the marks."""
        between = re.compile(rf"{re.escape(self._begin)}(.*?){re.escape(self._end)}", re.DOTALL)
        match = between.search(self.document.read_text(encoding="utf-8"))
        return match[1].strip("\n") if match else ""

    def write(self) -> None:
        """Leaves a file alone that says so already."""
        made = self.make()
        if made == self.found():
            return
        before, _, rest = self.document.read_text(encoding="utf-8").partition(self._begin)
        after = rest.partition(self._end)[2]
        text = f"{before}{self._begin}\n{made}\n{self._end}{after}"
        self.document.write_text(text, encoding="utf-8")

    @property
    def _begin(self) -> str:
        return f"<!-- {self.name}: begin -->"

    @property
    def _end(self) -> str:
        return f"<!-- {self.name}: end -->"


PIECES: Final = (
    Piece(_DOCS / "printing.md", "sheets", sheets),
    Piece(_DOCS / "advice.md", "rules", rules),
    Piece(_DOCS / "commands.md", "build", build_options),
    Piece(_DOCS / "commands.md", "server", server_commands),
    Piece(_DOCS / "addresses.md", "public", public_addresses),
    Piece(_DOCS / "addresses.md", "desk", desk_addresses),
)
