"""What somebody counted at an office, or sent there without a visit."""

from __future__ import annotations

from flask import Response, request, url_for

from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.page import go_to
from form_server.desk.rounds.typed_visit import read_pieces
from form_server.ledger import Counted
from outreach_kit.outreach.stock import Item, StockKind


def note_stock(code: str) -> Response:
    """Items left empty stay as they were. Raises NotFound."""
    desk, user = the_desk(), signed_in()
    kept = desk.ledger.address_book.get(code).code
    is_given = request.form.get("kind") == StockKind.GIVEN
    kind = StockKind.GIVEN if is_given else StockKind.COUNTED
    typed = {item: request.form.get(item.value, "").strip() for item in Item}
    counts = {item: read_pieces(text) for item, text in typed.items() if text}
    if not counts:
        return _back(kept, "nothing")
    if None in counts.values():
        return _back(kept, "wrong")
    counted = [
        Counted(item.value, count, kind.value)
        for item, count in counts.items()
        if count is not None and (count or not is_given)
    ]
    today = desk.practice().today(desk.clock())
    desk.ledger.stock_moves.add(kept, counted, today, actor=user.actor)
    return _back(kept, "given" if is_given else "counted")


def _back(code: str, done: str) -> Response:
    """To the page that the form stood on."""
    if request.form.get("from") == "office":
        return go_to(url_for("desk.show_office", code=code, _anchor="stock"))
    show = "all" if request.form.get("from") == "all" else None
    return go_to(url_for("desk.show_stock", done=done, show=show))
