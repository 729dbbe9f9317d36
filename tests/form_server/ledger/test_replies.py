from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from form_server.ledger import (
    Channel,
    DeliveryKind,
    DeliveryState,
    Ledger,
    NewReply,
    NotFound,
    NotNow,
    Outcome,
    ReplyWay,
    Whom,
)
from form_server.ledger.purging import Deletion
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, accept_one

_numbers = count(1)
_MINUTE = timedelta(minutes=1)


def a_reply(referral_id: str, **changes: Any) -> NewReply:
    plain = NewReply(
        id=f"reply{next(_numbers):06}",
        referral_id=referral_id,
        user_id="user-1",
        at=NOON,
        whom=Whom.SOURCE,
        about=Outcome.SCHEDULED,
        way=ReplyWay.MAIL,
        words=b"sealed words",
    )
    return replace(plain, **changes)


def a_mail(referral_id: str) -> Any:
    return a_delivery(kind=DeliveryKind.REPLY, referral_id=referral_id, due_at=NOON + _MINUTE)


def test_a_reply_by_mail_stands_with_its_delivery(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    new, mail = a_reply(referral.id), a_mail(referral.id)

    ledger.replies.record(new, mail)

    (kept,) = ledger.replies.of_referral(referral.id)
    assert (kept.whom, kept.about, kept.way) == (Whom.SOURCE, Outcome.SCHEDULED, ReplyWay.MAIL)
    assert kept.words == b"sealed words"
    assert kept.delivery is DeliveryState.PENDING
    row = ledger.deliveries.get(mail.id)
    assert (row.kind, row.channel, row.due_at) == (
        DeliveryKind.REPLY, Channel.EMAIL, NOON + _MINUTE,
    )  # fmt: skip
    entry = ledger.audit.of_referral(referral.id)[-1]
    assert (entry.action, entry.detail) == ("reply.recorded", "source scheduled mail")


def test_a_button_that_was_tapped_twice_tells_once(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    new = a_reply(referral.id)

    ledger.replies.record(new, a_mail(referral.id))
    ledger.replies.record(new, a_mail(referral.id))

    assert len(ledger.replies.of_referral(referral.id)) == 1
    assert len(ledger.deliveries.of_referral(referral.id)) == 1


def test_a_mail_is_taken_back_before_it_goes_and_leaves_nothing_to_send(
    ledger: Ledger, clock: MovableClock
) -> None:
    referral = accept_one(ledger)
    new, mail = a_reply(referral.id), a_mail(referral.id)
    ledger.replies.record(new, mail)

    ledger.replies.take_back(new.id, "user-1", NOON)

    assert ledger.replies.of_referral(referral.id) == []
    assert ledger.deliveries.get(mail.id).state is DeliveryState.DISMISSED
    clock.advance(timedelta(minutes=2))
    assert ledger.queue.claim("w", clock(), 10) == []


def test_a_mail_that_is_going_out_is_not_taken_back(ledger: Ledger, clock: MovableClock) -> None:
    referral = accept_one(ledger)
    new = a_reply(referral.id)
    ledger.replies.record(new, a_mail(referral.id))
    clock.advance(timedelta(minutes=2))
    assert len(ledger.queue.claim("w", clock(), 10)) == 1

    with pytest.raises(NotNow):
        ledger.replies.take_back(new.id, "user-1", NOON)

    assert len(ledger.replies.of_referral(referral.id)) == 1


@pytest.mark.parametrize(("user_id", "since"), [("user-2", NOON), ("user-1", NOON + _MINUTE)])
def test_only_ones_own_fresh_reply_is_taken_back(ledger: Ledger, user_id: str, since: Any) -> None:
    referral = accept_one(ledger)
    new = a_reply(referral.id, way=ReplyWay.PHONE)
    ledger.replies.record(new)

    with pytest.raises(NotFound):
        ledger.replies.take_back(new.id, user_id, since)

    assert len(ledger.replies.of_referral(referral.id)) == 1


def test_nothing_is_answered_once_it_is_closed(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    ledger.steps.close(referral.id, Outcome.SPAM, "user-1")

    with pytest.raises(NotNow):
        ledger.replies.record(a_reply(referral.id))
    with pytest.raises(NotNow):
        ledger.replies.begin_closing(referral.id, Outcome.SCHEDULED, "user-1")


def test_the_picked_ending_waits_until_it_is_changed_stopped_or_done(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    assert ledger.replies.closing_as(referral.id) is None

    ledger.replies.begin_closing(referral.id, Outcome.SCHEDULED, "user-1")
    ledger.replies.begin_closing(referral.id, Outcome.UNATTENDED, "user-1")
    assert ledger.replies.closing_as(referral.id) is Outcome.UNATTENDED
    ledger.replies.stop_closing(referral.id, "user-1")
    assert ledger.replies.closing_as(referral.id) is None
    ledger.replies.begin_closing(referral.id, Outcome.UNATTENDED, "user-1")
    ledger.steps.close(referral.id, Outcome.UNATTENDED, "user-1")
    assert ledger.replies.closing_as(referral.id) is None


def test_retention_takes_the_words_and_leaves_that_it_was_answered(ledger: Ledger) -> None:
    referral = accept_one(ledger)
    ledger.replies.record(a_reply(referral.id, way=ReplyWay.PHONE))
    ledger.steps.close(referral.id, Outcome.SCHEDULED, "user-1")

    ledger.purging.purge(Deletion(referral.id, NOON, "days=1"))

    (kept,) = ledger.replies.of_referral(referral.id)
    assert kept.words is None


def test_a_consent_that_the_practice_took_is_a_flag_until_it_is_withdrawn(ledger: Ledger) -> None:
    referral = accept_one(ledger, flags="read_first")

    ledger.replies.set_consent(referral.id, "user-1", given=True)
    ledger.replies.set_consent(referral.id, "user-1", given=True)
    flags = ledger.referrals.get(referral.id).flags
    assert flags == {"read_first", "outcome_consent", "own_consent"}
    ledger.replies.set_consent(referral.id, "user-1", given=False)

    assert ledger.referrals.get(referral.id).flags == {"read_first"}
    actions = [entry.action for entry in ledger.audit.of_referral(referral.id)]
    assert actions[-2:] == ["referral.consent_given", "referral.consent_withdrawn"]
