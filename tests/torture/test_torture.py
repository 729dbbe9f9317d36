"""A short storm: what the long one shows with a thousand kills must hold with six.

Afterwards one thing at a time is put wrong in what it left, and the verdict has to see it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest

from form_server.ledger import DeliveryState
from tests.torture.aftermath import Aftermath, Order
from tests.torture.figures import figures_of
from tests.torture.postings import Try
from tests.torture.storm import Storm
from tests.torture.verdict import Verdict


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    return Storm(Order(referrals=60, kills=6), tmp_path_factory.mktemp("storm")).run()


@pytest.fixture
def broken_after(after: Aftermath) -> Callable[[Callable[[Aftermath], None]], str]:
    """What the verdict says once the records of the run were changed."""

    def judge(spoil: Callable[[Aftermath], None]) -> str:
        spoilt = replace(
            after,
            relay=replace(after.relay, received=list(after.relay.received)),
            book=copy.copy(after.book),
            leaks=list(after.leaks),
            stuck=dict(after.stuck),
        )
        spoilt.book.postings = copy.deepcopy(after.book.postings)
        spoil(spoilt)
        with spoilt.open_ledger() as ledger:
            return "\n".join(Verdict(spoilt, ledger).broken)

    return judge


def test_no_referral_is_lost_leaked_or_mailed_twice_without_cause(after: Aftermath) -> None:
    with after.open_ledger() as ledger:
        verdict = Verdict(after, ledger)
        figures = figures_of(verdict)
    assert verdict.broken == ()
    assert (figures.posted, figures.killed, figures.lost) == (60, 6, 0)
    # Proof that there was a storm, and that it struck where it meant to.
    assert figures.struck_in_time >= 4
    assert sum(after.weather.faults.values()) > 0
    assert figures.mails >= 2 * figures.accepted


def test_receipt_that_the_ledger_does_not_hold_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        after.book.postings[0].tokens = {"A" * 22}

    assert "posting 0 was accepted, and the ledger does not know its link" in broken_after(spoil)


def test_words_that_were_not_posted_are_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        after.book.postings[0].words["note"] = "Something else."

    assert "the envelope says something else in note" in broken_after(spoil)


def test_notice_that_never_came_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        gone = after.relay.received[-1].message_id
        after.relay.received[:] = [one for one in after.relay.received if one.message_id != gone]

    assert "never" in broken_after(spoil)


def test_mail_that_changed_between_two_attempts_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        last = after.relay.received[-1]
        after.relay.received.append(replace(last, data=last.data + b"x"))
        after.weather.taken_unanswered.append(False)

    said = broken_after(spoil)
    assert "changed between two attempts" in said
    assert "came again although it had been answered" in said


def test_reply_that_came_twice_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        reply = next(one for one in after.relay.received if one.recipients[0].startswith("reply"))
        after.relay.received.append(reply)
        after.weather.taken_unanswered.append(False)

    assert "was received 2 times, and may be once" in broken_after(spoil)


def test_stuck_mail_that_nobody_refused_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        after.stuck.update({str(number): "somebody@example.org" for number in range(99)})

    assert "99 mails to somebody@example.org were stuck" in broken_after(spoil)


def test_request_that_failed_while_the_server_was_up_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        up_s = next(life.up_s for life in after.lives.lived if life.up_s is not None)
        after.book.postings[0].tries.extend([Try(up_s, up_s, None)] * 5)

    assert "of the requests were accepted while it was up" in broken_after(spoil)


def test_patient_in_a_mail_is_seen(
    broken_after: Callable[[Callable[[Aftermath], None]], str],
) -> None:
    def spoil(after: Aftermath) -> None:
        last = after.relay.received[-1]
        after.relay.received[-1] = replace(last, data=last.data + b"Quillfeather")

    assert "a patient can be read in the mail" in broken_after(spoil)


def test_every_delivery_of_the_storm_ended(after: Aftermath) -> None:
    with after.open_ledger() as ledger:
        counts = ledger.deliveries.counts()
    ended = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.DISMISSED)
    assert sum(counts[state] for state in ended) > 0
    assert counts[DeliveryState.STUCK] == counts[DeliveryState.RETRYING] == 0
