"""A mail server that says more than it is asked, and what is believed of it."""

from __future__ import annotations

import pytest

from form_server.delivery import Again, Never, Sent, session
from tests.form_server.delivery.certificates import Certificate
from tests.form_server.delivery.things import server_for
from tests.form_server.delivery.transport import send, send_once, transport_to
from tests.smtp_faults import Answer, FaultySmtpServer, Stage, Stammer

ASKED = [Stage.EHLO, Stage.MAIL, Stage.RCPT]


@pytest.fixture(autouse=True)
def _short_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_QUIET_S", 0.05)  # what the relay says twice is in one packet


@pytest.mark.parametrize("code", [250, 354])
def test_what_was_said_before_the_message_is_no_answer_to_it(
    relay: FaultySmtpServer, code: int
) -> None:
    relay.inject(Stage.DATA, Answer(354, f"go ahead\r\n{code} and more"))

    outcome = send_once(relay)

    assert isinstance(outcome, Again)
    assert "answered something else than it was asked (354)" in outcome.reason
    assert relay.received == []


@pytest.mark.parametrize(
    ("stage", "code"),
    [(Stage.CONNECT, 220), *((stage, 250) for stage in ASKED), (Stage.DATA, 354)],
    ids=str,
)
def test_a_server_that_says_all_twice_is_asked_slowly_and_gets_each_mail_once(
    relay: FaultySmtpServer, stage: Stage, code: int
) -> None:
    relay.inject(stage, Stammer(code), times=None)

    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport), Again)
        assert relay.received == []
        assert send(transport) == Sent()
        assert send(transport) == Sent()

    assert len(relay.received) == 2
    assert relay.connections == 2


def test_once_it_stammers_no_more_it_is_asked_as_quickly_as_any(relay: FaultySmtpServer) -> None:
    relay.pipelining = True
    relay.inject(Stage.RCPT, Stammer(250))

    with transport_to(server_for(relay)) as transport:
        assert isinstance(send(transport), Again)
        assert send(transport) == Sent()
        relay.commands.clear()
        transport.close()
        assert send(transport) == Sent()
        transport.name_sender("next@harborstreet.example")

    assert relay.commands.count(Stage.MAIL) == 2  # the second one was named ahead


def test_of_two_answers_that_differ_the_no_is_believed(relay: FaultySmtpServer) -> None:
    with transport_to(server_for(relay)) as transport:
        relay.inject(Stage.RCPT, Stammer(250))
        assert isinstance(send(transport), Again)
        relay.inject(Stage.RCPT, Stammer(550, "5.1.1 nobody here"))

        outcome = send(transport)

    assert isinstance(outcome, Never)
    assert "refused the recipient (550 5.1.1 nobody here)" in outcome.reason
    assert relay.received == []


def test_a_reply_whose_lines_disagree_is_a_no(relay: FaultySmtpServer) -> None:
    relay.inject(Stage.DOT, Answer(550, "5.7.1 no\r\n250 yes"))
    relay.inject(Stage.DOT, Answer(250, "yes"))

    with transport_to(server_for(relay)) as transport:
        refused = send(transport)
        assert isinstance(refused, Never)
        assert "(550 5.7.1)" in refused.reason


def test_under_tls_it_is_heard_out_as_well(certificate: Certificate) -> None:
    with FaultySmtpServer(implicit_tls=certificate.server_context()) as relay:
        relay.inject(Stage.RCPT, Stammer(250), times=None)
        with transport_to(server_for(relay, ca_file=certificate.trust, use_ssl=True)) as transport:
            assert isinstance(send(transport), Again)
            assert send(transport) == Sent()
        assert len(relay.received) == 1
