"""What the catalogue says of a sheet: what it is for, whose it is, what it is printed on."""

from __future__ import annotations

from enum import StrEnum

from outreach_kit.frozen import frozen


class Paper(StrEnum):
    """What is put into the printer: the papers that homes and offices hold, or a size of the sheet's own."""

    LETTER = "letter"
    A4 = "a4"
    OWN = "own"
    """The sheet's template sets its page, like a press card's; made whichever paper is asked for."""

    @property
    def typst_name(self) -> str:
        """Empty for a size of the sheet's own."""
        return {"letter": "us-letter", "a4": "a4", "own": ""}[self.value]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of a whole sheet in portrait; (0, 0) for a size of the sheet's own."""
        return {"letter": (215.9, 279.4), "a4": (210.0, 297.0), "own": (0.0, 0.0)}[self.value]


BOTH = (Paper.LETTER, Paper.A4)


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
    HOUSE = "house"
    """One, for a group too."""
    CLINICIAN = "clinician"
    """One for each clinician."""
    SOURCE = "source"
    """One for each referral source, and none without."""
    DESK = "desk"
    """Made at the desk or by the server, about one referral or one installation; never by a build."""


class Each(StrEnum):
    """What else a sheet exists once for."""

    AUDIENCE = "audience"
    TRAINING = "training"


class Door(StrEnum):
    """Whose form a QR code opens."""

    OFFICE = "office"
    PATIENT = "patient"


class Need(StrEnum):
    """What the practice folder must hold before there is such a sheet."""

    TRAININGS = "trainings.toml"
    NOTES = "notes/"
    RESUME = "resume.md"
    FAX = "contact.fax"

    @property
    def todo(self) -> str:
        return {
            "trainings.toml": "Describe a talk in trainings.toml first.",
            "notes/": "Write a note in notes/ first.",
            "resume.md": "Write resume.md beside clinician.toml first.",
            "contact.fax": "Give a fax number under [contact] in practice.toml first.",
        }[self.value]


class Stock(StrEnum):
    """What the sheet is printed on."""

    PLAIN = "plain paper"
    HEAVY = "heavy paper, 32 lb or 120 g"
    CARD = "card stock, 80 lb or 220 g"
    CARDS = "perforated cards: Avery 5371 or 8371 (Letter), C32011 (A4)"
    LABELS = "labels: Avery 5160 (Letter), L7160 (A4)"
    TENTS = "tent cards: Avery 5305 (Letter), or card stock (A4)"
    PRESS = "a print shop's card stock"


class Sides(StrEnum):
    """How the printer is to turn the paper."""

    ONE = "one side"
    LONG = "both sides, flipped on the long edge"
    SHORT = "both sides, flipped on the short edge"


@frozen
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
    each: Each | None = None
    needs: Need | None = None
    stock: Stock = Stock.PLAIN
    sides: Sides = Sides.ONE
    pages: int = 1
    page_mm: tuple[float, float] | None = None
    """Width and height of a page that is not the whole paper in portrait; without bleed."""
    bleed_mm: float = 0.0
    """How far its colour runs past the cut, for a print shop; the PDF's BleedBox says the same."""
    margin_mm: float = 12.7
    """No words stand nearer to the page's edge."""
    names_office: bool = False
    """Made for one office too, though nothing on it opens a door: for whoever goes there."""
    kept_back: bool = False
    """Handed over by the practice alone, and never offered to be printed elsewhere."""

    def size_mm(self, paper: Paper) -> tuple[float, float]:
        """Width and height of one page on that paper."""
        return self.page_mm or paper.size_mm

    @property
    def is_public(self) -> bool:
        """Whether the website offers it: what an office may print for itself on the paper that it has.

        What the practice works by, and what it sends or hands over itself, is nobody else's.
        """
        own = self.use in (Use.SELF, Use.MAIL) or self.kept_back
        return not own and self.stock in (Stock.PLAIN, Stock.HEAVY)

    @property
    def for_one_office(self) -> bool:
        """Whether it can carry one office's name and code: whatever has a door can."""
        return self.door is not None or self.names_office or self.scope is Scope.SOURCE
