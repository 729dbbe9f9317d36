"""The directory as a table: looked at first, taken in whole, and saved so that nothing runs."""

from __future__ import annotations

import csv
import io

from werkzeug.test import TestResponse

from form_server.tabular import read_csv
from tests.form_server.desk.colleagues.people import a_colleague, iris, send
from tests.form_server.desk.stage import Stage, hidden

IMPORT = "/desk/colleagues/import"


def look(desk: Stage, table: str | bytes) -> TestResponse:
    raw = table if isinstance(table, bytes) else table.encode()
    return send(desk, IMPORT, IMPORT, {"file": (io.BytesIO(raw), "colleagues.csv")})


def take(desk: Stage, preview: TestResponse) -> TestResponse:
    return send(desk, IMPORT, f"{IMPORT}/all", {"table": hidden(preview.text, "table")})


def names(desk: Stage) -> list[str]:
    return [one.name for one in desk.ledger.colleagues.all()]


def test_a_look_changes_nothing_and_taking_in_does(desk: Stage) -> None:
    preview = look(desk, "Name,Phone,Takes\nAna Ruiz,(360) 555-0170,grief; panic\n")
    assert preview.status_code == 200
    assert "Ready: 1 new, 0 join" in preview.text
    assert names(desk) == []

    assert take(desk, preview).status_code == 303

    (ana,) = desk.ledger.colleagues.all()
    assert (ana.facts.needs, ana.facts.need_words) == (("panic",), ("grief",))
    assert "colleagues.imported" in desk.actions()


def test_one_wrong_row_keeps_all_of_them_out(desk: Stage) -> None:
    preview = look(desk, "Name,Miles\nAna Ruiz,4\nBen Cole,far\n,3\n")
    assert preview.status_code == 422
    assert "2 rows need mending first" in preview.text
    assert "Row 3" in preview.text
    assert "Miles: Write a whole number" in preview.text
    assert 'name="table"' not in preview.text
    forced = send(desk, IMPORT, f"{IMPORT}/all", {"table": "Name,Miles\nAna Ruiz,4\nBen,far\n"})
    assert forced.status_code == 422
    assert names(desk) == []


def test_who_is_here_already_is_joined_and_not_doubled(desk: Stage) -> None:
    one = iris(desk)
    preview = look(desk, "Name,E-mail,Plans\nI. Okafor,iris@northfork.example,Premera\n")
    assert "Joins Iris Okafor: plans" in preview.text
    take(desk, preview)
    facts = desk.ledger.colleagues.get(one).facts
    assert (facts.name, facts.plans) == ("Iris Okafor", ("Regence", "Premera"))
    assert len(names(desk)) == 1


def test_two_rows_for_one_person_become_one(desk: Stage) -> None:
    preview = look(desk, "Name,Plans,Town\nAna Ruiz,Premera,\nAna Ruiz,,Mill Creek\n")
    assert "Joins Ana Ruiz in row 2: town" in preview.text
    take(desk, preview)
    (ana,) = desk.ledger.colleagues.all()
    assert (ana.facts.plans, ana.facts.town) == (("Premera",), "Mill Creek")


def test_a_second_time_there_is_nothing_to_take_in(desk: Stage) -> None:
    iris(desk)
    saved = desk.get("/desk/colleagues/export").data
    preview = look(desk, saved)
    assert "Nothing would change" in preview.text
    assert 'name="table"' not in preview.text


def test_what_was_saved_builds_the_same_directory_elsewhere(desk: Stage) -> None:
    iris(desk)
    a_colleague(desk, name="=HYPERLINK(0)", notes="@home\n-1", plans=("+Plus",))
    before = [one.facts for one in desk.ledger.colleagues.all()]
    saved = desk.get("/desk/colleagues/export").data
    for one in desk.ledger.colleagues.all():
        desk.ledger.colleagues.remove(one.id, actor="test")

    take(desk, look(desk, saved))

    assert [one.facts for one in desk.ledger.colleagues.all()] == before


def test_nothing_in_the_saved_table_runs(desk: Stage) -> None:
    a_colleague(desk, name="=cmd", credentials="+1", practice="-1", town="@SUM(1)")
    answer = desk.get("/desk/colleagues/export")
    cells = [
        cell for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))) for cell in row
    ]
    assert "'=cmd" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert answer.headers["Content-Disposition"] == "attachment; filename=colleagues.csv"
    assert answer.headers["Cache-Control"] == "no-store"
    assert desk.actions()[-1] == "colleagues.exported"
    assert read_csv(answer.data)[1][0] == "=cmd"


def test_address_books_are_understood(desk: Stage) -> None:
    google = (
        "First Name,Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Value,Photo\n"
        "Ana,Ruiz,Cedar Therapy,ana@cedar.example,(360) 555-0170,x\n"
    )
    outlook = (
        "First Name;Last Name;Company;E-mail Address;Business Phone;Business City\r\n"
        "Ben;Muñoz;Cedar Therapy;ben@cedar.example;(360) 555-0171;Mill Creek\r\n"
    ).encode("cp1252")
    first = look(desk, google)
    assert "Columns that have no place here: <bdi>Photo</bdi>" in first.text
    take(desk, first)
    take(desk, look(desk, outlook))
    assert [(one.name, one.facts.practice) for one in desk.ledger.colleagues.all()] == [
        ("Ana Ruiz", "Cedar Therapy"), ("Ben Muñoz", "Cedar Therapy"),
    ]  # fmt: skip


def test_what_is_no_table_says_what_to_do(desk: Stage) -> None:
    for raw, words in (
        (b"", "Choose a file"),
        (b"PK\x03\x04\x00\x00", "Save it from your spreadsheet as CSV"),
        (b"Town,Phone\nx,y\n", "No column is headed"),
        (b"Name\n" + b"Ana\n" * 2001, "more than 2000 rows"),
    ):
        answer = look(desk, raw)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_table_that_is_pasted_is_read_as_well(desk: Stage) -> None:
    preview = send(desk, IMPORT, IMPORT, {"pasted": "Name\tTown\nAna Ruiz\tMill Creek"})
    take(desk, preview)
    assert desk.ledger.colleagues.all()[0].facts.town == "Mill Creek"


def test_a_thousand_rows_are_looked_at_without_a_query_for_each(desk: Stage) -> None:
    many = [f"Colleague {number},k7q2" for number in range(1000)]
    desk.ledger.sources.add("K7Q2", "Somebody", actor="test")
    preview = look(desk, "Name,Code on their cards\n" + "\n".join(many))
    assert "Ready: 1000 new" in preview.text
    assert "And 800 more rows" in preview.text
