from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from form_server.ledger import Ledger, NotFound
from form_server.ledger.agreements import NewAgreement, Purpose

TODAY = date(2026, 3, 2)
SIGNED = NewAgreement(
    "g1", "Example Mail, Inc.", Purpose.MAIL, date(2026, 1, 5), date(2026, 3, 2), "Nora Ellison",
    "SMTP.example.org",
)  # fmt: skip


def test_an_agreement_about_mail_holds_for_its_own_server_until_its_last_day(
    ledger: Ledger,
) -> None:
    ledger.agreements.record(SIGNED, user_id="user-1")

    found = ledger.agreements.for_mail("smtp.example.org", TODAY)
    assert found is not None
    assert (found.vendor, found.recorded_by) == ("Example Mail, Inc.", "user-1")
    assert ledger.agreements.for_mail("smtp.elsewhere.example", TODAY) is None
    assert ledger.agreements.for_mail("smtp.example.org", date(2026, 3, 3)) is None
    assert ledger.agreements.for_mail("smtp.example.org", date(2026, 1, 4)) is None


def test_an_agreement_about_something_else_says_nothing_about_mail(ledger: Ledger) -> None:
    ledger.agreements.record(replace(SIGNED, purpose=Purpose.BACKUP), user_id="user-1")
    assert ledger.agreements.for_mail("smtp.example.org", TODAY) is None


def test_an_ended_agreement_holds_no_longer_and_stays_on_record(ledger: Ledger) -> None:
    ledger.agreements.record(SIGNED, user_id="user-1")
    ledger.agreements.end("g1", user_id="user-1")

    assert ledger.agreements.for_mail("smtp.example.org", TODAY) is None
    (kept,) = ledger.agreements.all()
    assert kept.ended_at is not None
    with pytest.raises(NotFound):
        ledger.agreements.end("g1", user_id="user-1")
    actions = [entry.action for entry in ledger.audit.recent(2)]
    assert actions == ["agreement.ended", "agreement.recorded"]


def test_two_taps_record_one_agreement(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.agreements.record(SIGNED, user_id="user-1")
    assert len(ledger.agreements.all()) == 1
    assert [one.action for one in ledger.audit.recent(50)].count("agreement.recorded") == 1


def test_renewal_is_wanted_a_month_before(ledger: Ledger) -> None:
    ledger.agreements.record(SIGNED, user_id="user-1")
    (one,) = ledger.agreements.all()
    assert one.wants_renewal(date(2026, 1, 31))
    assert not one.wants_renewal(date(2026, 1, 30))
    assert one.wants_renewal(date(2026, 5, 1))
