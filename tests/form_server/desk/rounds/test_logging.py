"""A visit on record: in one form, sealed where somebody wrote, and never nagging by accident."""

from __future__ import annotations

from datetime import date

import pytest

from form_server.ledger import Counted, NewVisit, VisitWay
from tests.form_server.desk.rounds.outreach import (
    FORM,
    add_office,
    add_person,
    plain,
    seen_ago,
    send,
)
from tests.form_server.desk.stage import Stage, hidden


@pytest.fixture
def lake(desk: Stage) -> Stage:
    add_office(desk, "lake", "Lake Clinic")
    return desk


def test_a_visit_is_kept_whole_and_what_comes_next_is_shown(lake: Stage) -> None:
    dana = add_person(lake, "lake", "Dana Whitfield")
    add_office(lake, "beside", "Beside Clinic")
    answer = send(
        lake, met=[dana], new_name="Lee Ortiz", new_role="manager",
        needs="Something in Spanish.", **{"left-card": "40", "left-pad": "2", "seen-card": "3"},
    )  # fmt: skip
    (kept,) = lake.ledger.visits.of("lake")
    people = {one.name: one for one in lake.ledger.address_book.people(["lake"])["lake"]}
    assert kept.met == (dana, people["Lee Ortiz"].id)
    assert (kept.way, kept.done_on, kept.next_on) == (VisitWay.VISIT, date(2026, 11, 16), None)
    assert set(kept.left) == {
        Counted("card", 40), Counted("card", 3, "counted"), Counted("pad", 2),
    }  # fmt: skip
    assert kept.said == "hello"
    assert kept.note is not None
    assert b"Spanish" not in kept.note.sealed

    page = plain(lake.get(answer.location).text)
    assert "Next time on Sun, Feb 14, 2027" in page
    assert "Beside Clinic about 1 mile · Nobody has been there yet" in page
    assert "Something in Spanish." in page
    assert "Dana Whitfield (receptionist), Lee Ortiz (office manager)" in page
    assert "Lake Clinic" not in lake.get("/desk/outreach").text


def test_the_same_form_sent_twice_is_one_visit(lake: Stage) -> None:
    visit_id = lake.ledger.new_id()
    first = send(lake, visit_id=visit_id, new_name="Lee Ortiz")
    second = send(lake, visit_id=visit_id, new_name="Lee Ortiz")
    assert first.location == second.location
    assert len(lake.ledger.visits.of("lake")) == 1
    assert len(lake.ledger.address_book.people(["lake"])["lake"]) == 1


def test_a_form_sent_again_after_its_visit_was_taken_back_is_a_new_one(lake: Stage) -> None:
    visit_id = lake.ledger.new_id()
    send(lake, visit_id=visit_id)
    lake.ledger.visits.remove(visit_id, actor="test")
    answer = send(lake, visit_id=visit_id)
    assert lake.get(answer.location).status_code == 200
    (kept,) = lake.ledger.visits.of("lake")
    assert kept.id != visit_id


def test_whoever_was_met_counts_though_the_list_changed_meanwhile(lake: Stage) -> None:
    add_office(lake, "shore", "Shore Clinic")
    add_office(lake, "other", "Other Clinic")
    dana, lee = (add_person(lake, "lake", name) for name in ("Dana Whitfield", "Lee Ortiz"))
    same, gone = (add_person(lake, "shore", name) for name in ("Dana Whitfield", "Kim Ito"))
    elsewhere = add_person(lake, "other", "Lee Ortiz")
    book = lake.ledger.address_book
    twice = {dana: (same, book.named([same])[same].facts)}
    book.merge("shore", "lake", book.get("shore").facts, actor="test", same_people=twice)
    book.remove_person(gone, actor="test")

    answer = send(lake, met=[dana, same, lee, gone, elsewhere, "nobody"])

    assert answer.status_code == 303
    (visit,) = lake.ledger.visits.of("shore")
    assert visit.met == (same, lee, gone)
    assert "Kim Ito" in plain(lake.get(answer.location).text)


def test_a_visit_to_an_office_that_becomes_one_with_another_right_then_is_not_lost(
    lake: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_office(lake, "shore", "Shore Clinic")
    dana = add_person(lake, "lake", "Dana Whitfield")
    book, visits = lake.ledger.address_book, lake.ledger.visits
    log, needs = visits.log, "Groups for teenagers."
    lee = {"new_name": "Lee Ortiz", "new_role": "manager"}

    def merge_first(new: NewVisit, *, actor: str) -> bool:
        monkeypatch.undo()
        book.merge("shore", "lake", book.get("shore").facts, actor="test")
        return log(new, actor=actor)

    monkeypatch.setattr(visits, "log", merge_first)
    answer = send(lake, needs=needs, met=[dana], **lee, **{"left-card": "40"})

    assert answer.status_code == 422
    assert "Lake Clinic became one with Shore Clinic while you wrote" in plain(answer.text)
    for kept in (needs, 'value="40"', 'value="Lee Ortiz"'):
        assert kept in answer.text
    assert f'value="{dana}" checked' in answer.text
    at = "/desk/outreach/visits/shore/new"
    assert f'action="{at}"' in answer.text
    visit_id = hidden(answer.text, "visit_id")
    again = send(lake, at=at, visit_id=visit_id, needs=needs, met=[dana], **lee)
    assert again.status_code == 303
    (visit,) = visits.of("shore")
    same = [one.id for one in book.people(["shore"])["shore"] if one.name == "Lee Ortiz"]
    assert (visit.id, visit.met) == (visit_id, (dana, *same))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"next_on": "2026-12-01"}, "sooner than 60 nags"),
        ({"next_on": "2027-07-01"}, "they have forgotten you"),
        ({"next_on": "2026-11-10"}, "comes after this one"),
        ({"next_on": "soon"}, "That is no day."),
        ({"done_on": "2026-11-17"}, "still to come"),
        ({"done_on": "1999-01-01"}, "Check the year"),
        ({"done_on": ""}, "on which day"),
        ({"left-card": "many"}, "A number from 0 to 2000."),
        ({"left-card": "2001"}, "A number from 0 to 2000."),
        ({"new_name": "Lee\u0007"}, "on one line"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    lake: Stage, typed: dict[str, str], says: str
) -> None:
    answer = send(lake, needs="Groups for teenagers.", **typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Groups for teenagers." in answer.text
    assert lake.ledger.visits.of("lake") == []


def test_a_day_that_they_asked_for_may_come_sooner(lake: Stage) -> None:
    assert send(lake, next_on="2026-12-01", asked_back="yes").status_code == 303
    (kept,) = lake.ledger.visits.of("lake")
    assert (kept.next_on, kept.asked_back) == (date(2026, 12, 1), True)


def test_a_patients_name_is_asked_about_once(desk: Stage) -> None:
    add_office(desk, "alder-family")
    desk.receive()
    at = "/desk/outreach/visits/alder-family/new"
    answer = send(desk, at=at, needs="Maria still cannot sleep.")
    assert answer.status_code == 422
    assert "“Maria”" in answer.text
    both = send(desk, at=at, needs="Maria still cannot sleep.", next_on="2026-12-01").text
    assert "“Maria”" in both
    assert "nags" in both
    assert desk.ledger.visits.of("alder-family") == []
    assert send(desk, at=at, needs="Maria still cannot sleep.", sure="yes").status_code == 303
    assert send(desk, at=at, needs="People who cannot sleep.").status_code == 303


def test_a_name_from_another_office_or_another_inbox_stops_nobody(
    lake: Stage, other_inbox: str
) -> None:
    lake.receive()
    assert send(lake, needs="Maria still cannot sleep.").status_code == 303
    add_office(lake, "alder-family")
    lake.receive(inbox_id=other_inbox, patient_name="Hope Rivers")
    at = "/desk/outreach/visits/alder-family/new"
    assert send(lake, at=at, needs="Hope for groups.").status_code == 303


def test_within_a_morning_the_next_stop_follows(lake: Stage) -> None:
    add_office(lake, "mill", "Mill Clinic", town="Mill Road")
    answer = send(lake, at=f"{FORM}?office=lake&office=mill&bring=1", office=["lake", "mill"])
    page = lake.get(answer.location).text
    assert "Mill Clinic" in page
    assert "/desk/outreach/visits/mill/new?office=lake&amp;office=mill" in page


def test_a_form_for_a_packed_bag_has_the_counts_in_it(lake: Stage) -> None:
    assert hidden(lake.get(f"{FORM}?bring=1").text.replace('inputmode="numeric" maxlength="4" ', ""),
                  "left-card") == "40"  # fmt: skip
    assert 'name="left-card" inputmode="numeric" maxlength="4" value=""' in lake.get(FORM).text


def test_a_visit_taken_back_takes_its_note_and_its_pieces(lake: Stage) -> None:
    visit_id = seen_ago(lake, "lake", 3, Counted("card", 40), words="Groups.")
    token = lake.csrf_token
    answer = lake.post(f"/desk/outreach/visits/lake/{visit_id}/remove", {"csrf_token": token})
    page = lake.get(answer.location).text
    assert "Taken back" in page
    assert "Groups." not in page
    assert lake.ledger.stock_moves.all() == {}


def test_nobody_takes_back_what_they_cannot_read_or_what_is_elsewhere(
    lake: Stage, other_inbox: str
) -> None:
    add_office(lake, "mill", "Mill Clinic")
    sams = seen_ago(lake, "lake", 3, words="For Sam alone.", inbox_id=other_inbox)
    own = seen_ago(lake, "lake", 2, words="Groups.")
    page = lake.get("/desk/outreach/visits/lake").text
    assert f"/{own}/remove" in page
    assert f"/{sams}/remove" not in page
    token = lake.csrf_token
    for address in (f"lake/{sams}", f"mill/{own}"):
        answer = lake.post(f"/desk/outreach/visits/{address}/remove", {"csrf_token": token})
        assert answer.status_code == 404
    assert len(lake.ledger.visits.of("lake")) == 2


def test_notes_open_for_whoever_may_and_that_goes_on_record(lake: Stage, other_inbox: str) -> None:
    seen_ago(lake, "lake", 100, words="They need groups.")
    seen_ago(lake, "lake", 200, words="For Sam alone.", inbox_id=other_inbox)
    page = lake.get("/desk/offices/lake").text
    assert "They need groups." in page
    assert "For Sam alone." not in page
    assert "does not open with your key" in page
    (entry,) = [one for one in lake.ledger.audit.recent(9) if one.action == "visit_notes.opened"]
    assert entry.detail == "lake notes=1"


def test_an_office_that_is_not_there_has_no_form(desk: Stage) -> None:
    assert desk.get("/desk/outreach/visits/nobody/new").status_code == 404
    assert desk.get("/desk/outreach/visits/nobody").status_code == 404


def test_a_call_can_be_begun_as_one_and_a_note_begins_no_rhythm(lake: Stage) -> None:
    assert 'value="call" checked' in lake.get(f"{FORM}?way=call").text
    send(lake, way="note", next_on="2026-11-20", needs="Closed for lunch.")
    (kept,) = lake.ledger.visits.of("lake")
    assert (kept.way, kept.said, kept.next_on) == (VisitWay.NOTE, "", None)
    assert "Nobody has been there yet" in plain(lake.get("/desk/outreach").text)


def test_more_words_than_are_kept_are_refused(lake: Stage) -> None:
    answer = send(lake, needs="x" * 2001)
    assert answer.status_code == 422
    assert "at most 2000 characters" in answer.text


def test_an_office_off_the_list_takes_no_visit_and_another_spelling_of_its_code_does(
    lake: Stage,
) -> None:
    assert send(lake, at="/desk/outreach/visits/LAKE/new").status_code == 303
    assert len(lake.ledger.visits.of("lake")) == 1
    lake.ledger.address_book.remove("lake", actor="test")
    assert lake.get(FORM).status_code == 404
