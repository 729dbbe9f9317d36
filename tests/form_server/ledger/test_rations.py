"""A delivery with a ration is written while the ration lasts, and the referral is kept either way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from form_server.ledger import DeliveryKind, Ledger, Rationed
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import NOON, a_delivery, a_referral, hashed

TONIGHT = NOON + timedelta(hours=12)


def accept(ledger: Ledger, name: bytes) -> int:
    """How many deliveries came of it."""
    new = a_referral()
    mail = a_delivery(referral_id=new.id, kind=DeliveryKind.ACKNOWLEDGEMENT)
    rationed = Rationed(mail, name, limit=3, expires_at=TONIGHT)
    ledger.intake.accept(new, [], actor="office", rationed=rationed)
    assert ledger.referrals.get(new.id).receipt == new.receipt
    return len(ledger.deliveries.of_referral(new.id))


def test_the_ration_ends_and_each_name_has_its_own(ledger: Ledger) -> None:
    assert [accept(ledger, hashed("ana")) for _ in range(5)] == [1, 1, 1, 0, 0]
    assert accept(ledger, hashed("dana")) == 1


def test_the_count_is_forgotten_in_time(ledger: Ledger, clock: MovableClock) -> None:
    for _ in range(4):
        accept(ledger, hashed("ana"))
    clock.advance(timedelta(hours=13))
    ledger.intake.forget_expired()
    assert accept(ledger, hashed("ana")) == 1


def test_many_at_once_do_not_stretch_it(ledger: Ledger) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: accept(ledger, hashed("ana")), range(12))) == 3
