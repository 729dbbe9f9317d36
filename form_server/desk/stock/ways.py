"""The addresses of stock."""

from __future__ import annotations

from typing import Final

from form_server.desk.stock.noting import note_stock
from form_server.desk.stock.show import show_stock
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/stock", show_stock),
    Way("/stock/<code>", note_stock, POST),
)
