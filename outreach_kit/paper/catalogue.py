"""Every printed sheet, one row each, in the order in which people meet them."""

from __future__ import annotations

from typing import Final

from outreach_kit.errors import UsageError
from outreach_kit.paper.rows.cards import CARDS
from outreach_kit.paper.rows.desk import DESK
from outreach_kit.paper.rows.guides import GUIDES
from outreach_kit.paper.rows.leave import LEAVE
from outreach_kit.paper.rows.talks import TALKS
from outreach_kit.paper.rows.visits import VISITS
from outreach_kit.paper.sheet import Sheet

CATALOGUE: Final[tuple[Sheet, ...]] = (*GUIDES, *LEAVE, *CARDS, *VISITS, *TALKS, *DESK)


class UnknownSheet(UsageError):
    """A sheet was asked for that does not exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        known = ", ".join(sheet.name for sheet in CATALOGUE)
        super().__init__(f"There is no sheet “{name}”. The sheets are: {known}.")


def find_sheet(name: str) -> Sheet:
    """The row of that name; raises UnknownSheet, which says which names there are."""
    for sheet in CATALOGUE:
        if sheet.name == name:
            return sheet
    raise UnknownSheet(name)
