from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from form_server.desk.inbox.sieve import parse_spot, write_spot
from form_server.ledger import Fit, Outcome, SourceKind, Spot
from tests.form_server.desk.stage import Stage


def names(page: str) -> list[str]:
    return re.findall(r'<h2 class="h3"><a [^>]*>(?:<bdi>)?([^<]*)', page)


@contextmanager
def statements() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_every_referral_is_listed_newest_first_whatever_its_state(desk: Stage) -> None:
    closed = desk.receive(patient_name="Old Closed")
    desk.tap(closed, "reached")
    desk.close(closed, "scheduled")
    desk.come_back_after(minutes=5)
    desk.receive(patient_name="New Waiting")
    desk.receive(patient_name="Kept Aside", flags="quarantine")

    page = desk.get("/desk/inbox").text

    assert set(names(page)[:2]) == {"New Waiting", "Kept Aside"}
    assert names(page)[2:] == ["Old Closed"]
    assert "First appointment made" in page
    assert "3 referrals, newest first" in page


def test_what_lies_in_other_inboxes_is_neither_listed_nor_counted(
    desk: Stage, other_inbox: str
) -> None:
    desk.receive(patient_name="Somebody Elses", inbox_id=other_inbox)

    page = desk.get(f"/desk/inbox?inbox={other_inbox}").text

    assert names(page) == []
    assert "Nothing has come in yet" in page


def test_a_row_that_does_not_open_says_so_and_breaks_nothing(desk: Stage) -> None:
    desk.receive_plain(
        b"", promised_in=timedelta(hours=1), flags="", inbox_id=desk.founding.inbox_id
    )
    desk.receive(patient_name="Whole One")

    assert set(names(desk.get("/desk/inbox").text)) == {"Cannot be opened", "Whole One"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=open", ["Open One", "Weighed Out"]),
        ("state=closed", ["Closed One"]),
        ("promise=kept", ["Closed One"]),
        ("promise=in_time", ["Open One", "Weighed Out"]),
        ("fit=out", ["Weighed Out"]),
        ("fit=none", ["Open One", "Closed One"]),
        ("outcome=scheduled", ["Closed One"]),
        ("mark=read_first", ["Open One"]),
        ("source=alder-family", ["Open One", "Weighed Out", "Closed One"]),
        ("source=-", []),
        ("door=office", ["Open One", "Weighed Out", "Closed One"]),
        ("door=phone", []),
        ("since=2026-11-16&until=2026-11-16", ["Open One", "Weighed Out", "Closed One"]),
        ("since=2026-11-17", []),
        ("state=nonsense&since=yesterday&fit=", ["Open One", "Weighed Out", "Closed One"]),
        ("since=9999-12-31", ["Open One", "Weighed Out", "Closed One"]),
    ],
)
def test_the_inbox_is_sifted_by_what_stands_in_clear(
    desk: Stage, asked: str, found: list[str]
) -> None:
    desk.ledger.sources.add("alder-family", "Alder Family", SourceKind.OFFICE, actor="test")
    closed = desk.receive(patient_name="Closed One")
    desk.tap(closed, "reached")
    desk.close(closed, "scheduled")
    desk.clock.advance(seconds=1)
    out = desk.receive(patient_name="Weighed Out")
    desk.ledger.steps.mark_fit(out.id, Fit.OUT, desk.founding.user_id)
    desk.clock.advance(seconds=1)
    desk.receive(patient_name="Open One", flags="read_first")

    assert names(desk.get(f"/desk/inbox?{asked}").text) == found


def test_pages_lead_through_the_sifted_list_and_back(desk: Stage) -> None:
    for number in range(60):
        desk.clock.advance(seconds=1)
        desk.receive(patient_name=f"P{number:02} Q", flags="drill" if number < 5 else "")

    def link(page: str, label: str) -> str:
        (found,) = re.findall(rf'href="([^"]+)"[^>]*>{label}</a>', page)
        return str(found).replace("&amp;", "&")

    first = desk.get("/desk/inbox?state=open").text
    second = desk.get(link(first, "Older")).text
    third = desk.get(link(second, "Older")).text
    oldest = desk.get(link(first, "Oldest")).text

    assert [len(names(page)) for page in (first, second, third)] == [25, 25, 10]
    assert names(first)[0] == "P59 Q"
    assert names(third)[-1] == names(oldest)[-1] == "P00 Q"
    assert "state=open" in link(second, "Older")
    assert names(desk.get(link(second, "Newer")).text) == names(first)
    assert "Older</a>" not in third
    assert "Newer</a>" not in first


def test_how_many_questions_are_asked_does_not_grow_with_the_rows(desk: Stage) -> None:
    def asked(path: str) -> int:
        desk.get(path)  # what is kept in mind is there
        with statements() as found:
            assert desk.get(path).status_code == 200
        return len([one for one in found if "generation" not in one and "meta" not in one])

    desk.receive()
    few = {path: asked(path) for path in ("/desk/inbox", "/desk/")}
    for _ in range(60):
        desk.receive()

    assert {path: asked(path) for path in few} == few
    assert min(few.values()) > 3


def test_opening_the_inbox_is_noted_with_a_count(desk: Stage) -> None:
    desk.receive()
    desk.get("/desk/inbox")

    (entry,) = [one for one in desk.ledger.audit.recent(5) if one.action == "inbox.opened"]
    assert (entry.actor, entry.detail) == (
        f"user:{desk.founding.user_id}",
        "names=1 unreadable=0",
    )


def test_what_retention_took_is_told_from_what_does_not_open(desk: Stage) -> None:
    gone = desk.receive()
    desk.tap(gone, "reached")
    desk.ledger.steps.close(gone.id, Outcome.ATTENDED, desk.founding.user_id)
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE referral SET envelope = x''")

    page = desk.get("/desk/inbox").text

    assert names(page) == ["No longer kept"]
    assert gone.receipt in page


@pytest.mark.parametrize(
    "text", ["", "x", "1", "1.", ".a", "1.a.b", "-1.a", "1.'", "9" * 30 + ".a"]
)
def test_a_place_that_is_none_is_the_start(desk: Stage, text: str) -> None:
    assert parse_spot(text) is None
    assert desk.get(f"/desk/inbox?older={text}").status_code == 200


def test_a_place_comes_back_as_it_was_written() -> None:
    spot = Spot(1_763_325_000_000_000, "0193abcdef")

    assert parse_spot(write_spot(spot)) == spot
