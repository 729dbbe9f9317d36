from __future__ import annotations

from form_server.ledger import DeliveryState, Referral, ReferralState, clock_row
from tests.form_server.desk.referral.test_referral import page_of, token
from tests.form_server.desk.stage import Stage, hidden


def undo(desk: Stage, referral: Referral, attempt_id: str) -> str:
    form = {"csrf_token": token(desk), "attempt_id": attempt_id}
    answer = desk.post(f"/desk/referrals/{referral.id}/tries/undo", form)
    assert answer.status_code == 303, answer.text
    return desk.get(answer.location).text


def last_try(desk: Stage, referral: Referral) -> str:
    return desk.ledger.referrals.attempts(referral.id)[-1].id


def test_a_mis_tapped_try_is_taken_back_and_the_clock_goes_on(desk: Stage) -> None:
    referral = desk.receive()
    desk.ledger.queue.add([clock_row(referral.id, desk.clock())])
    desk.tap(referral, "reached")
    (clock,) = _clock_states(desk, referral)
    assert clock is DeliveryState.DISMISSED
    page = page_of(desk, referral)
    assert "Undo “Call, talked”" in page
    assert hidden(page, "attempt_id") == last_try(desk, referral)

    page = undo(desk, referral, last_try(desk, referral))

    assert "Taken back" in page
    after = desk.ledger.referrals.get(referral.id)
    assert (after.state, after.first_contact_at, after.attempt_count) == (
        ReferralState.ACKNOWLEDGED, None, 0,
    )  # fmt: skip
    assert _clock_states(desk, referral) == [DeliveryState.PENDING]
    assert desk.ledger.referrals.attempts(referral.id) == []
    assert "referral.attempt_undone" in desk.actions(referral)


def test_an_earlier_try_stays_when_the_last_one_is_taken_back(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "no-answer")
    first = last_try(desk, referral)
    desk.clock.advance(seconds=90)
    desk.tap(referral, "reached")

    undo(desk, referral, last_try(desk, referral))

    after = desk.ledger.referrals.get(referral.id)
    assert after.state is ReferralState.CONTACTED
    assert after.attempt_count == 1
    assert after.last_attempt_at == after.first_contact_at
    assert last_try(desk, referral) == first


def test_after_a_minute_it_stays_on_record(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "no-answer")
    desk.clock.advance(seconds=61)
    assert "Undo “" not in page_of(desk, referral)

    page = undo(desk, referral, last_try(desk, referral))

    assert "stays on record" in page
    assert desk.ledger.referrals.get(referral.id).attempt_count == 1


def test_a_try_of_another_referral_is_not_taken_back(desk: Stage) -> None:
    one, other = desk.receive(), desk.receive(patient_name="Ann Other")
    desk.tap(other, "reached")

    undo(desk, one, last_try(desk, other))

    assert desk.ledger.referrals.get(other.id).attempt_count == 1


def _clock_states(desk: Stage, referral: Referral) -> list[DeliveryState]:
    found = desk.ledger.deliveries.get(f"{referral.id}-clock")
    return [found.state]


def test_today_offers_to_open_again_what_was_just_closed(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    there = desk.close(referral, "scheduled").location

    page = desk.get(there).text
    assert "Closed: First appointment made." in page
    form = page[page.index('<form class="notice undo"') : page.index("Open it again")]
    assert f'action="/desk/referrals/{referral.id}/close/undo"' in form
    assert "Maria" not in form
    path = f"/desk/referrals/{referral.id}/close/undo"
    assert desk.post(path, {"csrf_token": hidden(page, "csrf_token")}).status_code == 303
    assert desk.ledger.referrals.get(referral.id).closed_at is None
    assert "Open it again" not in desk.get(there).text, "it is open"


def test_after_the_minute_today_offers_nothing(desk: Stage, other_inbox: str) -> None:
    referral, theirs = desk.receive(), desk.receive(inbox_id=other_inbox)
    desk.tap(referral, "reached")
    there = desk.close(referral, "scheduled").location
    desk.clock.advance(seconds=61)
    for path in (there, f"/desk/?closed={theirs.id}", "/desk/?closed=none"):
        assert "Open it again" not in desk.get(path).text
