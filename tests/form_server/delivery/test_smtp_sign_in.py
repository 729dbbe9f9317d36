"""Signing in to a mail server: what is wrong waits for mended settings."""

from __future__ import annotations

from base64 import b64encode

import pytest

from form_server.delivery import Again, Concern, MailServer, Sent
from outreach_kit.errors import UsageError
from tests.form_server.delivery.things import SENDER
from tests.form_server.delivery.transport import send_once
from tests.smtp_faults import Answer, FaultySmtpServer, Stage


def test_account_signs_in() -> None:
    with FaultySmtpServer(accounts={"nora": "pass word"}) as relay:
        assert send_once(relay, username="nora", password="pass word") == Sent()
        assert relay.received[0].login == "nora"


@pytest.mark.parametrize("password", ["wrong", "pässword"])
def test_wrong_password_waits_for_mended_settings(password: str) -> None:
    with FaultySmtpServer(accounts={"nora": "right"}) as relay:
        outcome = send_once(relay, username="nora", password=password)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS
    assert "HANDOFF_MAIL_PASSWORD" in outcome.reason
    assert password not in outcome.reason


@pytest.mark.parametrize(("code", "concern"), [(535, Concern.SETTINGS), (454, Concern.CHANNEL)])
def test_refused_sign_in_is_tried_again(code: int, concern: Concern) -> None:
    with FaultySmtpServer(accounts={"nora": "right"}) as relay:
        relay.inject(Stage.AUTH, Answer(code, "5.7.8 no"), times=None)
        outcome = send_once(relay, username="nora", password="right")
    assert isinstance(outcome, Again)
    assert outcome.concern is concern


@pytest.mark.parametrize("how", ["{word}", "{plain}", "{alone}"])
def test_password_that_a_server_repeats_is_not_kept(how: str) -> None:
    sent = {
        "word": "right-horse",
        "plain": b64encode(b"\0nora\0right-horse").decode(),
        "alone": b64encode(b"right-horse").decode(),
    }
    with FaultySmtpServer(accounts={"nora": "right-horse"}) as relay:
        relay.inject(Stage.AUTH, Answer(535, f"no, not {how.format(**sent)}"), times=None)
        outcome = send_once(relay, username="nora", password="right-horse")
    assert isinstance(outcome, Again)
    assert "no, not …" in outcome.reason
    assert not [one for one in sent.values() if one in outcome.reason]


@pytest.mark.parametrize(
    "answer",
    [Answer(334, "this is no challenge"), Answer(334, "abcde"), Answer(250, "fine"), Answer(354)],
)
def test_sign_in_that_is_answered_with_nonsense_is_not_blamed_on_the_password(
    answer: Answer,
) -> None:
    with FaultySmtpServer(accounts={"nora": "right"}) as relay:
        relay.inject(Stage.AUTH, answer, times=None)
        outcome = send_once(relay, username="nora", password="right")
        relay.mend()
        assert send_once(relay, username="nora", password="right") == Sent()
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.CHANNEL
    assert "PASSWORD" not in outcome.reason
    assert "password" not in outcome.reason


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT])
def test_demand_to_sign_in_is_a_matter_of_settings(relay: FaultySmtpServer, stage: Stage) -> None:
    relay.inject(stage, Answer(530, "5.7.0 authentication required"))
    outcome = send_once(relay)
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS


def test_server_without_sign_in_is_a_matter_of_settings(relay: FaultySmtpServer) -> None:
    outcome = send_once(relay, username="nora", password="secret")
    assert isinstance(outcome, Again)
    assert outcome.concern is Concern.SETTINGS


def test_password_never_crosses_a_network_in_the_clear() -> None:
    def open_line(host: str, *, use_tls: bool = False) -> MailServer:
        return MailServer(host, 25, SENDER, use_tls=use_tls, username="nora", password="secret")

    with pytest.raises(UsageError, match="in the clear"):
        open_line("mail.example.org")
    assert "secret" not in repr(open_line("mail.example.org", use_tls=True))
    open_line("127.0.0.1")
    open_line("localhost")
