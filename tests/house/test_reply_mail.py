"""A reply that was mailed comes once, or somebody is asked: never twice."""

from __future__ import annotations

from datetime import UTC, datetime

from form_server.clockwork.writing import Writer
from form_server.ledger import Channel, Delivery, DeliveryKind, DeliveryState, Ledger
from form_server.parcels import ReplyParcel
from form_server.pausing import PauseLinks
from form_server.vault import ServerKey
from tests.house.server_process import ServerProcess
from tests.smtp_faults import FaultySmtpServer, Hang, Received, Stage

DANA = "dana@alderfamily.example"
URL = "https://refer.harborstreet.example"
PARCEL = ReplyParcel(
    practice_name="Harbor Street Counseling PLLC",
    subject="A reply from Harbor Street Counseling PLLC",
    words="Thank you for sending somebody our way.\n\nNora Ellison\n(360) 555-0142",
    remark="If this reached you by mistake, please delete it.",
    language="en",
)


def _now() -> datetime:
    return datetime.now(UTC)


def _ledger(server: ServerProcess) -> Ledger:
    return Ledger.open(f"sqlite:///{server.var / 'handoff.db'}", clock=_now)


def _write_reply(server: ServerProcess) -> str:
    """As the desk leaves it behind, with its minute over; the row's id."""
    key = ServerKey.load(server.var / "server.key")
    with _ledger(server) as ledger:
        links = PauseLinks(key, URL)
        writer = Writer(key, URL, "harborstreet.example", ledger.new_id, links)
        row = writer.write(PARCEL, DeliveryKind.REPLY, Channel.EMAIL, DANA, _now())
        ledger.queue.add([row])
    return row.id


def _row(server: ServerProcess, delivery_id: str) -> Delivery:
    with _ledger(server) as ledger:
        return ledger.deliveries.get(delivery_id)


def _to_dana(received: list[Received]) -> list[Received]:
    return [one for one in received if one.recipients == (DANA,)]


def _refer_and_wait(server: ServerProcess, relay: FaultySmtpServer, so_far: int) -> None:
    """Until the lane has gone on to what came after."""
    assert server.refer().status == 201
    relay.wait_for(so_far + 1)


def test_a_reply_arrives_once_and_only_in_its_own_words(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    reply = _write_reply(server)
    server.start()
    (mail,) = relay.wait_for(1)
    server.stop()
    server.start()
    _refer_and_wait(server, relay, 1)

    assert _to_dana(relay.received) == [mail]
    assert str(mail.message["Subject"]) == PARCEL.subject
    body = mail.message.get_body(("plain",))
    assert body is not None
    assert "Thank you for sending somebody our way." in body.get_content()
    assert _row(server, reply).state is DeliveryState.SENT


def test_a_server_killed_after_the_message_was_out_sends_no_second_reply(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    reply = _write_reply(server)
    relay.inject(Stage.DOT, Hang(kept=True), recipient=DANA)
    server.start()
    relay.wait_for(1)
    server.kill()
    server.start()
    _refer_and_wait(server, relay, 1)

    assert len(_to_dana(relay.received)) == 1
    assert _row(server, reply).state is DeliveryState.UNKNOWN


def test_a_server_killed_before_the_message_sends_the_reply_once(
    server: ServerProcess, relay: FaultySmtpServer
) -> None:
    reply = _write_reply(server)
    relay.inject(Stage.RCPT, Hang(), recipient=DANA)
    server.start()
    relay.wait_for_command(Stage.RCPT)
    server.kill()
    server.start()
    relay.wait_for(1)
    _refer_and_wait(server, relay, 1)

    assert len(_to_dana(relay.received)) == 1
    assert _row(server, reply).state is DeliveryState.SENT
