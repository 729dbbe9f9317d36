from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from form_server.delivery import Channel, MailChannel, SmtpTransport
from form_server.delivery import worker as worker_module
from form_server.ledger import Channel as Way
from form_server.ledger import DeliveryKind, DeliveryState, Ledger
from form_server.vault.server_key import ServerKey
from tests.form_server.delivery.bench import Saboteur, ScriptedChannel
from tests.form_server.delivery.things import a_delivery, a_full_parcel, a_notice, server_for
from tests.form_server.delivery.workers import (
    add,
    ledger_in,
    mail_to,
    make_worker,
    real_clock,
    running,
    wait_for_state,
    wait_until,
)
from tests.smtp_faults import Answer, Drop, FaultySmtpServer, Hang, Stage


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_in(tmp_path) as opened:
        yield opened


def test_committed_delivery_goes_out_without_waiting_for_the_sweep(
    ledger: Ledger, relay: FaultySmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "SWEEP_S", 60.0)
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        for count in (1, 2, 3):
            (one,) = add(ledger, a_delivery(a_notice()))
            relay.wait_for(count)
            wait_for_state(ledger, one, DeliveryState.SENT)


def test_sweep_finds_what_no_wake_up_told_of(ledger: Ledger, relay: FaultySmtpServer) -> None:
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        later = real_clock() + timedelta(seconds=1.5)
        ledger.queue.add([replace(a_delivery(), due_at=later)])
        relay.wait_for(1)


def test_parcel_sealed_under_the_server_key_arrives_as_a_mail(
    ledger: Ledger, relay: FaultySmtpServer, tmp_path: Path
) -> None:
    key = ServerKey.load_or_create(tmp_path / "server.key")
    plain = a_delivery(a_notice())
    sealed = replace(plain, parcel=key.seal(plain.parcel, "parcel", plain.id))

    def open_parcel(parcel: bytes, delivery_id: str) -> bytes:
        return key.open(parcel, "parcel", delivery_id)

    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)}, open_parcel=open_parcel)):
        add(ledger, sealed)
        (got,) = relay.wait_for(1)
    assert got.message_id == plain.message_id
    assert got.recipients == (plain.address,)
    assert "Alder Falls Family Medicine" in str(got.message.get_body(("plain",)))


def test_parcel_of_another_row_is_not_sent(
    ledger: Ledger, relay: FaultySmtpServer, tmp_path: Path
) -> None:
    key = ServerKey.load_or_create(tmp_path / "server.key")
    plain = a_delivery(a_notice())
    swapped = replace(plain, parcel=key.seal(plain.parcel, "parcel", "another"))
    worker = make_worker(
        ledger,
        {Way.EMAIL: mail_to(relay)},
        open_parcel=lambda parcel, delivery_id: key.open(parcel, "parcel", delivery_id),
    )
    with running(worker):
        (one,) = add(ledger, swapped)
        wait_for_state(ledger, one, DeliveryState.RETRYING)
    assert relay.received == []
    assert [shown.id for shown in ledger.deliveries.failing()] == [one]


def test_mail_goes_out_when_the_relay_is_back_without_a_restart(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    relay.stop()
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        ids = add(ledger, *(a_delivery() for _ in range(5)))
        wait_for_state(ledger, ids[0], DeliveryState.RETRYING)
        relay.start()
        relay.wait_for(5)
        for one in ids:
            wait_for_state(ledger, one, DeliveryState.SENT)


def test_what_an_earlier_process_held_is_delivered_after_the_start(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    add(ledger, a_delivery())
    (held,) = ledger.queue.claim("boot-0/email", real_clock(), 1)
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        (got,) = relay.wait_for(1)
    assert got.message_id == held.message_id


def test_lost_answer_repeats_a_notice_with_the_same_bytes(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.DOT, Drop(kept=True))
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        (one,) = add(ledger, a_delivery())
        first, second = relay.wait_for(2)
        wait_for_state(ledger, one, DeliveryState.SENT)
    assert first.data == second.data


def test_lost_answer_does_not_repeat_an_acknowledgement(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.DOT, Drop(kept=True))
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        (one,) = add(ledger, a_delivery(kind=DeliveryKind.ACKNOWLEDGEMENT))
        wait_for_state(ledger, one, DeliveryState.UNKNOWN)
        add(ledger, a_delivery())
        relay.wait_for(2)
    assert len(relay.received) == 2


def test_refused_recipient_is_stuck_and_the_other_is_told(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.RCPT, Answer(550, "5.1.1 gone"), times=None, recipient="gone@x.example")
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        bad, good = add(ledger, a_delivery(address="gone@x.example"), a_delivery())
        wait_for_state(ledger, bad, DeliveryState.STUCK)
        wait_for_state(ledger, good, DeliveryState.SENT)
    assert "550 5.1.1" in (ledger.deliveries.get(bad).last_error or "")


def test_relay_that_hangs_holds_up_no_other_channel(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    relay.inject(Stage.MAIL, Hang(), times=None)
    push = ScriptedChannel()
    channels: dict[Way, Channel] = {Way.EMAIL: mail_to(relay, timeout_s=2), Way.PUSH: push}
    with running(make_worker(ledger, channels)):
        mail, *_ = add(ledger, a_delivery())
        relay.wait_for_command(Stage.MAIL)
        (pushed,) = add(ledger, a_delivery(channel=Way.PUSH))
        wait_for_state(ledger, pushed, DeliveryState.SENT)
        assert ledger.deliveries.get(mail).state is DeliveryState.SENDING
        relay.mend()


def test_channel_that_is_not_set_up_is_shown_to_a_human(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    (one,) = add(ledger, a_delivery(channel=Way.WEBHOOK))
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        wait_for_state(ledger, one, DeliveryState.STUCK)
    assert "webhook is not set up" in (ledger.deliveries.get(one).last_error or "")


def test_work_that_sends_nothing_is_left_to_whoever_does_it(
    ledger: Ledger, relay: FaultySmtpServer
) -> None:
    retention = a_delivery(kind=DeliveryKind.RETENTION, channel=Way.NONE)
    quiet, stray = add(ledger, retention, a_delivery(channel=Way.PUSH))
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        wait_for_state(ledger, stray, DeliveryState.STUCK)
    assert ledger.deliveries.get(quiet).state is DeliveryState.PENDING


def test_ledger_that_fails_for_a_while_ends_no_thread(
    ledger: Ledger, relay: FaultySmtpServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    saboteur = Saboteur(tmp_path / "ledger.db")
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})) as worker:
        saboteur.strike()
        with caplog.at_level(logging.ERROR):
            wait_until(lambda: "lane-email failed" in caplog.text)
        saboteur.make_good()
        add(ledger, a_delivery())
        relay.wait_for(1)
        assert worker.is_alive()


def test_chore_that_fails_ends_nothing_and_is_called_again(
    ledger: Ledger, relay: FaultySmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[float] = []

    def chore() -> None:
        calls.append(time.monotonic())
        raise KeyError("Jane Quarles")

    others: list[float] = []
    chores = [chore, lambda: others.append(time.monotonic())]
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)}, chores=chores)):
        wait_until(lambda: len(calls) >= 2 and len(others) >= 2)
        add(ledger, a_delivery())
        relay.wait_for(1)
    assert "chores failed: KeyError" in caplog.text
    assert "Quarles" not in caplog.text


def test_wiped_parcels_leave_the_write_ahead_log(
    ledger: Ledger, relay: FaultySmtpServer, tmp_path: Path
) -> None:
    log = tmp_path / "ledger.db-wal"
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        add(ledger, a_delivery())
        assert log.stat().st_size > 0
        relay.wait_for(1)
        wait_until(lambda: log.stat().st_size == 0)


@pytest.mark.parametrize("carries_whole", [True, False])
def test_whole_referral_goes_out_only_where_it_may(
    ledger: Ledger, relay: FaultySmtpServer, *, carries_whole: bool
) -> None:
    channel = mail_to(relay, carries_whole=carries_whole)
    with running(make_worker(ledger, {Way.EMAIL: channel})):
        add(ledger, a_delivery(a_full_parcel()))
        (got,) = relay.wait_for(1)
    assert (b"Quarles" in got.data) is carries_whole
    assert b"Alder Falls Family Medicine" in got.data


@pytest.mark.parametrize("is_agreed", [True, False])
def test_whole_referral_goes_out_only_while_the_mail_provider_has_agreed(
    ledger: Ledger, relay: FaultySmtpServer, *, is_agreed: bool
) -> None:
    server = server_for(relay, timeout_s=5.0)
    channel = MailChannel(
        server, SmtpTransport(server), carries_whole=True, is_agreed=lambda: is_agreed
    )
    with running(make_worker(ledger, {Way.EMAIL: channel})):
        add(ledger, a_delivery(a_full_parcel()))
        (got,) = relay.wait_for(1)
    assert (b"Quarles" in got.data) is is_agreed
    assert b"Alder Falls Family Medicine" in got.data


def test_two_hundred_deliveries_arrive_once_each(ledger: Ledger, relay: FaultySmtpServer) -> None:
    rows = [a_delivery() for _ in range(200)]
    with running(make_worker(ledger, {Way.EMAIL: mail_to(relay)})):
        ids = add(ledger, *rows)
        relay.wait_for(200, within_s=60)
        for one in ids:
            wait_for_state(ledger, one, DeliveryState.SENT)
    assert sorted(got.message_id for got in relay.received) == sorted(
        one.message_id for one in rows
    )
