"""The board of openings at the desk: counted by a tap, refused with a reason, stale in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest

from form_server.ledger import Opening
from tests.form_server.desk.group import Group
from tests.form_server.desk.stage import Stage


def board(group: Group) -> str:
    return group.stage.get("/desk/team/openings", group.maria.client).text.replace("&nbsp;", " ")


def rows(group: Group) -> list[Opening]:
    return group.stage.ledger.openings.all()


def add(group: Group, **fields: str) -> int:
    plain = {"clinician": "tomas-delgado", "count": "2"}
    return group.post("/desk/team/openings", group.maria, **{**plain, **fields}).status_code


def test_the_folders_count_stands_until_the_desk_counts(group: Group) -> None:
    page = board(group)
    assert "From the practice folder, today." in page
    assert "Not counted yet" in page  # Tomás, whose folder says nothing
    assert add(group, clinician="ana-ruiz", count="5", site="Port Wren", language="es") == 303
    page = board(group)
    assert "Port Wren, Spanish" in page
    assert "5 openings" in page
    assert "Counted today by Maria Santos" in page


def test_one_more_and_one_fewer_are_one_tap_and_never_below_none(group: Group) -> None:
    add(group, count="1")
    (one,) = rows(group)
    path = f"/desk/team/openings/{one.id}"
    counts = []
    for step in ("1", "-1", "-1", "-1"):
        group.post(path, group.maria, step=step)
        counts.append(rows(group)[0].count)
    assert counts == [2, 1, 0, 0]


def test_a_stale_row_says_so_and_one_tap_says_that_it_still_holds(group: Group) -> None:
    add(group)
    group.stage.clock.advance(days=15)
    group = _again(group)
    page = board(group)
    assert "out of date" in page
    assert "Out of date: nothing is shown" in page
    group.post("/desk/team/openings/confirm", group.maria, clinician="tomas-delgado")
    assert "2 openings" in board(group)
    assert "out of date" not in board(group)


def test_a_row_is_typed_anew_and_taken_off(group: Group) -> None:
    add(group)
    (one,) = rows(group)
    path = f"/desk/team/openings/{one.id}"
    group.post(path, group.maria, step="count", count="3", first_on="2026-12-01")
    (one,) = rows(group)
    assert (one.count, str(one.first_available_on)) == (3, "2026-12-01")
    group.post(path, group.maria, step="remove")
    assert rows(group) == []
    assert group.post(path, group.maria, step="1").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"clinician": "nobody"}, "Pick the clinician"),
        ({"count": "many"}, "a number from 0 to 99"),
        ({"count": "100"}, "a number from 0 to 99"),
        ({"count": "-1"}, "a number from 0 to 99"),
        ({"first_on": "soon"}, "is a date"),
        ({"first_on": "2026-11-15"}, "between today and a year from now"),
        ({"plan": "Moon Mutual"}, "Pick a plan"),
        ({"language": "tlh"}, "Pick a language"),
        ({"site": "x" * 61}, "at most 60 letters"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason_and_kept_as_typed(
    group: Group, wrong: dict[str, str], why: str
) -> None:
    fields = {"clinician": "tomas-delgado", "count": "2", "site": "Port Wren", **wrong}
    answer = group.post("/desk/team/openings", group.maria, **fields)
    assert answer.status_code == 422
    assert why in answer.text
    if "site" not in wrong:
        assert 'value="Port Wren"' in answer.text
    assert rows(group) == []


def test_a_sites_name_is_text_and_nothing_else(group: Group) -> None:
    add(group, site="<script>alert(1)</script>")
    page = board(group)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_one_person_alone_counts_openings_and_keeps_a_waitlist_too(desk: Stage) -> None:
    more = desk.get("/desk/more").text
    assert 'href="/desk/team/openings"' in more
    assert 'href="/desk/team/waitlist"' in more
    assert "From the practice folder" in desk.get("/desk/team/openings").text
    assert "Nobody waits" in desk.get("/desk/team/waitlist").text
    assert "Waitlist" in desk.get(f"/desk/referrals/{desk.receive().id}").text


def _again(group: Group) -> Group:
    """The same people, signed in anew after days."""
    maria = replace(group.maria, client=group.stage.let_in(group.maria.id, group.maria.key))
    return replace(group, maria=maria)


def test_a_first_count_is_one_tap_from_what_the_folder_says(group: Group) -> None:
    page = board(group)
    assert 'id="quick-ana-ruiz" name="count" type="number" inputmode="numeric" min="0"' in page
    assert (
        group.post("/desk/team/openings", group.maria, clinician="ana-ruiz", count="1") is not None
    )
    assert [(one.clinician, one.count) for one in rows(group)] == [("ana-ruiz", 1)]
    assert 'id="quick-ana-ruiz"' not in board(group)
