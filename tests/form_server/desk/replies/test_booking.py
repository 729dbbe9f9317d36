from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from form_server.desk.replies.owed import estimate_due
from form_server.ledger import Fit
from tests.form_server.desk.replies.forms import drafted, redraft, token
from tests.form_server.desk.stage import NOW, Stage
from tests.outreach_kit.paper.reading import text_of


def book(desk: Stage, referral_id: str, day: str, **changes: str) -> int:
    form = {"csrf_token": _token(desk, referral_id), "starts_on": day, "starts_time": "09:30"}
    answer = desk.post(f"/desk/referrals/{referral_id}/appointment", {**form, **changes})
    return answer.status_code


def act(desk: Stage, referral_id: str, what: str) -> None:
    path = f"/desk/referrals/{referral_id}/{what}"
    assert desk.post(path, {"csrf_token": _token(desk, referral_id)}).status_code == 303


def days_owed(desk: Stage) -> dict[str, date]:
    """The day of each estimate that is owed, by referral."""
    owed = desk.ledger.bookings.estimates_owed([desk.founding.inbox_id])
    due = {one.referral_id: estimate_due(desk.practice, one.booked, one.asked_at) for one in owed}
    return {referral_id: one.due_on for referral_id, one in due.items() if one is not None}


def _token(desk: Stage, referral_id: str) -> str:
    return token(desk, desk.ledger.referrals.get(referral_id))


def test_the_first_appointment_is_noted_on_the_practices_clock(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")

    assert book(desk, referral.id, "2026-11-24") == 303

    booked = desk.ledger.bookings.get(referral.id)
    assert booked is not None
    assert booked.starts_at == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)  # 9:30 in Alder Falls
    assert booked.booked_at == NOW
    wait = desk.ledger.bookings.median_wait(
        [desk.founding.inbox_id], NOW - timedelta(days=1), NOW + timedelta(days=1)
    )
    assert wait == booked.starts_at - NOW
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "Nov\u00a024, 9:30" in page
    note = drafted(redraft(desk, referral, "patient", "scheduled", "text"))
    assert "martes 24 de noviembre a las 9:30 de la mañana" in note


@pytest.mark.parametrize(
    ("day", "time"), [("", "09:30"), ("2026-11-24", ""), ("soon", "9"), ("2031-01-01", "09:30")]
)
def test_what_is_no_time_is_not_booked_and_stays_as_typed(desk: Stage, day: str, time: str) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")

    assert book(desk, referral.id, day, starts_time=time) == 422
    assert desk.ledger.bookings.get(referral.id) is None


def test_an_estimate_is_due_for_who_pays_themselves(desk: Stage) -> None:
    referral, insured = desk.receive(plan="Aetna"), desk.receive()
    for one in (referral, insured):
        desk.tap(one, "reached")
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert 'name="self_pay" value="yes" checked' in page
    assert 'name="self_pay" value="yes"> ' in desk.get(f"/desk/referrals/{insured.id}").text
    book(desk, referral.id, "2026-11-24", self_pay="yes")
    book(desk, insured.id, "2026-11-24")

    assert days_owed(desk) == {referral.id: date(2026, 11, 17)}
    assert (
        "due tomorrow: 1 business day after the booking"
        in desk.get(f"/desk/referrals/{referral.id}").text
    )
    desk.come_back_after(days=2)
    late = desk.get(f"/desk/referrals/{referral.id}").text
    assert '<p class="error">Good-faith estimate was due yesterday' in late
    act(desk, referral.id, "estimate/given")
    assert days_owed(desk) == {}
    assert "Good-faith estimate given today" in desk.get(f"/desk/referrals/{referral.id}").text
    act(desk, referral.id, "estimate/not-given")
    assert len(days_owed(desk)) == 1


def test_an_estimate_that_was_asked_for_is_due_without_a_booking(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    act(desk, referral.id, "estimate/asked")

    assert days_owed(desk) == {referral.id: date(2026, 11, 19)}
    act(desk, referral.id, "appointment/cancel")
    assert len(days_owed(desk)) == 1


def test_the_estimate_is_made_from_the_fees_and_kept_nowhere(desk: Stage) -> None:
    referral = desk.receive(language="English")
    desk.tap(referral, "reached")
    book(desk, referral.id, "2026-11-24", self_pay="yes")
    page = desk.get(f"/desk/referrals/{referral.id}/estimate")
    assert 'value="Maria Delgado"' in page.text
    form = {"csrf_token": _token(desk, referral.id), "patient": "Maria Delgado"}

    path = f"/desk/referrals/{referral.id}/estimate"
    answer = desk.post(path, {**form, "visits-0": "1", "visits-1": "11", "visits-2": ""})

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'inline; filename="estimate.pdf"'
    text = text_of(answer.data)
    for words in ("Maria Delgado", "$190.00", "$1,760.00", "$1,950.00", "November 24, 2026",
                  "1234567893", "$400 or more", "1-800-985-3059", "not a contract"):  # fmt: skip
        assert words in text, words
    assert "estimate.made" in desk.actions(referral)


def test_an_estimate_of_nothing_is_refused(desk: Stage) -> None:
    referral = desk.receive()
    form = {"csrf_token": _token(desk, referral.id), "patient": "Maria"}
    path = f"/desk/referrals/{referral.id}/estimate"

    nothing = desk.post(path, {**form, "visits-0": "0", "visits-1": "-3"})
    nobody = desk.post(path, {**form, "patient": " ", "visits-0": "1"})

    assert (nothing.status_code, nobody.status_code) == (422, 422)
    assert "at least one service" in nothing.text
    assert "whom the estimate is for" in nobody.text


def test_booking_an_out_is_cautioned(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    assert "Before you book" not in desk.get(f"/desk/referrals/{referral.id}").text

    desk.ledger.steps.mark_fit(referral.id, Fit.OUT, desk.founding.user_id)

    assert "Before you book" in desk.get(f"/desk/referrals/{referral.id}").text
