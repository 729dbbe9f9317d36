from __future__ import annotations

from form_server.ledger import Ledger
from tests.form_server.ledger.conftest import MovableClock

BY = "user:user-1"


def test_an_opt_out_holds_however_the_address_is_written(
    ledger: Ledger, clock: MovableClock
) -> None:
    assert ledger.mailing_list.unsubscribe(" Priya@Mill.example ", actor="reader").is_new
    assert not ledger.mailing_list.unsubscribe("priya@mill.EXAMPLE", actor="reader").is_new
    assert ledger.mailing_list.is_out("PRIYA@mill.example")
    assert not ledger.mailing_list.is_out("sam@mill.example")
    assert ledger.mailing_list.all_out() == {"priya@mill.example": clock.now}


def test_who_asks_for_it_again_gets_it_again(ledger: Ledger) -> None:
    ledger.mailing_list.unsubscribe("priya@mill.example", actor="reader")
    assert ledger.mailing_list.subscribe_again("Priya@mill.example", actor=BY)
    assert not ledger.mailing_list.subscribe_again("priya@mill.example", actor=BY)
    assert not ledger.mailing_list.is_out("priya@mill.example")


def test_the_record_does_not_say_who_left(ledger: Ledger) -> None:
    ledger.mailing_list.unsubscribe("priya@mill.example", actor="reader")
    entry = ledger.audit.recent(1)[0]
    assert (entry.action, entry.detail) == ("newsletter.unsubscribed", "")
