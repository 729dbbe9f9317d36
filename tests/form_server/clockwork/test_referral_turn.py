from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date, timedelta
from typing import NoReturn

import pytest

from form_server.delivery import Never, Sent
from form_server.ledger import CannotOpen, Channel, DeliveryKind, Leave, Outcome, Recipient
from form_server.ledger.tables import delivery
from form_server.parcels import NoticeParcel, ReminderParcel
from form_server.settings import ClockSettings, Often
from tests.form_server.clockwork.stage import PHONE, SECOND, Stage, pacific
from tests.form_server.office.house import ENOUGH, OWNER

NOTICE, REMINDER, ESCALATION = (
    DeliveryKind.NOTICE,
    DeliveryKind.REMINDER,
    DeliveryKind.ESCALATION,
)
DAY = timedelta(days=1)


def pause_path(stage: Stage, number: int = 0) -> str:
    parcel = stage.messages[number].parcel
    assert isinstance(parcel, NoticeParcel | ReminderParcel)
    return parcel.pause_url.removeprefix(stage.house.settings.url)


def test_first_person_is_told_at_once_on_every_channel_and_nobody_else(stage: Stage) -> None:
    referral = stage.refer()

    assert stage.told(referral, NOTICE) == [(OWNER, stage.now), (PHONE, stage.now)]


def test_unanswered_referral_climbs_to_the_second_channel_and_the_second_person(
    stage: Stage,
) -> None:
    referral = stage.refer()
    assert referral.promised_by == pacific(2026, 10, 19, 13)
    stage.let_pass(pacific(2026, 10, 19, 12, 59))

    assert stage.told(referral, REMINDER) == [(OWNER, pacific(2026, 10, 19, 11))]
    assert stage.told(referral, ESCALATION) == [
        (PHONE, pacific(2026, 10, 19, 11, 40)),
        (SECOND, pacific(2026, 10, 19, 12, 20)),
    ]


def test_recorded_call_ends_every_alarm(stage: Stage) -> None:
    referral = stage.refer()
    stage.let_pass(pacific(2026, 10, 19, 10))
    stage.call(referral)
    stage.let_pass(pacific(2026, 10, 26, 9))

    assert len(stage.about(referral)) == 2


def test_closing_ends_every_alarm(stage: Stage) -> None:
    referral = stage.refer()
    stage.ledger.steps.close(referral.id, Outcome.WITHDRAWN, stage.owner_id)
    stage.let_pass(stage.now + DAY)

    assert len(stage.about(referral)) == 2


def test_broken_promise_tells_everybody_then_each_morning(stage: Stage) -> None:
    referral = stage.refer()
    stage.let_pass(pacific(2026, 10, 20, 9, 1))

    late = [one for one in stage.about(referral) if one.at >= referral.promised_by]
    assert {(one.delivery.address, one.at) for one in late} == {
        (who, at)
        for who in (OWNER, PHONE, SECOND)
        for at in (referral.promised_by, pacific(2026, 10, 20, 9))
    }
    assert len(late) == 6


def test_reminder_names_who_was_told_and_nothing_of_patient_or_office(stage: Stage) -> None:
    stage.refer("Zebulon Quillfeather")
    stage.let_pass(pacific(2026, 10, 19, 12, 30))

    parcel = stage.messages[-1].parcel
    assert isinstance(parcel, ReminderParcel)
    assert [one.who for one in parcel.told] == ["Nora Ellison"] * 4
    assert [one.at for one in parcel.told][:1] == [pacific(2026, 10, 19, 9)]
    assert "Quillfeather" not in repr(parcel)
    assert "Alder" not in repr(parcel)


def test_looking_at_the_link_pauses_nothing(stage: Stage) -> None:
    referral = stage.refer()
    page = stage.house.client.get(pause_path(stage))
    assert page.status_code == 200
    assert 'method="post"' in page.text
    assert referral.receipt not in page.text

    stage.let_pass(pacific(2026, 10, 19, 11))
    assert stage.told(referral, REMINDER)


def test_pause_holds_the_alarm_and_it_resumes_before_the_deadline(stage: Stage) -> None:
    referral = stage.refer()
    stage.let_pass(pacific(2026, 10, 19, 9, 10))
    assert "paused" in stage.house.client.post(pause_path(stage)).text
    stage.let_pass(pacific(2026, 10, 19, 12))
    assert len(stage.about(referral)) == 2

    stage.let_pass(pacific(2026, 10, 19, 12, 59))
    assert [who for who, _ in stage.told(referral, ESCALATION)] == [PHONE, SECOND]
    last = stage.messages[-1].parcel
    assert isinstance(last, ReminderParcel)
    assert last.is_paused
    assert last.pause_url == ""


def test_link_pauses_once(stage: Stage) -> None:
    stage.refer()
    first = stage.house.client.post(pause_path(stage, 0))
    second = stage.house.client.post(pause_path(stage, 1))

    assert "paused" in first.text
    assert "nothing to pause" in second.text


@pytest.mark.parametrize("token", ["x", "A" * 39, "%00" * 13, "é" * 39])
def test_link_that_is_none_of_ours_leads_nowhere(stage: Stage, token: str) -> None:
    stage.refer()
    good = pause_path(stage).removeprefix("/pause/")
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    # Some of these differ in bits alone that decoding drops.
    forged = [good[:-1] + letter for letter in letters if letter != good[-1]]
    for text in (token, *forged):
        assert stage.house.client.get(f"/pause/{text}").status_code == 404
        assert stage.house.client.post(f"/pause/{text}").status_code == 404
    assert stage.house.referrals()[0].acknowledged_at is None


def test_refused_notice_brings_in_the_second_person_within_minutes(stage: Stage) -> None:
    for channel in stage.channels.values():
        channel.answer = lambda: Never("No such mailbox.")
    referral = stage.refer()
    for channel in stage.channels.values():
        channel.answer = Sent
    stage.let_pass(pacific(2026, 10, 19, 9, 6))

    assert stage.told(referral, ESCALATION) == [(SECOND, pacific(2026, 10, 19, 9, 5))]


def test_notice_that_this_server_fails_at_brings_in_the_second_person_too(stage: Stage) -> None:
    def fail() -> NoReturn:
        raise KeyError("a bug")

    for channel in stage.channels.values():
        channel.answer = fail
    referral = stage.refer()
    stage.let_pass(pacific(2026, 10, 19, 9, 6))

    rows = stage.ledger.deliveries.of_referral(referral.id)
    assert [one.address for one in rows if one.kind is ESCALATION] == [SECOND]


def test_server_that_was_away_tells_each_person_once(stage: Stage) -> None:
    referral = stage.refer()
    stage.house.clock.now = pacific(2026, 10, 20, 3)
    stage.start_again()
    stage.work()

    late = [one.delivery.address for one in stage.about(referral)[2:]]
    assert sorted(late) == sorted([OWNER, PHONE, SECOND])


def test_clock_that_is_set_back_repeats_nothing(stage: Stage) -> None:
    referral = stage.refer()
    stage.let_pass(pacific(2026, 10, 19, 11, 45))
    before = len(stage.about(referral))
    stage.house.clock.now = pacific(2026, 10, 19, 10)
    stage.let_pass(pacific(2026, 10, 19, 11, 45))

    assert len(stage.about(referral)) == before


def test_referral_without_a_clock_gets_one_at_the_start(stage: Stage) -> None:
    referral = stage.refer()
    with stage.ledger._store.write() as connection:
        connection.exec_driver_sql("DELETE FROM delivery WHERE kind = 'clock'")
    stage.let_pass(pacific(2026, 10, 19, 11, 30))
    assert not stage.told(referral, REMINDER)

    stage.start_again()
    stage.work()
    assert stage.told(referral, REMINDER) == [(OWNER, pacific(2026, 10, 19, 11, 30))]


def test_cover_is_told_first_and_the_promise_stands(stage: Stage) -> None:
    leave = Leave("l1", stage.inbox_id, date(2026, 10, 19), date(2026, 10, 22), cover_user_id="ben")
    stage.ledger.leaves.add(leave, actor="test")
    referral = stage.refer()
    stage.let_pass(pacific(2026, 10, 19, 12, 59))

    assert referral.promised_by == pacific(2026, 10, 19, 13)
    assert stage.told(referral, NOTICE) == [(SECOND, pacific(2026, 10, 19, 9))]
    assert stage.told(referral, REMINDER) == [(SECOND, pacific(2026, 10, 19, 11))]
    assert {who for who, _ in stage.told(referral, ESCALATION)} == {OWNER, PHONE}


def test_absence_without_cover_promises_the_return(stage: Stage) -> None:
    leave = Leave("l1", stage.inbox_id, date(2026, 10, 19), date(2026, 10, 22))
    stage.ledger.leaves.add(leave, actor="test")
    referral = stage.refer()
    assert referral.promised_by == pacific(2026, 10, 26, 13)
    stage.let_pass(pacific(2026, 10, 26, 10, 59))

    assert len(stage.about(referral)) == 2


def test_absence_that_comes_up_later_changes_no_promise_that_was_made(stage: Stage) -> None:
    referral = stage.refer()
    leave = Leave("l1", stage.inbox_id, date(2026, 10, 19), date(2026, 10, 22))
    stage.ledger.leaves.add(leave, actor="test")
    stage.let_pass(pacific(2026, 10, 19, 12, 59))

    assert stage.told(referral, ESCALATION)[-1] == (SECOND, pacific(2026, 10, 19, 12, 20))


def test_who_cannot_open_the_inbox_is_neither_recipient_nor_cover(stage: Stage) -> None:
    ledger, inbox_id = stage.ledger, stage.inbox_id
    stranger = [Recipient("x", inbox_id, Channel.EMAIL, "x@x.example", 0, "stranger")]
    with pytest.raises(CannotOpen):
        ledger.inboxes.set_recipients(inbox_id, stranger, actor="test")
    days = (date(2026, 10, 19), date(2026, 10, 22))
    leave = Leave("l1", inbox_id, *days, cover_user_id="stranger")
    with pytest.raises(CannotOpen):
        ledger.leaves.add(leave, actor="test")

    assert len(ledger.inboxes.recipients(inbox_id)) == 3
    assert ledger.inboxes.leaves(inbox_id) == ()


def test_damaged_clock_is_seen_and_the_promise_is_guarded_all_the_same(
    build: Callable[..., Stage],
) -> None:
    stage = build(clock=ClockSettings(digest=Often.DAILY, drill=False))
    referral = stage.refer()
    with stage.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE delivery SET kind = 'cloak' WHERE kind = 'clock'")
        connection.exec_driver_sql("UPDATE delivery SET due_at = 'x' WHERE kind = 'digest'")

    stage.start_again()  # as after five minutes
    stage.let_pass(pacific(2026, 10, 19, 12, 59))

    assert [whom for whom, _ in stage.told(referral, ESCALATION)] == [PHONE, SECOND]
    assert len(stage.ledger.deliveries.troubled()) == 2
    standing = [
        one.kind for one in stage.ledger.deliveries.where(delivery.c.id.startswith("stand"))
    ]
    assert standing == [DeliveryKind.DIGEST]


def test_whom_a_receipt_went_to_is_in_no_byte_of_the_state_afterwards(stage: Stage) -> None:
    office = "ana.lindqvist@clinic.example"
    stage.house.client.post("/referrals", data={**ENOUGH, "referrer_email": office})
    stage.work()

    assert [one.delivery.address for one in stage.messages].count(office) == 1
    assert stage.ledger.truncate_wal()
    files = [one for one in stage.house.settings.var.rglob("*") if one.is_file()]
    assert any(one.name == "handoff.db" for one in files)
    assert [one.name for one in files if office.encode() in one.read_bytes()] == []
