from __future__ import annotations

from pathlib import Path

import pytest

from form_server.ledger import Ledger, NotFound
from tests.form_server.ledger.things import a_delivery, a_referral, accept_one, an_attempt


def test_an_erased_referral_takes_all_of_its_rows_along_and_no_others(ledger: Ledger) -> None:
    gone, kept = a_referral(), a_referral()
    for one in (gone, kept):
        ledger.intake.accept(one, [a_delivery(referral_id=one.id)], actor="office")
        ledger.steps.record_attempt(an_attempt(one.id))

    assert ledger.erasing.erase([gone.id, "no-such"], actor="worker") == 1

    with pytest.raises(NotFound):
        ledger.referrals.get(gone.id)
    assert ledger.deliveries.of_referral(gone.id) == []
    assert ledger.referrals.attempts(gone.id) == []
    assert ledger.referrals.get(kept.id).attempt_count == 1
    assert len(ledger.deliveries.of_referral(kept.id)) == 1
    assert ledger.audit.of_referral(gone.id)[-1].action == "referral.erased"


def test_the_same_words_are_a_new_referral_after_erasing(ledger: Ledger) -> None:
    first = accept_one(ledger)
    ledger.erasing.erase([first.id], actor="worker")
    again = a_referral(dedupe_hash=first.dedupe_hash, submission_id_hash=first.submission_id_hash)
    assert not ledger.intake.accept(again, [], actor="office").repeated


def test_many_are_erased_at_once(ledger: Ledger) -> None:
    ids = [accept_one(ledger).id for _ in range(230)]
    assert ledger.erasing.erase(ids, actor="worker") == 230
    assert ledger.upkeep.row_counts()["referral"] == 0


def test_erased_bytes_are_gone_from_the_file(sqlite_ledger: Ledger) -> None:
    one = accept_one(sqlite_ledger, envelope=b"a very sealed envelope" * 9)
    file = Path(sqlite_ledger.shown.removeprefix("sqlite:///"))
    sqlite_ledger.truncate_wal()
    assert b"a very sealed envelope" in file.read_bytes()

    sqlite_ledger.erasing.erase([one.id], actor="worker")
    sqlite_ledger.truncate_wal()

    assert b"a very sealed envelope" not in file.read_bytes()
    assert b"a very sealed envelope" not in file.with_name(file.name + "-wal").read_bytes()


def test_the_log_is_emptied_once_and_tried_again_while_somebody_reads(ledger: Ledger) -> None:
    calls: list[bool] = []

    def truncate(*, done: bool) -> bool:
        calls.append(done)
        return done

    assert ledger.erasing.fold(lambda: truncate(done=True))
    assert calls == []
    ledger.erasing.erase([accept_one(ledger).id], actor="worker", rule="erased: asked")
    assert not ledger.erasing.fold(lambda: truncate(done=False))
    assert ledger.erasing.is_folding_owed()
    assert ledger.erasing.fold(lambda: truncate(done=True))
    assert ledger.erasing.fold(lambda: truncate(done=True))
    assert calls == [False, True]


def test_why_it_was_erased_stands_in_the_record(ledger: Ledger) -> None:
    one = accept_one(ledger)
    ledger.erasing.erase([one.id], actor="user:user-1", rule="erased: asked")
    (record,) = ledger.purging.deletions()
    assert (record.id, record.rule) == (one.id, "erased: asked")
    assert ledger.audit.of_referral(one.id)[-1].detail == "erased: asked"
    while ledger.audit.chain():
        pass
    assert ledger.audit.verify() is not None
