"""Five hundred colleagues are asked for in as many queries as five."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from form_server.ledger import ColleagueFacts, Ledger
from tests.form_server.desk.colleagues.people import DRINKING, an_out
from tests.form_server.desk.stage import Stage


@contextmanager
def counted(ledger: Ledger) -> Iterator[list[str]]:
    """The statements that run inside, but for settings: those are read anew every few seconds."""
    ran: list[str] = []

    def note(*arguments: object) -> None:
        statement = str(arguments[2])
        if "FROM meta" not in statement:
            ran.append(statement)

    engine = ledger._store.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def some(numbers: range) -> list[ColleagueFacts]:
    return [
        ColleagueFacts(
            name=f"Colleague {number}", practice=f"Practice {number}", needs=(DRINKING,),
            need_words=("grief", "couples"), languages=("English", "Spanish"),
            plans=("Premera", "Regence"), miles=number % 40, email=f"c{number}@x.example",
        )
        for number in numbers
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/desk/colleagues", "referral", "sending", "missing", "one"])
def test_no_page_asks_once_per_colleague(desk: Stage, path: str) -> None:
    desk.ledger.colleagues.take_in(some(range(5)), {}, actor="test")
    for _ in range(3):
        referral = an_out(desk)
        five = [one.id for one in desk.ledger.colleagues.all()]
        desk.ledger.placements.ask(referral.id, five[:2], desk.founding.user_id)
    address = {
        "referral": f"/desk/referrals/{referral.id}",
        "sending": f"/desk/referrals/{referral.id}/colleagues?all=1",
        "missing": "/desk/colleagues/missing",
        "one": f"/desk/colleagues/{five[0]}",
    }.get(path, path)
    desk.get(address)
    with counted(desk.ledger) as few:
        assert desk.get(address).status_code == 200
    desk.ledger.colleagues.take_in(some(range(5, 500)), {}, actor="test")

    with counted(desk.ledger) as many:
        assert desk.get(address).status_code == 200

    assert len(many) == len(few) > 0
