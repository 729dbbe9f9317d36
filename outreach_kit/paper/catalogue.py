"""Every printed sheet, one row each: what it is for, whose it is, which door its QR code opens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from outreach_kit.errors import UsageError


class Paper(StrEnum):
    """The papers that home and office printers hold."""

    LETTER = "letter"
    A4 = "a4"

    @property
    def typst_name(self) -> str:
        return {"letter": "us-letter", "a4": "a4"}[self.value]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        return {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}[self.value]


class Use(StrEnum):
    """What the practice does with a sheet; the print page is grouped by it."""

    TAKE = "take"
    LEAVE = "leave"
    MAIL = "mail"
    SELF = "self"


class Scope(StrEnum):
    """How many of a sheet there are."""

    PRACTICE = "practice"
    """One; a group's practice has one more for each of its clinicians."""
    CLINICIAN = "clinician"
    """One for each clinician."""
    SOURCE = "source"
    """One for each referral source, and none without."""


class Door(StrEnum):
    """Whose form a QR code opens."""

    OFFICE = "office"
    PATIENT = "patient"


@dataclass(frozen=True)
class Sheet:
    """One row. `title`, `audience` and `about` are English; a caller translates them."""

    name: str
    title: str
    use: Use
    audience: str
    scope: Scope
    door: Door | None
    papers: tuple[Paper, ...]
    template: str
    about: str

    @property
    def for_one_office(self) -> bool:
        """Whether it can carry one office's name and code: whatever has a door can."""
        return self.door is not None or self.scope is Scope.SOURCE


class UnknownSheet(UsageError):
    """A sheet was asked for that does not exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        known = ", ".join(sheet.name for sheet in CATALOGUE)
        super().__init__(f"There is no sheet “{name}”. The sheets are: {known}.")


_BOTH: Final = (Paper.LETTER, Paper.A4)

CATALOGUE: Final[tuple[Sheet, ...]] = (
    Sheet(
        name="guide",
        title="One-page referral guide",
        use=Use.TAKE,
        audience="physicians, nurses and front desks",
        scope=Scope.PRACTICE,
        door=Door.OFFICE,
        papers=_BOTH,
        template="guide.typ",
        about="Whom to send, the sentence to say, three doors, and what happens next.",
    ),
    Sheet(
        name="niche-profile",
        title="Niche profile",
        use=Use.LEAVE,
        audience="offices, colleagues and the people they send",
        scope=Scope.CLINICIAN,
        door=Door.OFFICE,
        papers=_BOTH,
        template="niche-profile.typ",
        about="One clinician on one page: whom they help, how, for whom not, and how to reach them.",
    ),
    Sheet(
        name="elevator-card",
        title="Elevator speech card",
        use=Use.SELF,
        audience="the clinician",
        scope=Scope.CLINICIAN,
        door=None,
        papers=_BOTH,
        template="elevator-card.typ",
        about="The speech with its seconds to rehearse by, and two index cards to cut out.",
    ),
)


def find_sheet(name: str) -> Sheet:
    """The row of that name; raises UnknownSheet, which says which names there are."""
    for sheet in CATALOGUE:
        if sheet.name == name:
            return sheet
    raise UnknownSheet(name)
