"""What the measurement stands on: the years it fills are real, and no page asks once per row."""

from __future__ import annotations

from pathlib import Path

from form_server.rounds import survey
from tests.benchmarks.desk import measure
from tests.benchmarks.outreach import PAGES, open_outreach, pages_of
from tests.benchmarks.outreach_years import OutreachYears
from tests.benchmarks.test_desk import statements_per_page


def test_no_page_of_outreach_asks_once_per_row(tmp_path: Path) -> None:
    ledger, stage = open_outreach(tmp_path, 12, 60)
    with ledger:
        stage.client = stage.let_in()
        inbox, user = stage.founding.inbox_id, stage.founding.user_id
        few = statements_per_page(pages_of(stage))
        OutreachYears(ledger, inbox, user, stage.clock(), seed=8, first=12).fill(60, 200)
        many = statements_per_page(pages_of(stage))
        found = survey(ledger, stage.practice, [inbox], stage.clock())
        measured = measure(pages_of(stage), 2)

    assert len(found.standings) == 72
    assert sum(one.tally.referrals for one in found.standings) > 20
    assert min(few.values()) > 0
    assert all(abs(many[name] - few[name]) <= 2 for name in few), (few, many)
    assert {one.page for one in measured} == set(few) == set(PAGES)
