"""How a language says what a script has to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, Protocol


class Voice(Protocol):
    """Sentences by gettext, prices and days as people say them."""

    @property
    def gettext(self) -> Callable[[str], str]: ...

    @property
    def ngettext(self) -> Callable[[str, str, int], str]: ...

    def either(self, choices: Sequence[str]) -> str: ...

    def money(self, amount: Decimal) -> str: ...

    def day(self, day: dt.date) -> str: ...


class _English:
    """The language in which the sentences are written."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many

    def either(self, choices: Sequence[str]) -> str:
        *others, last = choices
        return " or ".join(filter(None, (", ".join(others), last)))

    def money(self, amount: Decimal) -> str:
        return say_price(amount)

    def day(self, day: dt.date) -> str:
        return say_day(day)


ENGLISH: Final[Voice] = _English()


def say_price(amount: Decimal) -> str:
    """“$190”, “$92.50”."""
    whole = amount == amount.to_integral_value()
    return f"${amount:,.0f}" if whole else f"${amount:,.2f}"


def say_day(day: dt.date) -> str:
    """“Monday, November 23”."""
    return f"{day:%A, %B} {day.day}"
