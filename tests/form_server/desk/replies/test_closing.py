from __future__ import annotations

import pytest

from form_server.ledger import Outcome
from tests.form_server.desk.replies.forms import send, token, write_page
from tests.form_server.desk.replies.test_replies import CONSENT, close, reply_to
from tests.form_server.desk.stage import Stage

_ANSWERED = ["scheduled", "attended", "unattended", "unreachable", "withdrawn", "redirected"]


@pytest.mark.parametrize("outcome", _ANSWERED)
def test_it_closes_only_after_patient_and_source_were_answered_about_it(
    desk: Stage, outcome: str
) -> None:
    referral = desk.receive(flags=CONSENT)
    desk.tap(referral, "reached")

    assert close(desk, referral, outcome).location.endswith("#ending")
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "Write the note to Maria" in page
    assert "Write the note to Alder Family Medicine" in page
    assert "It closes once each is sent" in page
    reply_to(desk, referral, "patient", outcome)
    close(desk, referral, outcome)
    assert desk.ledger.referrals.get(referral.id).closed_at is None
    reply_to(desk, referral, "source", outcome)
    assert "It closes once each is sent" not in desk.get(f"/desk/referrals/{referral.id}").text
    close(desk, referral, outcome)

    assert desk.ledger.referrals.get(referral.id).outcome is Outcome(outcome)


def test_a_reply_about_another_ending_does_not_count(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    desk.tap(referral, "no-answer")
    reply_to(desk, referral, "patient", "unreachable")
    reply_to(desk, referral, "source", "unreachable")

    close(desk, referral, "scheduled")

    assert desk.ledger.referrals.get(referral.id).closed_at is None
    assert desk.ledger.replies.closing_as(referral.id) is Outcome.SCHEDULED


def test_one_note_of_thanks_serves_every_ending(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    reply_to(desk, referral, "source", "unreachable")
    reply_to(desk, referral, "patient", "attended")

    close(desk, referral, "attended")

    assert desk.ledger.referrals.get(referral.id).outcome is Outcome.ATTENDED


def test_a_reply_that_was_set_aside_with_a_reason_counts(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    desk.tap(referral, "reached")
    close(desk, referral, "scheduled")
    for whom in ("patient", "source"):
        page = write_page(desk, referral, whom)
        send(desk, referral, whom, page, do="aside", reason="Told in person")

    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert page.count("Set aside, nothing sent") == 2
    assert "Told in person" in page
    close(desk, referral, "scheduled")
    assert desk.ledger.referrals.get(referral.id).outcome is Outcome.SCHEDULED


def test_a_mail_that_did_not_go_out_does_not_count(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT, report_back="email")
    desk.tap(referral, "reached")
    reply_to(desk, referral, "patient", "scheduled")
    close(desk, referral, "scheduled")
    send(desk, referral, "source", write_page(desk, referral, "source"))
    (delivery,) = desk.ledger.deliveries.of_referral(referral.id)
    desk.clock.advance(minutes=2)
    desk.ledger.queue.claim("w", desk.clock(), 10)
    desk.ledger.queue.mark_stuck(delivery.id, "w", "550 no such user")

    close(desk, referral, "scheduled")

    assert desk.ledger.referrals.get(referral.id).closed_at is None
    assert "Did not go out by e-mail" in desk.get(f"/desk/referrals/{referral.id}").text


@pytest.mark.parametrize("outcome", ["duplicate", "spam"])
def test_what_is_no_patient_is_closed_without_a_word(desk: Stage, outcome: str) -> None:
    referral = desk.receive()

    close(desk, referral, outcome)

    assert desk.ledger.referrals.get(referral.id).outcome is Outcome(outcome)


def test_the_first_draft_is_about_the_ending_that_was_picked(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    desk.tap(referral, "reached")
    close(desk, referral, "withdrawn")

    assert 'value="withdrawn" selected' in write_page(desk, referral, "patient")


def test_it_stays_open_after_all(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    close(desk, referral, "withdrawn")

    form = {"csrf_token": token(desk, referral)}
    desk.post(f"/desk/referrals/{referral.id}/close/stop", form)

    assert desk.ledger.replies.closing_as(referral.id) is None
    assert "Keep it open" not in desk.get(f"/desk/referrals/{referral.id}").text


def test_an_ending_is_taken_back_within_a_minute(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "reached")
    desk.close(referral, "scheduled")
    undo, form = f"/desk/referrals/{referral.id}/close/undo", {"csrf_token": token(desk, referral)}
    assert "Open it again" in desk.get(f"/desk/referrals/{referral.id}").text

    desk.post(undo, form)
    after = desk.ledger.referrals.get(referral.id)
    assert (after.closed_at, after.outcome, after.state.value) == (None, None, "contacted")

    desk.close(referral, "scheduled")
    desk.clock.advance(seconds=61)
    assert "Open it again" not in desk.get(f"/desk/referrals/{referral.id}").text
    desk.post(undo, form)
    assert desk.ledger.referrals.get(referral.id).closed_at is not None
    assert desk.actions(referral).count("referral.reopened") == 1


def test_while_it_closes_one_note_leads_to_the_other_at_once(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    desk.tap(referral, "reached")
    close(desk, referral, "scheduled")
    where = reply_to(desk, referral, "patient", "scheduled")
    assert f"/referrals/{referral.id}/replies/source" in where
    assert "Now the other note, and it closes." in desk.get(where).text
    assert reply_to(desk, referral, "source", "scheduled").endswith("#ending")
