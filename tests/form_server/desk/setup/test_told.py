"""Who is told: the chain of an inbox, changed at the desk, and a real test of each way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from form_server.desk.console import place_desk
from form_server.ledger import Channel, DeliveryKind, DeliveryState, Recipient, Role
from outreach_kit.errors import UsageError
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import EMAIL, Stage, hidden

PAGE = "/desk/settings/told"
PUSH = "ntfys://ntfy.example/hidden-topic"


def chain(desk: Stage) -> tuple[Recipient, ...]:
    return desk.ledger.inboxes.recipients(desk.founding.inbox_id)


def post(desk: Stage, path: str, **typed: str) -> Any:
    token = hidden(desk.get(PAGE).text, "csrf_token")
    return desk.post(path, {"csrf_token": token, **typed})


def add(desk: Stage, channel: str = "push", address: str = PUSH, **typed: str) -> Any:
    inbox = desk.founding.inbox_id
    return post(desk, PAGE, inbox=inbox, channel=channel, address=address, **typed)


def test_a_second_way_comes_behind_the_first_and_its_secret_is_masked(desk: Stage) -> None:
    assert add(desk).status_code == 303

    assert [one.address for one in chain(desk)] == [EMAIL, PUSH]
    page = desk.get(PAGE).text
    assert "ntfys://…" in page
    assert "hidden-topic" not in page
    assert desk.actions()[-1] == "recipients.set"


def test_the_order_can_be_changed_and_one_taken_out_but_never_the_last(desk: Stage) -> None:
    add(desk)
    assert post(desk, f"{PAGE}/{chain(desk)[1].id}/up").status_code == 303
    assert [one.address for one in chain(desk)] == [PUSH, EMAIL]

    assert post(desk, f"{PAGE}/{chain(desk)[0].id}/remove").status_code == 303
    assert [(one.address, one.position) for one in chain(desk)] == [(EMAIL, 0)]

    last = post(desk, f"{PAGE}/{chain(desk)[0].id}/remove")
    assert last.status_code == 422
    assert "nobody would hear" in last.text
    assert len(chain(desk)) == 1


def test_a_person_who_cannot_open_the_inbox_is_refused(desk: Stage) -> None:
    user_id, _ = add_user(desk, Role.CLINICIAN)

    answer = add(desk, "email", "sam@example.org", user=user_id)

    assert answer.status_code == 422
    assert "cannot open this inbox" in answer.text
    assert len(chain(desk)) == 1


def test_an_address_that_cannot_be_is_refused_with_the_reason(desk: Stage) -> None:
    def refuse(way: Channel, address: str) -> str:
        raise UsageError(f"No {way} goes to such an address.")

    place_desk(desk.app, replace(desk.desk, check_address=refuse))

    answer = add(desk, "email", "nowhere")

    assert answer.status_code == 422
    assert "No email goes to such an address." in answer.text
    assert add(desk, "carrier-pigeon").status_code == 422
    assert len(chain(desk)) == 1


def test_a_test_is_a_real_message_and_the_page_says_what_became_of_it(desk: Stage) -> None:
    answer = post(desk, f"{PAGE}/{chain(desk)[0].id}/test")
    where = answer.headers["Location"]
    delivery = desk.ledger.deliveries.get(where.rpartition("=")[2])

    assert (delivery.kind, delivery.address) == (DeliveryKind.ALERT, EMAIL)
    assert delivery.state is DeliveryState.PENDING
    assert "is on its way" in desk.get(where).text
    assert desk.actions()[-1] == "channel.tested"


def test_tests_are_ten_seconds_apart(desk: Stage) -> None:
    path = f"{PAGE}/{chain(desk)[0].id}/test"
    post(desk, path)

    assert post(desk, path).status_code == 429
    desk.clock.advance(seconds=10)
    assert post(desk, path).status_code == 303


def test_a_referrals_message_is_not_told_of_as_a_test(desk: Stage) -> None:
    assert 'role="status"' not in desk.get(f"{PAGE}?trial=nothing").text


def test_an_address_of_nobody_is_not_found(desk: Stage) -> None:
    assert post(desk, f"{PAGE}/none/remove").status_code == 404


def test_adding_somebody_takes_a_recent_sign_in(desk: Stage) -> None:
    desk.clock.advance(minutes=11)

    answer = add(desk)

    assert answer.status_code == 403
    assert "more than ten minutes ago" in answer.text
    assert len(chain(desk)) == 1
