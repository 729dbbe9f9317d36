from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from form_server.doctor.agreed import check_agreements
from form_server.doctor.findings import Verdict
from form_server.ledger import Ledger
from form_server.ledger.agreements import NewAgreement, Purpose
from form_server.settings import Forward, MailSettings, Settings
from form_server.whole_mail import WholeMail
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from tests.form_server.ledger.conftest import sqlite_url
from tests.form_server.ledger.things import establish

__all__ = ["sqlite_url"]
HOST = "smtp.example.org"
LATE = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)  # still the second of March in Alder Falls
AGREED = NewAgreement(
    "g1", "Example Mail", Purpose.MAIL, date(2026, 1, 5), date(2026, 3, 2), "Nora", HOST
)


@pytest.fixture
def ledger(sqlite_url: str) -> Ledger:
    opened = Ledger.open(sqlite_url, clock=lambda: LATE)
    opened.migrate()
    establish(opened)
    return opened


def settings_with(tmp_path: Path, forward: Forward = Forward.FULL) -> Settings:
    mail = MailSettings(host=HOST, port=587, sender="a@example.org", use_tls=True)
    return Settings(
        practice=SAMPLE_PRACTICE, var=tmp_path, database_url="sqlite:///x", url="https://x.example",
        forward=forward, mail=mail,
    )  # fmt: skip


def whole_mail(ledger: Ledger, forward: Forward = Forward.FULL, *, own: bool = False) -> WholeMail:
    zone = ZoneInfo("America/Los_Angeles")
    return WholeMail(ledger, forward, HOST, lambda: zone, lambda: LATE, own)


def test_full_stays_locked_until_the_agreement_is_recorded(ledger: Ledger) -> None:
    assert whole_mail(ledger).is_locked()
    assert not whole_mail(ledger).is_open()

    ledger.agreements.record(AGREED, user_id="user-1")

    assert whole_mail(ledger).is_open()
    ledger.agreements.end("g1", user_id="user-1")
    assert not whole_mail(ledger).is_open()


def test_its_last_day_is_one_on_the_practices_clock(ledger: Ledger) -> None:
    ledger.agreements.record(AGREED, user_id="user-1")
    assert whole_mail(ledger).is_agreed()
    later = replace(whole_mail(ledger), clock=lambda: LATE.replace(hour=9))
    assert not later.is_agreed()


def test_an_agreement_with_another_mail_provider_unlocks_nothing(ledger: Ledger) -> None:
    ledger.agreements.record(replace(AGREED, mail_server="mx.example"), user_id="user-1")
    assert whole_mail(ledger).is_locked()


def test_notices_need_no_agreement_and_the_demos_own_mailbox_is_excepted(ledger: Ledger) -> None:
    assert not whole_mail(ledger, Forward.NOTICE).is_locked()
    assert not whole_mail(ledger, Forward.NOTICE, own=True).is_open()
    assert whole_mail(ledger, own=True).is_open()


def test_doctor_says_why_it_is_locked_and_what_runs_out(ledger: Ledger, tmp_path: Path) -> None:
    settings, practice = settings_with(tmp_path), load_practice(SAMPLE_PRACTICE)
    (locked,) = check_agreements(settings, practice, ledger, lambda: LATE)
    assert locked.verdict is Verdict.WARN
    assert HOST in locked.words
    assert "Agreements" in locked.todo

    ledger.agreements.record(AGREED, user_id="user-1")
    unlocked, soon = check_agreements(settings, practice, ledger, lambda: LATE)
    assert unlocked.verdict is Verdict.OK
    assert "2026-03-02" in soon.words
    quiet = settings_with(tmp_path, Forward.NOTICE)
    assert [one.verdict for one in check_agreements(quiet, practice, ledger, lambda: LATE)] == [
        Verdict.WARN
    ]
