from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from form_server.ledger import (
    AttemptResult,
    Fit,
    InboxKey,
    Ledger,
    NewInbox,
    Outcome,
    SourceKind,
    ThanksOwed,
)
from tests.form_server.ledger.things import NOON, accept_one, an_attempt

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def sources(ledger: Ledger) -> None:
    for code, name, kind in (
        ("clinic", "Alder Clinic", SourceKind.OFFICE),
        ("school", "Alder School", SourceKind.SCHOOL),
        ("anne", "Anne", SourceKind.FRIEND),
        ("psychology-today", "Psychology Today", SourceKind.DIRECTORY),
    ):
        ledger.sources.add(code, name, kind, actor="test")


def owed(ledger: Ledger) -> dict[str, int]:
    return {one.source: one.count for one in ledger.owing.thanks(["inbox-1"])}


def test_a_thank_you_is_owed_for_every_referral_whatever_its_outcome(ledger: Ledger) -> None:
    accept_one(ledger, source="school")
    first = accept_one(ledger, source="clinic", received_at=NOON - HOUR)
    taken = accept_one(ledger, source="clinic")
    ledger.steps.close(taken.id, Outcome.UNREACHABLE, "user-1")

    clinic, school = ledger.owing.thanks(["inbox-1"])

    assert clinic == ThanksOwed("clinic", "Alder Clinic", 2, first.received_at, taken.id)
    assert (school.source, school.count) == ("school", 1)


def test_nobody_is_thanked_who_has_no_card_to_get(ledger: Ledger) -> None:
    accept_one(ledger, source="anne")
    accept_one(ledger, source="psychology-today")
    accept_one(ledger, source=None, kind="self")
    accept_one(ledger, source="clinic", flags="drill")
    accept_one(ledger, source="clinic", flags="quarantine")
    spam = accept_one(ledger, source="clinic")
    ledger.steps.close(spam.id, Outcome.SPAM, "user-1")
    accept_one(ledger, source="clinic", received_at=NOON - timedelta(days=366))

    assert owed(ledger) == {}


def test_offices_without_a_code_are_owed_one_too_and_stand_last(ledger: Ledger) -> None:
    accept_one(ledger, source=None)
    accept_one(ledger, source="never-handed-out")
    accept_one(ledger, source="clinic")

    assert [(one.source, one.count) for one in ledger.owing.thanks(["inbox-1"])] == [
        ("clinic", 1),
        ("", 2),
    ]


def thank(ledger: Ledger, *codes: str) -> int:
    """With cards, made and mailed; how many referrals that thanked for."""
    cards = ledger.thank_yous.to_print(["inbox-1"], NOON + timedelta(days=40))
    chosen = [one for one in cards if one.source in codes]
    ledger.thank_yous.print(chosen, ["inbox-1"], actor="test")
    return ledger.thank_yous.mail([one.id for one in ledger.thank_yous.lying()], actor="test")


def test_what_is_written_down_late_is_still_owed(ledger: Ledger) -> None:
    accept_one(ledger, source="clinic")
    assert thank(ledger, "clinic") == 1

    accept_one(ledger, source="clinic", received_at=NOON - 5 * HOUR)

    assert owed(ledger) == {"clinic": 1}


def test_offices_without_a_code_are_thanked_together(ledger: Ledger) -> None:
    accept_one(ledger, source=None)
    accept_one(ledger, source="never-handed-out")
    accept_one(ledger, source="clinic")

    assert thank(ledger, "") == 2
    assert owed(ledger) == {"clinic": 1}


def test_what_stands_behind_a_card_is_told_newest_first(ledger: Ledger) -> None:
    accept_one(ledger, source="clinic", received_at=NOON - 3 * HOUR)
    thank(ledger, "clinic")
    first = accept_one(ledger, source="clinic", received_at=NOON - 2 * HOUR)
    nameless = accept_one(ledger, source=None, received_at=NOON - HOUR)
    last = accept_one(ledger, source="clinic", received_at=NOON - HOUR)
    accept_one(ledger, source="clinic")

    behind = ledger.owing.behind
    assert behind(["inbox-1"], "clinic", NOON) == [last.id, first.id]
    assert behind(["inbox-1"], "", NOON) == [nameless.id]
    assert behind(["inbox-2"], "clinic", NOON) == []


def test_the_newest_that_did_not_fit_is_told_by_source(ledger: Ledger) -> None:
    for code, at, fit in (
        ("clinic", NOON - 3 * HOUR, Fit.OUT),
        ("clinic", NOON - 2 * HOUR, Fit.OUT),
        ("clinic", NOON, Fit.OUT),
        ("school", NOON - HOUR, Fit.IN),
        ("anne", NOON - HOUR, Fit.OUT),
    ):
        one = accept_one(ledger, source=code, received_at=at)
        ledger.steps.mark_fit(one.id, fit, "user-1")
    spam = accept_one(ledger, source="school", received_at=NOON - HOUR)
    ledger.steps.mark_fit(spam.id, Fit.OUT, "user-1")
    ledger.steps.close(spam.id, Outcome.SPAM, "user-1")

    def newest(inbox_id: str) -> dict[str, datetime]:
        since = NOON - timedelta(days=1)
        return ledger.owing.last_mismatches([inbox_id], ["clinic", "school"], since, NOON)

    assert newest("inbox-1") == {"clinic": NOON - 2 * HOUR}
    assert newest("inbox-2") == {}


def test_another_inbox_owes_its_own(ledger: Ledger) -> None:
    other = NewInbox("inbox-2", "Sam Rivera", "sam-rivera")
    ledger.inboxes.add(other, InboxKey("inbox-2", 1, b"public"), [], actor="test")
    accept_one(ledger, source="clinic", inbox_id="inbox-2")

    assert thank(ledger, "clinic") == 0
    assert [one.count for one in ledger.owing.thanks(["inbox-2"])] == [1]


def test_people_nobody_has_reached_come_with_their_tries(ledger: Ledger) -> None:
    reached, closed, tried, _waiting = (accept_one(ledger) for _ in range(4))
    for one in (reached, closed, tried):
        ledger.steps.record_attempt(an_attempt(one.id, NOON + HOUR))
    ledger.steps.record_attempt(an_attempt(tried.id, NOON + 3 * HOUR))
    talked = an_attempt(reached.id, NOON + 2 * HOUR)
    ledger.steps.record_attempt(replace(talked, result=AttemptResult.REACHED))
    ledger.steps.close(closed.id, Outcome.WITHDRAWN, "user-1")

    (left,) = ledger.owing.unreached(["inbox-1"])

    assert left.referral_id == tried.id
    assert left.tried_at == (NOON + HOUR, NOON + 3 * HOUR)
    assert ledger.owing.unreached(["inbox-2"]) == []
