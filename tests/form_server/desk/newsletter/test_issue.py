from __future__ import annotations

import pytest

from form_server.ledger import DeliveryState
from form_server.ledger.newsletter_rows import Copy, Progress
from tests.form_server.desk.newsletter.things import due_today, only_issue, press, send
from tests.form_server.desk.stage import Stage


@pytest.fixture
def broken(mailing: Stage) -> Stage:
    """One copy in doubt, one refused, one waiting until tomorrow."""
    send(mailing)
    first, second = due_today(mailing)
    mailing.ledger.queue.mark_transmitting(first.id, "worker")
    mailing.ledger.queue.mark_stuck(second.id, "worker", "answered 550: no such user")
    mailing.ledger.queue.void_claims()
    return mailing


def doubtful(desk: Stage) -> Copy:
    return desk.ledger.newsletters.needing_somebody(limit=1)[0]


def test_an_issue_shows_how_far_it_has_come_and_who_is_in_doubt(broken: Stage) -> None:
    issue, copy = only_issue(broken), doubtful(broken)
    page = broken.get(f"/desk/newsletter/issues/{issue.id}").text
    assert "0 of 3 gone out" in page
    assert "1 in doubt" in page
    assert "1 refused · 1 waiting" in page
    assert copy.address in page
    assert "answered 550: no such user" in page
    assert "1 in doubt" in broken.get("/desk/newsletter").text
    mailed = broken.get(f"/desk/newsletter/issues/{issue.id}/mail").text
    assert mailed == broken.ledger.newsletters.text(issue.id).html


def test_a_copy_in_doubt_is_owed_a_decision(broken: Stage) -> None:
    assert "1 newsletter copy may not have arrived" in broken.get("/desk/").text
    press(broken, f"/desk/newsletter/copies/{doubtful(broken).delivery_id}/leave")
    assert "newsletter copy" not in broken.get("/desk/").text


def test_one_reader_is_sent_it_again_or_left(broken: Stage) -> None:
    in_doubt, refused = broken.ledger.newsletters.needing_somebody(limit=2)
    answer = press(broken, f"/desk/newsletter/copies/{in_doubt.delivery_id}/again")
    assert "on its way again" in broken.get(answer.location).text
    press(broken, f"/desk/newsletter/copies/{refused.delivery_id}/leave")
    assert only_issue(broken).progress == Progress(waiting=2, dropped=1)
    settled = press(broken, f"/desk/newsletter/copies/{refused.delivery_id}/again")
    assert "settled that one before" in broken.get(settled.location).text


def test_what_a_backup_held_back_is_decided_one_by_one(broken: Stage) -> None:
    broken.ledger.holding.hold_unfinished(actor="restore")
    held = [
        one
        for one in broken.ledger.newsletters.needing_somebody(limit=9)
        if one.state is DeliveryState.ON_HOLD
    ]
    assert len(held) == 1
    press(broken, f"/desk/newsletter/copies/{held[0].delivery_id}/again")
    assert only_issue(broken).progress.waiting == 1
    broken.ledger.holding.hold_unfinished(actor="restore")
    press(broken, f"/desk/newsletter/copies/{held[0].delivery_id}/leave")
    assert only_issue(broken).progress.dropped == 1


def test_all_of_them_are_left_at_once(broken: Stage) -> None:
    issue = only_issue(broken)
    press(broken, f"/desk/newsletter/issues/{issue.id}/let-be")
    assert only_issue(broken).progress == Progress(waiting=1, dropped=2)


def test_the_rest_of_an_issue_is_stopped(broken: Stage) -> None:
    issue = only_issue(broken)
    answer = press(broken, f"/desk/newsletter/issues/{issue.id}/stop")
    page = broken.get(answer.location).text
    assert "1 stopped" in page
    assert "Stop the rest" not in page
    assert "newsletter.stopped" in broken.actions()


@pytest.mark.parametrize(
    "path", ["/desk/newsletter/issues/none", "/desk/newsletter/issues/none/mail"]
)
def test_an_issue_that_is_none_is_missing(mailing: Stage, path: str) -> None:
    assert mailing.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["issues/none/stop", "issues/none/let-be", "copies/none/again", "copies/none/leave"],
)
def test_nothing_is_changed_that_is_not_there(mailing: Stage, path: str) -> None:
    assert press(mailing, f"/desk/newsletter/{path}").status_code == 404
