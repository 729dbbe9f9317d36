from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from form_server.delivery import (
    Again,
    MailChannel,
    Never,
    NewsletterChannel,
    Outcome,
    Sent,
    SmtpTransport,
    Worker,
)
from form_server.delivery import Channel as Way
from form_server.delivery.letters import letter_about
from form_server.delivery.newsletter import MOST_TRIES
from form_server.ledger import Channel, ClaimLost, DeliveryKind, DeliveryState, Ledger, NewDelivery
from form_server.ledger.newsletter_rows import IssueText
from form_server.parcels import NewsletterParcel, ParcelRefused, ProofParcel
from tests.form_server.delivery.bench import MovableClock
from tests.form_server.delivery.things import (
    NOON,
    a_claim,
    a_delivery,
    a_notice,
    not_sealed,
    server_for,
)
from tests.smtp_faults import Answer, FaultySmtpServer, Hang, Stage

ISSUE = "018f3a0c2b4e0123456789abcd"
URL = "https://a-rather-long-name.of-a-practice.example/es/unsubscribe/"
TEXT = IssueText("Sleep", f"<p>Sleep <a href='{URL}{ISSUE}'>out</a></p>", f"Sleep {URL}{ISSUE}")


def a_copy(address: str) -> NewDelivery:
    return a_delivery(
        NewsletterParcel(ISSUE, "t" * 43, URL + "t" * 43),
        kind=DeliveryKind.NEWSLETTER,
        channel=Channel.BULK,
        address=address,
    )


@pytest.fixture
def newsletter(relay: FaultySmtpServer) -> Iterator[NewsletterChannel]:
    server = server_for(relay)
    channel = NewsletterChannel(server, SmtpTransport(server), lambda _: TEXT, 60_000)
    yield channel
    channel.close()


def deliver(channel: NewsletterChannel) -> Outcome:
    parcel = NewsletterParcel(ISSUE, "t" * 43, f"{URL}{'t' * 43}")
    return channel.deliver(a_claim(address="priya@mill.example"), parcel, lambda: None)


def test_a_copy_has_its_own_way_out_in_text_html_and_header(
    newsletter: NewsletterChannel, relay: FaultySmtpServer
) -> None:
    assert isinstance(deliver(newsletter), Sent)
    (mail,) = relay.wait_for(1)
    own = URL + "t" * 43
    assert mail.message["List-Unsubscribe"] == f"<{own}>"
    assert f"List-Unsubscribe: <{own}>\r\n".encode() in mail.data
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<newsletter\.[a-z.]+>", mail.message["List-Id"])
    assert mail.message["Precedence"] == "bulk"
    for subtype in ("plain", "html"):
        part = mail.message.get_body((subtype,))
        assert part is not None
        assert own in part.get_content()
        assert ISSUE not in part.get_content()


def test_a_proof_goes_out_as_it_was_written(
    newsletter: NewsletterChannel, relay: FaultySmtpServer
) -> None:
    proof = ProofParcel("Sleep", "<p>Sleep</p>", "Sleep", "http://127.0.0.1:8080/unsubscribe/x")
    copy = a_claim(address="nora@harborstreet.example")
    assert isinstance(newsletter.deliver(copy, proof, lambda: None), Sent)
    (mail,) = relay.wait_for(1)
    assert mail.message["Subject"] == "Sleep"
    assert mail.message["List-Unsubscribe-Post"] is None  # RFC 8058 wants HTTPS


def test_whoever_left_at_the_last_moment_gets_nothing(
    newsletter: NewsletterChannel, relay: FaultySmtpServer
) -> None:
    def begin() -> None:
        raise ClaimLost("d1", "worker")

    parcel = NewsletterParcel(ISSUE, "t", URL + "t")
    with pytest.raises(ClaimLost):
        newsletter.deliver(a_claim(), parcel, begin)
    assert isinstance(deliver(newsletter), Sent)
    assert len(relay.wait_for(1)) == 1


@pytest.mark.parametrize(("attempts", "expected"), [(MOST_TRIES - 1, Again), (MOST_TRIES, Never)])
def test_a_mailbox_that_stays_full_is_given_up(
    newsletter: NewsletterChannel, relay: FaultySmtpServer, attempts: int, expected: type
) -> None:
    relay.inject(Stage.RCPT, Answer(452, "mailbox full"))
    parcel = NewsletterParcel(ISSUE, "t", URL + "t")
    outcome = newsletter.deliver(a_claim(attempts=attempts), parcel, lambda: None)
    assert isinstance(outcome, expected)


def test_copies_go_out_no_faster_than_is_allowed(relay: FaultySmtpServer) -> None:
    waited: list[float] = []
    server, now_s = server_for(relay), 100.0
    channel = NewsletterChannel(
        server, SmtpTransport(server), lambda _: TEXT, 30,
        monotonic=lambda: now_s, sleep=waited.append,
    )  # fmt: skip
    for _ in range(3):
        deliver(channel)
    channel.close()
    assert waited == [2.0, 4.0]  # by a clock that stands still


def test_notices_pass_a_newsletter_that_hangs(
    relay: FaultySmtpServer, ledger: Ledger, clock: MovableClock
) -> None:
    with FaultySmtpServer() as slow:
        slow.inject(Stage.DOT, Hang(), times=None)
        mail, bulk = server_for(relay), server_for(slow)
        channels: dict[Channel, Way] = {
            Channel.EMAIL: MailChannel(mail, SmtpTransport(mail), carries_whole=False),
            Channel.BULK: NewsletterChannel(bulk, SmtpTransport(bulk), lambda _: TEXT, 60_000),
        }
        worker = Worker(ledger, channels, not_sealed, owner="here", clock=clock)
        copies = [a_copy(f"r{number}@mill.example") for number in range(9)]
        ledger.queue.add(copies)
        worker.start()
        slow.wait_for_command(Stage.DOT)
        ledger.queue.add([a_delivery(due_at=NOON)])
        relay.wait_for(1)
        worker.stop(0.1)
    ledger.queue.void_claims()
    assert [ledger.deliveries.get(one.id).state for one in copies].count(DeliveryState.UNKNOWN) == 1


def test_no_other_channel_takes_a_newsletter() -> None:
    with pytest.raises(ParcelRefused):
        letter_about(NewsletterParcel(ISSUE, "t", URL + "t"), whole=True)


def test_the_newsletters_channel_takes_nothing_else(newsletter: NewsletterChannel) -> None:
    with pytest.raises(ParcelRefused):
        newsletter.deliver(a_claim(), a_notice(), lambda: None)
