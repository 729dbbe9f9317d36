"""Agreements with vendors: whether whole referrals may go out by mail, and what runs out soon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from form_server.doctor.findings import Findings, ok, warn
from form_server.ledger import Ledger
from form_server.settings import Settings
from form_server.whole_mail import TODO, WHY_LOCKED, WholeMail
from outreach_kit.practice import Practice


def check_agreements(
    settings: Settings, practice: Practice, ledger: Ledger, clock: Callable[[], datetime]
) -> Findings:
    whole_mail = WholeMail.of(settings, ledger, lambda: practice.time_zone, clock)
    if whole_mail.is_locked():
        yield warn("agreements", WHY_LOCKED.format(server=whole_mail.mail_server), TODO)
    elif whole_mail.is_asked():
        yield ok(
            "agreements", f"mail through {whole_mail.mail_server} may say what a referral says."
        )
    today = clock().astimezone(practice.time_zone).date()
    for one in ledger.agreements.all():
        if one.wants_renewal(today):
            yield warn(
                "agreements",
                f"the one with {one.vendor} ends on {one.renews_on}.",
                "Renew it, then record it anew at the desk under Privacy, Agreements.",
            )
