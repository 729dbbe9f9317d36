"""What one office has left, on its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.stock.wording import Left, say_stock, was_stocked


@dataclass(frozen=True)
class StockPanel:
    left: tuple[Left, ...]
    was_stocked: bool
    note: str


def build_stock(case: OfficeCase) -> StockPanel | None:
    """None for whoever is never visited and was given nothing."""
    stock = case.detail.stock
    known = was_stocked(stock)
    if not (known or case.card.wants_visits):
        return None
    return StockPanel(
        say_stock(stock, case.today), known, url_for("desk.note_stock", code=case.code)
    )


PANEL: Final = Panel("stock/panel.html", build_stock)
