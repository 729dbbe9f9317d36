"""What the measurement stands on: the ledger it fills is real, and no page asks once per row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Engine, event

from tests.benchmarks.desk import Measured, measure, open_years, pages_of, show
from tests.benchmarks.desk_years import Years


def statements_per_page(pages: Mapping[str, Callable[[], None]]) -> dict[str, int]:
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    counted = {}
    for fetch in pages.values():
        fetch()  # what the ledger keeps in mind is there now
    event.listen(Engine, "before_cursor_execute", note)
    try:
        for name, fetch in pages.items():
            asked.clear()
            fetch()
            counted[name] = len(asked)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return counted


def test_how_many_statements_a_page_takes_does_not_depend_on_the_rows(tmp_path: Path) -> None:
    ledger, stage = open_years(tmp_path, 100)
    with ledger:
        stage.client = stage.let_in()
        inbox, user = stage.founding.inbox_id, stage.founding.user_id
        open_one = ledger.referrals.open_in([inbox]).referrals[0].id
        few = statements_per_page(pages_of(stage, open_one))
        Years(ledger, inbox, user, stage.clock(), seed=8).fill(200)
        many = statements_per_page(pages_of(stage, open_one))

    assert min(few.values()) > 0
    # What the ledger keeps in mind for a second may be asked for again; a question per row of two
    # hundred cannot hide behind that.
    assert all(abs(many[name] - few[name]) <= 2 for name in few), (few, many)


def test_every_page_is_measured_and_a_slow_one_is_named(tmp_path: Path) -> None:
    ledger, stage = open_years(tmp_path, 60)
    with ledger:
        stage.sign_in()
        measured = measure(pages_of(stage), 2)

    assert {"Today", "Inbox, newest", "One referral", "Pulse"} <= {one.page for one in measured}
    assert all(0 < one.p50_ms <= one.p95_ms * 1.001 for one in measured)
    assert "NO" in show([Measured("Today", 101.0, 150.0)], "60 referrals")
