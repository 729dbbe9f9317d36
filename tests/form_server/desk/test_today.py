from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from form_server.desk.today import parse_place, write_place
from form_server.ledger import NewVisit, Place, Referral, SourceFacts, VisitWay
from tests.form_server.desk.stage import Stage


def names(page: str) -> list[str]:
    """The headings of the rows, top to bottom."""
    return re.findall(r"<h3><a [^>]*>(?:<bdi>)?([^<]*)", page)


def alter(tmp_path: Path, referral: Referral, **values: object) -> None:
    """As somebody would who can write to the disk and has no key."""
    connection = sqlite3.connect(tmp_path / "ledger.db")
    for name, value in values.items():
        connection.execute(f"UPDATE referral SET {name} = ? WHERE id = ?", (value, referral.id))
    connection.commit()
    connection.close()


def test_a_row_shows_first_name_office_time_and_promise(desk: Stage) -> None:
    referral = desk.receive()
    desk.come_back_after(minutes=18)

    page = desk.get("/desk/").text

    assert names(page) == ["Maria"]
    assert "Delgado" not in page
    assert "Alder Family Medicine" in page
    assert "18\u00a0minutes" in page
    assert "Call by 4:30\u00a0PM" in page
    assert "3\u00a0hours 42\u00a0min left" in page
    assert f'href="/desk/referrals/{referral.id}"' in page
    assert 'href="tel:+13605550188"' in page
    assert "One person is waiting" in page


def test_unanswered_come_first_and_by_promise(desk: Stage) -> None:
    late = desk.receive(patient_name="Late Promise", promised_in=timedelta(hours=8))
    tried = desk.receive(patient_name="Tried Already", promised_in=timedelta(hours=1))
    desk.receive(patient_name="Early Promise", promised_in=timedelta(hours=2))
    desk.tap(tried, "no-answer")

    page = desk.get("/desk/").text

    assert names(page) == ["Early", "Late", "Tried"]
    assert page.index("Waiting for a first call") < page.index(late.id)
    assert page.index(late.id) < page.index("Tried, still open") < page.index(tried.id)


def test_a_broken_promise_is_marked_overdue(desk: Stage) -> None:
    desk.receive()
    desk.come_back_after(hours=5, minutes=30)

    page = desk.get("/desk/").text

    assert 'class="row overdue"' in page
    assert "overdue by 1\u00a0hour 30\u00a0min" in page
    assert "One call is overdue." in page


def test_looking_at_the_list_stops_no_clock(desk: Stage) -> None:
    referral = desk.receive()
    desk.get("/desk/")

    seen = desk.ledger.referrals.get(referral.id)
    assert (seen.acknowledged_at, seen.first_contact_at) == (None, None)


def test_looking_at_the_list_is_noted_with_a_count(desk: Stage) -> None:
    desk.receive()
    desk.receive()
    desk.get("/desk/")

    (entry,) = [one for one in desk.ledger.audit.recent(5) if one.action == "list.opened"]
    assert entry.actor == f"user:{desk.founding.user_id}"
    assert entry.detail == "names=2 unreadable=0"


def test_a_closed_referral_leaves_the_list(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    desk.close(referral, "scheduled")

    assert names(desk.get("/desk/").text) == []


def test_an_empty_desk_says_that_nobody_waits(desk: Stage) -> None:
    page = desk.get("/desk/").text

    assert "Nobody is waiting" in page
    assert "Nothing waits for a first call" in page


@pytest.mark.parametrize("tampering", ["cut", "flipped", "swapped", "empty", "version"])
def test_a_tampered_row_is_unreadable_and_breaks_nothing(
    desk: Stage, tmp_path: Path, tampering: str
) -> None:
    whole = desk.receive(patient_name="Whole One", promised_in=timedelta(hours=1))
    broken = desk.receive(patient_name="Broken One", promised_in=timedelta(hours=2))
    bent = bytearray(broken.envelope)
    bent[-1] ^= 1
    alter(
        tmp_path,
        broken,
        **{
            "cut": {"envelope": broken.envelope[:40]},
            "flipped": {"envelope": bytes(bent)},
            "swapped": {"envelope": whole.envelope},
            "empty": {"envelope": b""},
            "version": {"envelope": b"WHE\x01" + broken.envelope[4:]},
        }[tampering],
    )

    page = desk.get("/desk/").text

    assert names(page) == ["Whole", "Cannot be opened"]
    assert broken.receipt in page
    assert page.count("tel:") == 1


@pytest.mark.parametrize("plaintext", [b"", b"no JSON", b"[]", b"\xff", b"[" * 50_000])
def test_an_envelope_that_holds_no_referral_is_unreadable(desk: Stage, plaintext: bytes) -> None:
    desk.receive_plain(
        plaintext, promised_in=timedelta(hours=1), flags="", inbox_id=desk.founding.inbox_id
    )

    assert names(desk.get("/desk/").text) == ["Cannot be opened"]


def test_referrals_of_other_inboxes_are_not_listed(desk: Stage, other_inbox: str) -> None:
    desk.receive(patient_name="Somebody Elses", inbox_id=other_inbox)
    desk.receive(patient_name="Mine Alone")

    assert names(desk.get("/desk/").text) == ["Mine"]
    assert desk.get("/desk/pulse").get_json() == {"waiting": 1, "contacted": 0, "questions": 0}


def test_a_user_without_any_inbox_sees_an_empty_desk(desk: Stage) -> None:
    desk.receive()
    desk.ledger.people.relock(desk.founding.user_id, b"unused", actor="command")
    with sqlite3.connect(desk.ledger.shown.removeprefix("sqlite:///")) as connection:
        connection.execute("DELETE FROM inbox_grant WHERE holder_kind = 'user'")

    assert names(desk.get("/desk/").text) == []


def test_the_pulse_counts_and_says_nothing_of_anybody(desk: Stage) -> None:
    tried = desk.receive()
    desk.receive()
    desk.tap(tried, "no-answer")

    answer = desk.get("/desk/pulse")

    assert answer.get_json() == {"waiting": 1, "contacted": 1, "questions": 0}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("flag", ["read_first", "drill"])
def test_what_must_be_read_first_has_no_call_button_in_the_list(desk: Stage, flag: str) -> None:
    desk.receive(flags=f"unknown_plan {flag}")

    page = desk.get("/desk/").text

    assert 'class="tag' in page
    assert "tel:" not in page


def test_a_long_list_goes_on_where_the_page_ended(desk: Stage) -> None:
    for number in range(53):
        desk.receive(patient_name=f"P{number:02} Q", promised_in=timedelta(minutes=60 + number))

    first = desk.get("/desk/").text
    (more,) = re.findall(r'href="(/desk/\?after=[^"]+)"', first)
    second = desk.get(more).text

    assert names(first) == [f"P{number:02}" for number in range(50)]
    assert names(second) == ["P50", "P51", "P52"]
    assert "?after=" not in second
    assert "53 people are waiting" in second


def test_opening_a_page_of_the_list_asks_the_store_no_question_per_row(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def questions() -> int:
        asked: list[str] = []
        from sqlalchemy import Engine, event

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert desk.get("/desk/").status_code == 200
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    desk.receive()
    few = questions()
    rows = 20
    for _ in range(rows):
        desk.receive()

    # What the ledger keeps in mind for a second may be asked again; a question per row cannot hide.
    assert 0 < questions() < few + rows / 4


@pytest.mark.parametrize(
    "text", ["", "x", "2.1.a", "0.1", "0.1.a.b", "0.-1.a", "0.1.'", "0." + "9" * 30 + ".a", "٠.1.a"]
)
def test_a_place_that_is_none_is_the_start(desk: Stage, text: str) -> None:
    assert parse_place(text) is None
    assert desk.get("/desk/?after=" + text).status_code == 200


def test_a_place_comes_back_as_it_was_written() -> None:
    place = Place(1, 1_763_325_000_000_000, "0193abcdef")

    assert parse_place(write_place(place)) == place


def test_the_figures_of_thirty_days_stand_below(desk: Stage) -> None:
    kept, broken = desk.receive(), desk.receive()
    desk.come_back_after(minutes=42)
    desk.tap(kept, "reached")
    desk.come_back_after(hours=5)
    desk.tap(broken, "reached")

    page = desk.get("/desk/").text

    assert "<dt>Promises kept</dt><dd>1 of 2</dd>" in page
    assert "3\u00a0hours 6\u00a0min of working time" in page
    assert "3\u00a0hours 12\u00a0min on the clock" in page


@pytest.mark.parametrize("column", ["promised_by", "received_at", "flags", "attempt_count"])
def test_damaged_row_is_marked_and_hides_nobody(desk: Stage, tmp_path: Path, column: str) -> None:
    damaged = desk.receive(patient_name="Dana Damaged")
    desk.receive(patient_name="Saul Sound")
    alter(tmp_path, damaged, **{column: b"\xff\xfe"})

    for address in ("/desk/", "/desk/inbox"):
        page = desk.get(address)
        assert page.status_code == 200
        assert "Saul" in page.text
        assert page.text.count("Damaged in part: run doctor") == 1
    page = desk.get(f"/desk/referrals/{damaged.id}")
    assert f"Part of this record is damaged ({column})" in page.text
    assert "Dana Damaged" in page.text  # it opens still, so somebody can call


def test_damage_where_nothing_can_stand_in_its_place_is_said_in_words(
    desk: Stage, tmp_path: Path
) -> None:
    desk.ledger.address_book.add("alder", SourceFacts("Alder"), actor="test")
    office = desk.ledger.address_book.get("alder")
    visit = NewVisit(desk.ledger.new_id(), office.code, VisitWay.VISIT, desk.clock().date())
    desk.ledger.visits.log(visit, actor="test")
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        assert connection.execute("UPDATE visit SET created_at = 'then'").rowcount == 1
    connection.close()
    page = desk.get("/desk/offices/alder")
    assert page.status_code == 500
    assert "Part of the records is damaged" in page.text
    assert "doctor" in page.text
    assert desk.get("/desk/").status_code == 200
