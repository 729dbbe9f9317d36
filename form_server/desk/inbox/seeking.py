"""What somebody looks for: as it may stand in clear, and as it must be read in an opened referral.

Pure. The words that are looked for are somebody's name or number: they stay in memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from form_server.desk.inbox.words import OUTCOMES, STATES
from form_server.desk.referral.said import Said
from form_server.ledger import Hint, Source

LONGEST: Final = 80
_SHORTEST: Final = 2
_SHORTEST_NUMBER: Final = 3
_RECEIPT: Final = re.compile(r"[a-z]+(?:[ -][a-z]+){0,2}(?:[ -][0-9]+)?")
_NUMBER: Final = re.compile(r"[0-9()+./\s-]+")
_DATES: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b %d %Y", "%B %d %Y")
_DATES_THIS_YEAR: Final = ("%m/%d", "%b %d", "%B %d")


@dataclass(frozen=True)
class Sought:
    """Each of `words` must stand somewhere; `digits` in one of the numbers, when it is a number."""

    text: str
    words: tuple[str, ...]
    digits: str

    @property
    def is_too_short(self) -> bool:
        return len(self.text.replace(" ", "")) < _SHORTEST


def read_sought(text: str) -> Sought:
    plain = " ".join(text[:LONGEST].split())
    digits = re.sub("[^0-9]", "", plain) if _NUMBER.fullmatch(plain) else ""
    return Sought(
        plain, tuple(fold(plain).split()), digits if len(digits) >= _SHORTEST_NUMBER else ""
    )


def fold(text: str) -> str:
    """The same letters however they are written: “Zoë” and “ZOE” are one name."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def says_it(said: Said, sought: Sought) -> bool:
    """Whether it stands in what was said: the people, their office, and how to reach them."""
    numbers = (said.patient_phone.typed, said.referrer.phone.typed, said.referrer.fax)
    if sought.digits:
        return any(sought.digits in re.sub("[^0-9]", "", number) for number in numbers)
    texts = (
        said.patient_name, said.guardian_name, said.patient_email, said.referrer.name,
        said.referrer.office, said.referrer.email, said.source,
        *(text for _, text in said.extras),
    )  # fmt: skip
    stands = fold("\n".join(texts))
    return bool(sought.words) and all(word in stands for word in sought.words)


def hint_of(sought: Sought, sources: Sequence[Source], today: date, zone: ZoneInfo) -> Hint:
    """What the same words may mean in clear: a receipt, a source, a state, an outcome or a day."""
    plain = fold(sought.text)
    day = _day_meant(sought.text, today)
    is_receipt = bool(_RECEIPT.fullmatch(plain)) and len(plain) > _SHORTEST
    return Hint(
        receipt=plain.replace(" ", "-") if is_receipt else "",
        sources=tuple(
            one.code
            for one in sources
            if plain == fold(one.code) or all(word in fold(one.name) for word in sought.words)
        ),
        states=next((found for label, found in STATES.values() if fold(label) == plain), ()),
        outcomes=tuple(one for one, label in OUTCOMES.items() if fold(label) == plain),
        since=datetime.combine(day, time(), tzinfo=zone) if day else None,
        until=datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) if day else None,
    )


def _day_meant(text: str, today: date) -> date | None:
    near = {"today": 0, "yesterday": 1}.get(text.casefold())
    if near is not None:
        return today - timedelta(days=near)
    plain = text.replace(",", " ").replace(".", " ")
    plain = " ".join(plain.split())
    for shape in _DATES:
        if (found := _parse(plain, shape)) is not None:
            return found
    for shape in _DATES_THIS_YEAR:
        found = _parse(f"{plain} {today.year}", f"{shape} %Y")
        if found is not None:
            # A day that is still to come was meant in the year before.
            return found if found <= today else _parse(f"{plain} {today.year - 1}", f"{shape} %Y")
    return None


def _parse(text: str, shape: str) -> date | None:
    try:
        found = datetime.strptime(text, shape).replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return found if 1971 <= found.year <= 9000 else None
