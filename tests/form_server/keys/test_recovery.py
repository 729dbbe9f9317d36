from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from form_server.keys import (
    KeyReplaced,
    NoSuchUser,
    NotHeld,
    NothingToRecover,
    add_inbox,
    open_sheet,
    open_user,
    readmit,
    renew_recovery,
    rotate_inbox,
)
from form_server.ledger import HolderKind, Ledger, NewSession
from form_server.ledger.tables import recovery_key
from form_server.vault import KeyPair, KeyRefused, RecoveryRefused, RecoverySecret
from tests.form_server.keys.house import NOW, OWNER, House
from tests.tables import lay_tables

SAM = "sam@harborstreet.example"


def test_the_sheet_lets_everybody_back_in_when_all_words_are_lost(house: House) -> None:
    sam = house.join("sam", inbox_ids=[])
    sams = add_inbox(
        house.ledger, house.owner, name="Sam Rivera", clinician="sam-rivera", user_ids=[sam.id]
    )
    rotate_inbox(house.ledger, house.owner, house.inbox_id)
    mine, theirs = house.receive(b"mine"), house.receive(b"theirs", sams)
    before = [mine.envelope, theirs.envelope]
    typed = RecoverySecret.parse("\n".join(house.founding.recovery.groups).lower())

    nora = readmit(house.ledger, typed, email=OWNER.upper())
    again = readmit(house.ledger, typed, email=SAM)

    owner = open_user(house.ledger, OWNER, nora.passphrase)
    sam = open_user(house.ledger, SAM, again.passphrase)
    assert house.read(owner, mine) == b"mine"
    assert house.read(sam, theirs) == b"theirs"
    for who, shut in ((owner, theirs), (sam, mine)):
        with pytest.raises(KeyError):
            house.read(who, shut)
    assert [house.ledger.referrals.get(one.id).envelope for one in (mine, theirs)] == before
    assert owner.id == house.owner.id
    assert "user.recovered" in house.actions()


def test_what_was_lost_opens_nothing_any_more(house: House) -> None:
    until = NOW + timedelta(hours=1)
    house.ledger.sessions.start(NewSession(b"t" * 32, house.owner.id, b"key", NOW, until, ""))

    readmit(house.ledger, house.founding.recovery, email=OWNER)

    assert house.ledger.sessions.get(b"t" * 32, NOW) is None
    with pytest.raises(KeyRefused):
        house.keys_of(house.owner)


def test_another_sheet_lets_nobody_in(house: House) -> None:
    with pytest.raises(RecoveryRefused):
        readmit(house.ledger, RecoverySecret.generate(), email=OWNER)

    assert open_user(house.ledger, OWNER, house.founding.passphrase).id == house.owner.id


def test_the_sheet_makes_no_new_users(house: House) -> None:
    with pytest.raises(NoSuchUser, match=OWNER):
        readmit(house.ledger, house.founding.recovery, email="else@harborstreet.example")


def test_there_is_nothing_to_recover_before_founding(tmp_path: Path) -> None:
    lay_tables(tmp_path / "ledger.db")
    with (
        Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger,
        pytest.raises(NothingToRecover, match="init"),
    ):
        readmit(ledger, RecoverySecret.generate(), email=OWNER)


def test_a_new_sheet_opens_everything_and_the_old_one_nothing(house: House) -> None:
    first = house.receive(b"first")
    rotate_inbox(house.ledger, house.owner, house.inbox_id)
    second = house.receive(b"second")

    new = RecoverySecret.generate()

    renew_recovery(house.ledger, house.owner, new)

    sheet = open_sheet(house.ledger, new)
    assert [house.read(sheet, one) for one in (first, second)] == [b"first", b"second"]
    with pytest.raises(RecoveryRefused, match="newer sheet"):
        open_sheet(house.ledger, house.founding.recovery)
    assert [house.ledger.referrals.get(one.id) for one in (first, second)] == [first, second]
    rotate_inbox(house.ledger, house.owner, house.inbox_id)
    assert house.read(sheet, house.receive(b"third")) == b"third"


def test_the_old_sheet_itself_can_make_the_new_one(house: House) -> None:
    sam = house.join("sam", inbox_ids=[])
    add_inbox(
        house.ledger, house.owner, name="Sam Rivera", clinician="sam-rivera", user_ids=[sam.id]
    )
    with pytest.raises(NotHeld, match="Sam Rivera"):
        renew_recovery(house.ledger, house.owner, RecoverySecret.generate())
    new, old = RecoverySecret.generate(), house.sheet.id

    renew_recovery(house.ledger, house.sheet, new)

    held = house.keys_of(open_sheet(house.ledger, new))
    assert len(held) == 2
    retired = house.ledger.inboxes.grants_for(HolderKind.RECOVERY, old)
    assert retired == []


def test_a_replaced_recovery_key_is_noticed(house: House) -> None:
    strangers = KeyPair.generate().public.to_bytes()
    with house.ledger._store.write() as connection:
        connection.execute(recovery_key.update().values(public_key=strangers))

    with pytest.raises(KeyReplaced, match="recovery sheet"):
        readmit(house.ledger, house.founding.recovery, email=OWNER)
