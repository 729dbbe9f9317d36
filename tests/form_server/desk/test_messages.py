from __future__ import annotations

import re
from dataclasses import replace

import pytest

from form_server.desk import messages
from form_server.ledger import Delivery, DeliveryKind, DeliveryState, Referral
from form_server.ledger.deliveries import OUR_FAULT
from tests.form_server.desk.referral.test_referral import notice, token
from tests.form_server.desk.stage import Stage


def trouble(desk: Stage, referral: Referral, name: str, state: DeliveryState) -> Delivery:
    """A notice that is in that state, after one claim."""
    queue = desk.ledger.queue
    queue.add([notice(desk, referral, name)])
    (claimed,) = queue.claim("worker", desk.clock(), 10)
    if state is DeliveryState.STUCK:
        queue.mark_stuck(claimed.id, "worker", f"{claimed.address} is unknown there")
    elif state is DeliveryState.RETRYING:
        why = f"{OUR_FAULT} (KeyError at mail.py:7)."
        queue.mark_retrying(claimed.id, "worker", desk.clock(), why)
    elif state is DeliveryState.UNKNOWN:
        queue.mark_unknown(claimed.id, "worker", "the line went dead")
    else:
        desk.ledger.holding.hold_unfinished(actor="test")
    return desk.ledger.deliveries.get(claimed.id)


def act(desk: Stage, delivery: Delivery, what: str) -> str:
    answer = desk.post(f"/desk/messages/{delivery.id}/{what}", {"csrf_token": token(desk)})
    assert answer.status_code == 303, answer.text
    return desk.get(answer.location).text


STATES = (
    DeliveryState.STUCK,
    DeliveryState.UNKNOWN,
    DeliveryState.ON_HOLD,
    DeliveryState.RETRYING,
)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DeliveryState.STUCK, "It did not go out."),
        (DeliveryState.UNKNOWN, "It may have arrived."),
        (DeliveryState.ON_HOLD, "It came out of a backup"),
        (DeliveryState.RETRYING, "It is tried again by itself."),
    ],
)
def test_each_trouble_is_said_in_words_and_pointed_at(
    desk: Stage, state: DeliveryState, words: str
) -> None:
    referral = desk.receive()
    found = trouble(desk, referral, "n1", state)
    assert found.state is state

    assert "One message did not go out by itself" in desk.get("/desk/").text
    page = desk.get("/desk/messages").text

    assert words in page
    assert "Notice of a referral" in page
    assert "nora@harborstreet.example" in page
    assert f"/desk/referrals/{referral.id}" in page


def test_nothing_stuck_says_so(desk: Stage) -> None:
    assert "Nothing is stuck" in desk.get("/desk/messages").text
    assert "did not go out" not in desk.get("/desk/").text


@pytest.mark.parametrize("state", STATES)
def test_sending_again_puts_it_back_in_the_queue(desk: Stage, state: DeliveryState) -> None:
    found = trouble(desk, desk.receive(), "n1", state)

    assert "on its way again" in act(desk, found, "again")

    (claimed,) = desk.ledger.queue.claim("worker", desk.clock(), 10)
    assert claimed.id == found.id


@pytest.mark.parametrize("state", STATES)
def test_dismissing_ends_it(desk: Stage, state: DeliveryState) -> None:
    found = trouble(desk, desk.receive(), "n1", state)

    assert "will not go out" in act(desk, found, "dismiss")

    assert desk.ledger.deliveries.get(found.id).state is DeliveryState.DISMISSED
    assert not desk.ledger.queue.claim("worker", desk.clock(), 10)


def test_a_second_tap_says_that_it_was_settled(desk: Stage) -> None:
    found = trouble(desk, desk.receive(), "n1", DeliveryState.STUCK)
    act(desk, found, "dismiss")

    assert "settled that one before" in act(desk, found, "again")


def test_messages_about_another_inbox_are_as_missing_as_none(desk: Stage, other_inbox: str) -> None:
    found = trouble(desk, desk.receive(inbox_id=other_inbox), "n1", DeliveryState.STUCK)

    assert "Nothing is stuck" in desk.get("/desk/messages").text
    for what in ("again", "dismiss"):
        path = f"/desk/messages/{found.id}/{what}"
        assert desk.post(path, {"csrf_token": token(desk)}).status_code == 404
    assert desk.ledger.deliveries.get(found.id).state is DeliveryState.STUCK


def test_an_owner_sees_what_is_about_no_referral(desk: Stage) -> None:
    digest = replace(notice(desk, desk.receive(), "n1"), kind=DeliveryKind.DIGEST, referral_id=None)
    desk.ledger.queue.add([digest])
    (claimed,) = desk.ledger.queue.claim("worker", desk.clock(), 10)
    desk.ledger.queue.mark_stuck(claimed.id, "worker", "refused")

    assert "Daily summary" in desk.get("/desk/messages").text


def test_damaged_clock_is_told_of_and_there_is_nothing_to_send(desk: Stage) -> None:
    referral = desk.receive()
    desk.ledger.agenda.wind_up(desk.clock())
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE delivery SET kind = 'cloak'")
    desk.ledger.damaged.put_aside(desk.clock())
    (stuck,) = desk.ledger.deliveries.troubled()

    page = desk.get("/desk/messages").text

    assert "It was set up anew, so there is nothing to send." in page
    assert f'href="/desk/referrals/{referral.id}"' in page
    assert "Send it again" not in page
    assert "It will not go out." in act(desk, stuck, "dismiss")
    assert desk.ledger.deliveries.troubled() == []


def test_more_messages_than_a_page_holds_are_reached_by_going_on(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST_SHOWN", 2)
    referral, made = desk.receive(), list[str]()
    for number in range(5):
        made.append(trouble(desk, referral, f"n{number}", DeliveryState.STUCK).id)
        desk.clock.advance(seconds=1)

    seen: list[str] = []
    path = "/desk/messages"
    while path:
        page = desk.get(path).text
        seen += re.findall(r'action="/desk/messages/([^/]+)/again"', page)
        onward = re.findall(r'href="([^"]+)" rel="next"', page)
        path = onward[0] if onward else ""

    assert seen == made
    assert "5 messages did not go out by themselves" in desk.get("/desk/").text
    assert "5 in all" in desk.get("/desk/messages").text


def test_a_place_that_is_not_the_users_is_the_start(desk: Stage) -> None:
    trouble(desk, desk.receive(), "n1", DeliveryState.STUCK)

    assert "It did not go out." in desk.get("/desk/messages?after=nobody").text
