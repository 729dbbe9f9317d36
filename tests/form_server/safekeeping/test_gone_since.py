"""What was deleted after the backup is not brought back by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from form_server.ledger import AnsweredHow, Attempt, AttemptMeans, AttemptResult, NotFound
from form_server.ledger import Outcome as Ending
from form_server.ledger.erasing import ERASED
from form_server.ledger.purging import Deletion
from form_server.safekeeping import BackedUp, back_up
from form_server.settings import Settings
from form_server.vault import Binding, open_sealed
from tests.form_server.office.house import House
from tests.form_server.safekeeping.moving import NOW, SAYS_MUCH, bring_back, ledger_of, now


def test_what_was_deleted_since_goes_again(house: House, backup: BackedUp, empty: Settings) -> None:
    gone, kept = house.referrals()
    done = bring_back(
        house, backup, empty, Deletion(gone.id, NOW, "one year"), Deletion("unknown", NOW, "x")
    )

    assert done.deleted_again == 1
    with ledger_of(empty) as ledger:
        with pytest.raises(NotFound):
            ledger.referrals.get(gone.id)
        assert ledger.referrals.get(kept.id).envelope
        assert [one.id for one in ledger.purging.deletions()] == [gone.id]
        file = Path(ledger.shown.removeprefix("sqlite:///"))
    assert gone.envelope[-200:] not in file.read_bytes()
    assert kept.envelope[-200:] in file.read_bytes()


def test_a_closed_one_that_was_purged_since_leaves_its_figures(
    house: House, tmp_path: Path, empty: Settings
) -> None:
    assert house.client.post("/referrals", data=SAYS_MUCH).status_code == 303
    (referral,) = house.referrals()
    user = house.ledger.people.users()[0].id
    house.ledger.steps.record_attempt(
        Attempt("a1", referral.id, user, NOW, AttemptMeans.CALL, AttemptResult.REACHED)
    )
    house.ledger.steps.close(referral.id, Ending.SCHEDULED, user)
    backup = back_up(house.settings, tmp_path / "x.tar", now)

    bring_back(house, backup, empty, Deletion(referral.id, NOW, "one year"))

    with ledger_of(empty) as ledger:
        found = ledger.referrals.get(referral.id)
        assert (found.envelope, found.outcome) == (b"", Ending.SCHEDULED)


def test_a_closed_one_that_was_erased_since_leaves_nothing(
    house: House, tmp_path: Path, empty: Settings
) -> None:
    assert house.client.post("/referrals", data=SAYS_MUCH).status_code == 303
    (referral,) = house.referrals()
    house.ledger.steps.close(referral.id, Ending.SPAM, house.ledger.people.users()[0].id)
    backup = back_up(house.settings, tmp_path / "x.tar", now)

    bring_back(house, backup, empty, Deletion(referral.id, NOW, f"{ERASED}: asked"))

    with ledger_of(empty) as ledger:
        with pytest.raises(NotFound):
            ledger.referrals.get(referral.id)
        (record,) = ledger.purging.deletions()
        assert (record.id, record.rule) == (referral.id, "erased: asked")


def test_questions_come_back_whole_and_those_that_went_since_go_again(
    house: House, tmp_path: Path, empty: Settings
) -> None:
    asked = {"referrer_name": "Ana", "referrer_office": "Clinic", "referrer_phone": "360 555 0177"}
    for number in range(3):
        data = {**asked, "question": f"Number {number}?"}
        assert house.client.post("/questions", data=data).status_code == 303
    user = house.ledger.people.users()[0].id
    inboxes = [one.id for one in house.ledger.inboxes.all()]
    kept, answered, gone = house.ledger.questions.waiting(inboxes)
    house.ledger.question_steps.answer(answered.id, AnsweredHow.PHONE, b"sealed", user)
    backup = back_up(house.settings, tmp_path / "x.tar", now)

    done = bring_back(
        house, backup, empty,
        Deletion(answered.id, NOW, "retention 30 days"), Deletion(gone.id, NOW, ERASED),
    )  # fmt: skip

    assert done.deleted_again == 2
    with ledger_of(empty) as ledger:
        about = Binding(ledger.meta.instance_id(), kept.id, kept.inbox_id, kept.key_version)
        found = ledger.questions.get(kept.id)
        assert b"Number" in open_sealed(found.envelope, house.inbox_key, about)
        assert ledger.questions.get(answered.id).envelope == b""
        with pytest.raises(NotFound):
            ledger.questions.get(gone.id)
        held = {one.question_id for one in ledger.holding.held()}
        assert kept.id in held, "nothing about it goes out by itself"
