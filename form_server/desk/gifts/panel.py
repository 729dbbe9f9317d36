"""The last gifts of an office on its page. How much it sends stands elsewhere, and not beside this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.gifts.rows import GiftRow, SumRow, list_gifts, list_sums
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.rounds import gift_sums

_SHOWN: Final = 3


@dataclass(frozen=True)
class GiftsPanel:
    gifts: tuple[GiftRow, ...]
    sums: tuple[SumRow, ...]
    year: int
    href: str


def build_gifts(case: OfficeCase) -> GiftsPanel | None:
    """None where no gift is given; sums only where the line of caution is close."""
    if case.card.facts.kind.is_private or not case.card.facts.takes_gifts:
        return None
    ledger, year, names = case.desk.ledger, case.today.year, {case.code: case.card.name}
    given = (*ledger.gifts.in_year(year, case.code), *ledger.gifts.in_year(year - 1, case.code))
    sums = list_sums(ledger, gift_sums(ledger, year, case.code), names)
    return GiftsPanel(
        gifts=list_gifts(ledger, given[:_SHOWN], names, case.today),
        sums=tuple(one for one in sums if one.is_near or one.is_over),
        year=year,
        href=url_for("desk.show_office_gifts", code=case.code),
    )


PANEL: Final = Panel("gifts/panel.html", build_gifts)
