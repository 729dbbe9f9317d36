"""What Today says of offices: a count and nobody's name."""

from __future__ import annotations

from form_server.ledger import Counted
from tests.form_server.desk.rounds.outreach import add_office, plain, seen_ago
from tests.form_server.desk.stage import Stage


def owed(desk: Stage) -> str:
    return plain(desk.get("/desk/").text)


def test_offices_that_are_due_are_counted_on_today(desk: Stage) -> None:
    assert "due a visit" not in owed(desk)
    add_office(desk, "lake", "Lake Clinic")
    seen_ago(desk, "lake", 100)
    page = desk.get("/desk/").text
    assert "1 office is due a visit" in plain(page)
    assert 'href="/desk/outreach"' in page
    assert "Lake Clinic" not in page
    assert 'class="late"' not in page


def test_what_is_forgotten_is_late(desk: Stage) -> None:
    add_office(desk, "lake")
    seen_ago(desk, "lake", 190)
    page = desk.get("/desk/").text
    assert "1 office is due a visit, 1 not seen for six months" in plain(page)
    assert 'class="late"' in page


def test_who_runs_low_is_counted_on_today(desk: Stage) -> None:
    add_office(desk, "lake")
    seen_ago(desk, "lake", 50, Counted("card", 12))
    assert "1 office runs low on cards, brochures or pads" in owed(desk)
    seen_ago(desk, "lake", 0, Counted("card", 30))
    assert "runs low" not in owed(desk)
