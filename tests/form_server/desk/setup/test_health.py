"""Health in words: what is well, what is not, for whom, and a check that keeps nobody waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from form_server.desk.console import Judged, Machine, place_desk
from form_server.desk.setup import health
from form_server.ledger import Channel, DeliveryKind, NewDelivery, Role
from form_server.safekeeping.backing_up import MADE_AT
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import EMAIL, Stage, hidden

PAGE = "/desk/health"
WELL = Machine(is_delivering=lambda: True, free_mb=lambda: 40_000, floor_mb=200, version="9.9")


def place(desk: Stage, machine: Machine) -> None:
    place_desk(desk.app, replace(desk.desk, machine=machine))


def queue_one(desk: Stage) -> None:
    delivery_id = desk.ledger.new_id()
    parcel = desk.desk.server_key.seal(b"{}", "parcel", delivery_id)
    row = NewDelivery(
        delivery_id, DeliveryKind.ALERT, Channel.EMAIL, EMAIL, None, desk.clock(), parcel, "<1@x>"
    )
    desk.ledger.queue.add([row])


def test_a_server_that_works_says_so_and_nothing_stands_on_the_first_page(desk: Stage) -> None:
    place(desk, WELL)
    desk.ledger.meta.put(MADE_AT, desk.clock().isoformat())

    page = desk.get(PAGE).text

    assert "The server does its work" in page
    assert "40 GB are free." in page
    assert "The last one was made today, 12:30" in page
    assert "it opens every inbox" in page
    assert "Warm Handoff 9.9." in page
    for path in ("/desk/", "/desk/more"):
        assert "notice trouble" not in desk.get(path).text


@pytest.mark.parametrize(
    ("machine", "said"),
    [
        (replace(WELL, is_delivering=lambda: False), "has stopped"),
        (replace(WELL, free_mb=lambda: 150), "offices are asked to phone"),
    ],
)
def test_what_loses_referrals_stands_on_the_first_page(
    desk: Stage, machine: Machine, said: str
) -> None:
    place(desk, machine)

    assert "One thing is wrong" in desk.get(PAGE).text
    for path in (PAGE, "/desk/", "/desk/more"):
        assert said in desk.get(path).text


def test_notices_that_are_late_are_told_of_after_five_minutes(desk: Stage) -> None:
    place(desk, WELL)
    queue_one(desk)
    desk.clock.advance(minutes=5)
    assert "Notices are late" not in desk.get("/desk/").text

    desk.clock.advance(minutes=2)

    assert "Notices are late: one has been due for 7" in desk.get("/desk/").text
    assert "One has been due for 7" in desk.get(PAGE).text


def test_an_old_backup_a_clock_set_back_and_the_last_check_are_told(desk: Stage) -> None:
    place(desk, WELL)
    desk.ledger.meta.put(MADE_AT, (desk.clock() - timedelta(days=9)).isoformat())
    desk.ledger.audit.note("delivery.time_put_right", actor="clock", detail="written=1 put_off=0")
    desk.ledger.audit.note("record.verified", actor="test")

    page = desk.get(PAGE).text

    assert "Have this run each night" in page
    assert "It ran ahead and was set back" in page
    assert "It was last checked today, 12:30" in page


def test_a_drill_that_nobody_tapped_is_told(desk: Stage) -> None:
    place(desk, WELL)
    assert "None has come yet." in desk.get(PAGE).text
    desk.receive(flags="drill")
    desk.come_back_after(days=20)

    assert "Nobody tapped the one that came" in desk.get(PAGE).text


def test_everybody_may_look_and_details_and_button_are_for_owners(desk: Stage) -> None:
    place(desk, replace(WELL, examine=lambda: ()))
    user_id, pair = add_user(desk, Role.CLINICIAN)
    other = desk.let_in(user_id, pair.private)

    theirs, ours = desk.get(PAGE, other).text, desk.get(PAGE).text

    assert "Nothing is late." in theirs
    for owners in ("Recovery sheet", "Backup", "Check mail and address now"):
        assert owners in ours
        assert owners not in theirs
    token = hidden(desk.get("/desk/more", other).text, "csrf_token")
    assert desk.post(f"{PAGE}/check", {"csrf_token": token}, other).status_code == 403


def check(desk: Stage) -> str:
    token = hidden(desk.get(PAGE).text, "csrf_token")
    return desk.post(f"{PAGE}/check", {"csrf_token": token}).text


def test_the_button_shows_each_finding_with_what_to_do(desk: Stage) -> None:
    found = (
        Judged("ok", "mail server", "smtp.example lets us in."),
        Judged("fail", "sender", "<b>no SPF</b>", "Add a record."),
    )
    place(desk, replace(WELL, examine=lambda: found))

    page = check(desk)

    assert "smtp.example lets us in." in page
    assert "&lt;b&gt;no SPF&lt;/b&gt;" in page
    assert "Add a record." in page
    assert desk.actions()[-1] == "health.checked"


def test_a_check_that_hangs_keeps_nobody_waiting_and_is_not_begun_twice(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, ended = threading.Event(), threading.Event()

    def examine() -> Iterator[Judged]:
        yield Judged("ok", "server", "answers.")
        let_go.wait(10)
        ended.set()

    monkeypatch.setattr(health, "LONGEST_S", 0.2)
    place(desk, replace(WELL, examine=examine))

    first = check(desk)
    second = check(desk)
    let_go.set()

    assert "answers." in first
    assert "The rest did not answer" in first
    assert "under way already" in second
    assert ended.wait(10)
    assert "under way already" not in first
    is_free = health._AT_ONCE.acquire(timeout=10)  # given back by the check left to itself
    health._AT_ONCE.release()
    assert is_free


def test_without_a_check_there_is_no_button(desk: Stage) -> None:
    place(desk, WELL)

    assert "Check mail and address now" not in desk.get(PAGE).text
    token = hidden(desk.get("/desk/more").text, "csrf_token")
    assert desk.post(f"{PAGE}/check", {"csrf_token": token}).status_code == 404
