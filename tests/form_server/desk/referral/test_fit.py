from __future__ import annotations

import re

import pytest

from form_server.ledger import ColleagueFacts, Fit, Outcome, PlacementState
from tests.form_server.desk.referral.test_referral import page_of, token
from tests.form_server.desk.stage import Stage, hidden


def mark(desk: Stage, referral_id: str, fit: str) -> str:
    path = f"/desk/referrals/{referral_id}/fit"
    answer = desk.post(path, {"csrf_token": token(desk), "fit": fit})
    assert answer.status_code == 303, answer.text
    return desk.get(answer.location).text


@pytest.mark.parametrize("fit", list(Fit))
def test_one_tap_marks_the_fit_and_is_on_record(desk: Stage, fit: Fit) -> None:
    referral = desk.receive()

    page = mark(desk, referral.id, fit.value)

    assert "Marked as" in page
    assert re.search(rf'value="{fit.value}" aria-current="true"', page)
    assert desk.ledger.referrals.get(referral.id).fit is fit
    entry = next(
        one
        for one in desk.ledger.audit.of_referral(referral.id)
        if one.action == "referral.fit_marked"
    )
    assert (entry.actor, entry.detail) == (f"user:{desk.founding.user_id}", f"none {fit.value}")


def test_it_is_marked_anew_after_the_consultation_and_after_closing(desk: Stage) -> None:
    referral = desk.receive()
    mark(desk, referral.id, "in")
    desk.tap(referral, "reached")
    desk.close(referral, "attended")

    mark(desk, referral.id, "edge")

    assert desk.ledger.referrals.get(referral.id).fit is Fit.EDGE
    assert desk.actions(referral).count("referral.fit_marked") == 2


def test_what_is_no_fit_is_not_recorded(desk: Stage) -> None:
    referral = desk.receive()
    path = f"/desk/referrals/{referral.id}/fit"

    answer = desk.post(path, {"csrf_token": token(desk), "fit": "perfect"})

    assert answer.status_code == 422
    assert "Tap in, edge or out" in answer.text
    assert desk.ledger.referrals.get(referral.id).fit is None


def test_nobody_marks_what_lies_in_another_inbox(desk: Stage, other_inbox: str) -> None:
    theirs = desk.receive(inbox_id=other_inbox)
    path = f"/desk/referrals/{theirs.id}/fit"

    assert desk.post(path, {"csrf_token": token(desk), "fit": "out"}).status_code == 404
    assert desk.ledger.referrals.get(theirs.id).fit is None


def test_the_practices_own_lists_stand_beside_it(desk: Stage) -> None:
    page = page_of(desk, desk.receive(age_band="teen"))

    for words in ("Repeat visits for reassurance", "Active psychosis or mania", "age is below 18"):
        assert words in page


@pytest.mark.parametrize("outcome", ["scheduled", "attended"])
def test_accepting_an_out_warns_once(desk: Stage, outcome: str) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    mark(desk, referral.id, "out")

    warned = desk.close(referral, outcome)

    assert warned.status_code == 422
    assert "teaches the office to send more" in warned.text
    assert re.search(rf'value="{outcome}" required checked', warned.text)
    assert desk.ledger.referrals.get(referral.id).closed_at is None
    form = {"csrf_token": hidden(warned.text, "csrf_token"), "outcome": outcome, "despite": "yes"}
    assert desk.post(f"/desk/referrals/{referral.id}/close", form).status_code == 303
    assert desk.ledger.referrals.get(referral.id).outcome is Outcome(outcome)


def test_an_out_closes_as_placed_once_a_colleague_has_taken_them(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    mark(desk, referral.id, "out")

    refused = desk.close(referral, "redirected")
    assert refused.status_code == 422
    assert "until somebody has taken them on" in refused.text
    assert desk.ledger.referrals.get(referral.id).closed_at is None

    user_id, placements = desk.founding.user_id, desk.ledger.placements
    colleague = desk.ledger.colleagues.add(ColleagueFacts(name="Ana Ruiz"), actor="test")
    placements.ask(referral.id, [colleague.id], user_id)
    (asked,) = placements.of_referral(referral.id)
    placements.step(referral.id, asked.id, PlacementState.PLACED, user_id)
    assert desk.close(referral, "redirected").status_code == 303
    assert desk.ledger.referrals.get(referral.id).outcome is Outcome.REDIRECTED


def test_nothing_closes_while_a_colleague_may_still_say_yes(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    user_id, placements = desk.founding.user_id, desk.ledger.placements
    colleague = desk.ledger.colleagues.add(ColleagueFacts(name="Ana Ruiz"), actor="test")
    placements.ask(referral.id, [colleague.id], user_id)

    refused = desk.close(referral, "scheduled")
    assert refused.status_code == 422
    assert "what became of it is not known" in refused.text

    (asked,) = placements.of_referral(referral.id)
    placements.step(referral.id, asked.id, PlacementState.WITHDRAWN, user_id)
    assert desk.close(referral, "scheduled").status_code == 303
