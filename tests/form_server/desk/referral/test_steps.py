from __future__ import annotations

import threading

import pytest

from form_server.ledger import AttemptMeans, AttemptResult, Outcome, ReferralState
from tests.form_server.desk.stage import Stage, hidden


@pytest.mark.parametrize(
    ("tried", "means", "result"),
    [
        ("reached", AttemptMeans.CALL, AttemptResult.REACHED),
        ("voicemail", AttemptMeans.CALL, AttemptResult.LEFT_MESSAGE),
        ("no-answer", AttemptMeans.CALL, AttemptResult.NO_ANSWER),
        ("wrong-number", AttemptMeans.CALL, AttemptResult.WRONG_ADDRESS),
        ("text", AttemptMeans.TEXT, AttemptResult.SENT),
        ("email", AttemptMeans.EMAIL, AttemptResult.SENT),
    ],
)
def test_one_tap_records_a_try(
    desk: Stage, tried: str, means: AttemptMeans, result: AttemptResult
) -> None:
    referral = desk.receive()
    desk.clock.advance(minutes=12)

    answer = desk.tap(referral, tried)

    (attempt,) = desk.ledger.referrals.attempts(referral.id)
    assert (attempt.means, attempt.result, attempt.at) == (means, result, desk.clock())
    assert attempt.user_id == desk.founding.user_id
    assert "Recorded: " in desk.get(answer.location).text


def test_the_first_try_stops_the_clock_and_later_ones_do_not_move_it(desk: Stage) -> None:
    referral = desk.receive()
    desk.come_back_after(minutes=42)
    desk.tap(referral, "no-answer")
    first_at = desk.clock()
    desk.clock.advance(minutes=10)
    desk.tap(referral, "reached")

    seen = desk.ledger.referrals.get(referral.id)
    assert (seen.first_contact_at, seen.attempt_count) == (first_at, 2)
    assert seen.state is ReferralState.CONTACTED
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "First tried after 42\u00a0minutes" in page
    assert "Call by" not in page
    assert "Tried 2 times" in desk.get("/desk/").text


def test_a_late_first_try_is_said_to_be_late(desk: Stage) -> None:
    referral = desk.receive()
    desk.come_back_after(hours=6)
    desk.tap(referral, "reached")

    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "First tried after 6\u00a0hours, 2\u00a0hours late" in page


def test_a_try_is_in_the_audit_with_who_did_it(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "voicemail")

    entry = desk.ledger.audit.of_referral(referral.id)[-1]
    assert (entry.action, entry.detail) == ("referral.attempted", "call left_message")
    assert entry.actor == f"user:{desk.founding.user_id}"


def test_a_button_tapped_twice_is_one_try(desk: Stage) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}").text
    form = {name: hidden(page, name) for name in ("csrf_token", "attempt_id")}

    answers = [
        desk.post(f"/desk/referrals/{referral.id}/tries", {**form, "tried": "no-answer"})
        for _ in range(2)
    ]

    assert [one.status_code for one in answers] == [303, 303]
    assert desk.ledger.referrals.get(referral.id).attempt_count == 1


def test_two_taps_at_once_are_one_try(desk: Stage) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}").text
    form = {name: hidden(page, name) for name in ("csrf_token", "attempt_id")}
    browsers = [desk.let_in() for _ in range(4)]
    tokens = [hidden(desk.get("/desk/", one).text, "csrf_token") for one in browsers]
    codes: list[int] = []

    def tap(number: int) -> None:
        data = {**form, "csrf_token": tokens[number], "tried": "reached"}
        path = f"/desk/referrals/{referral.id}/tries"
        codes.append(desk.post(path, data, browsers[number]).status_code)

    threads = [threading.Thread(target=tap, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert codes == [303] * 4
    assert len(desk.ledger.referrals.attempts(referral.id)) == 1


@pytest.mark.parametrize("tried", ["", "shouted", "Reached"])
def test_a_tap_that_is_none_records_nothing(desk: Stage, tried: str) -> None:
    referral = desk.receive()

    answer = desk.tap(referral, tried)

    assert answer.status_code == 422
    assert "Tap what happened" in answer.text
    assert not desk.ledger.referrals.attempts(referral.id)


@pytest.mark.parametrize("attempt_id", ["", "short", "X" * 26, "'; DROP TABLE attempt; --12345"])
def test_a_try_needs_the_id_that_its_page_gave(desk: Stage, attempt_id: str) -> None:
    referral = desk.receive()

    assert desk.tap(referral, "reached", attempt_id=attempt_id).status_code == 422
    assert not desk.ledger.referrals.attempts(referral.id)


@pytest.mark.parametrize(
    "outcome", ["scheduled", "attended", "redirected", "unreachable", "withdrawn"]
)
def test_after_a_try_a_referral_closes_with_its_outcome(desk: Stage, outcome: str) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")

    assert desk.close(referral, outcome).location == f"/desk/?closed={referral.id}"

    seen = desk.ledger.referrals.get(referral.id)
    assert (seen.state, seen.outcome) == (ReferralState.CLOSED, Outcome(outcome))
    assert desk.ledger.audit.of_referral(referral.id)[-1].detail == outcome


@pytest.mark.parametrize("outcome", ["", "gone", "scheduled", "unreachable", "drill"])
def test_nobody_tried_closes_only_what_needs_no_call(desk: Stage, outcome: str) -> None:
    referral = desk.receive()

    answer = desk.close(referral, outcome)

    assert answer.status_code == 422
    assert "does not close without an outcome" in answer.text
    assert desk.ledger.referrals.get(referral.id).closed_at is None


@pytest.mark.parametrize(
    ("outcome", "flags"), [("duplicate", ""), ("spam", ""), ("drill", "drill")]
)
def test_what_is_no_patient_closes_without_a_call(desk: Stage, outcome: str, flags: str) -> None:
    referral = desk.receive(flags=flags)

    assert desk.close(referral, outcome).status_code == 303
    assert desk.ledger.referrals.get(referral.id).outcome == outcome


def test_a_closed_referral_shows_its_end_and_takes_no_more_taps(desk: Stage) -> None:
    referral = desk.receive()
    page = desk.get(f"/desk/referrals/{referral.id}").text
    form = {name: hidden(page, name) for name in ("csrf_token", "attempt_id")}
    desk.tap(referral, "reached")
    desk.close(referral, "scheduled")

    late = [
        desk.post(f"/desk/referrals/{referral.id}/tries", {**form, "tried": "reached"}),
        desk.post(f"/desk/referrals/{referral.id}/close", {**form, "outcome": "spam"}),
    ]

    assert [one.status_code for one in late] == [409, 409]
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "Closed: First appointment made" in page
    assert 'name="tried"' not in page
    assert 'name="outcome"' not in page
