"""What is left of a spoiled row is shown, and hides no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from form_server.ledger import (
    Channel,
    Ledger,
    Outcome,
    PersonFacts,
    Role,
    RowDamaged,
    SourceFacts,
    SourceKind,
)
from form_server.ledger.listing import Sieve
from form_server.ledger.spoiled import Spoiled
from form_server.ledger.tables import referral
from tests.form_server.ledger.spoiling import FAR, spoil
from tests.form_server.ledger.things import NOON, accept_one, an_attempt

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("column", ["received_at", "promised_by", "first_contact_at", "closed_at"])
def test_moment_that_no_calendar_has_hides_no_referral(ledger: Ledger, column: str) -> None:
    spoiled, sound = accept_one(ledger), accept_one(ledger)
    spoil(ledger, referral, spoiled.id, **{column: FAR})

    page = ledger.referrals.open_in(["inbox-1"])
    listed = ledger.listing.page(Sieve(("inbox-1",)), NOON)

    assert {one.id: one.damage for one in page.referrals} == {spoiled.id: (column,), sound.id: ()}
    assert {one.id for one in listed.referrals} == {spoiled.id, sound.id}
    assert ledger.upkeep.find_spoiled() == (Spoiled("referral", spoiled.id, column),)


def test_column_of_another_type_hides_no_referral(sqlite_ledger: Ledger) -> None:
    columns = [one for one in referral.columns if one.name not in {"id", "inbox_id", "key_version"}]
    spoiled = {column.name: accept_one(sqlite_ledger).id for column in columns}
    sound = accept_one(sqlite_ledger).id
    for column in columns:
        wrong = "zz" if isinstance(column.type, sa.LargeBinary) else b"\xff\xfe"
        spoil(sqlite_ledger, referral, spoiled[column.name], **{column.name: wrong})

    page = sqlite_ledger.referrals.open_in(["inbox-1"])
    sqlite_ledger.figures.over(["inbox-1"], NOON - MINUTE, NOON + MINUTE, NOON)

    assert {one.id for one in page.referrals} == {sound, *spoiled.values()}
    told = {(one.column, one.key) for one in sqlite_ledger.upkeep.find_spoiled()}
    assert told == set(spoiled.items())


@pytest.mark.parametrize("column", ["receipt", "source", "flags", "state"])
def test_flipped_bit_in_a_text_hides_no_referral(sqlite_ledger: Ledger, column: str) -> None:
    spoiled, sound = accept_one(sqlite_ledger, flags="read_first"), accept_one(sqlite_ledger)
    broken = f"{column} = CAST(x'77ff' || {column} AS TEXT)"
    with sqlite_ledger._store.write() as connection:
        change = f"UPDATE referral SET {broken} WHERE id = '{spoiled.id}'"
        connection.exec_driver_sql(change)

    page = sqlite_ledger.referrals.open_in(["inbox-1"])

    assert {one.id: set(one.damage) for one in page.referrals} == {
        spoiled.id: {column}, sound.id: set(),
    }  # fmt: skip
    assert Spoiled("referral", spoiled.id, column) in sqlite_ledger.upkeep.find_spoiled()


def test_referral_without_its_promise_counts_as_late(ledger: Ledger) -> None:
    spoiled = accept_one(ledger, promised_by=NOON + timedelta(hours=9))
    spoil(ledger, referral, spoiled.id, promised_by=FAR)
    assert ledger.referrals.get(spoiled.id).promised_by == spoiled.received_at


def test_tries_of_spoiled_words_are_listed(ledger: Ledger) -> None:
    tried = accept_one(ledger)
    ledger.steps.record_attempt(an_attempt(tried.id))
    with ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE attempt SET means = 'carl', result = '', at = -1")
    (shown,) = ledger.referrals.attempts(tried.id)
    assert (shown.means, shown.result) == ("other", "no_answer")


def test_nothing_is_purged_by_a_spoiled_moment(ledger: Ledger) -> None:
    closed = accept_one(ledger)
    ledger.steps.close(closed.id, Outcome.REDIRECTED, "user-1")
    spoil(ledger, referral, closed.id, closed_at=1)
    assert ledger.purging.closed_before(NOON + timedelta(days=900)) == []
    assert ledger.purging.count_closed_before(NOON + timedelta(days=900)) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE inbox SET created_at = 'x', name = x'ff', clinician = x'ff'",
        "UPDATE recipient SET channel = 'emaim'",
        "UPDATE recipient SET position = 'x'",
        "INSERT INTO absence VALUES ('l', 'inbox-1', 'x', 'y', NULL, NULL)",
    ],
)
def test_damage_around_an_inbox_keeps_no_referral_out(sqlite_ledger: Ledger, change: str) -> None:
    with sqlite_ledger._store.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(change)
    sqlite_ledger.inboxes.forget()
    (one,) = sqlite_ledger.inboxes.all()
    (told,) = sqlite_ledger.inboxes.recipients(one.id)
    assert (one.id, told.channel, told.address) == (
        "inbox-1", Channel.EMAIL, "nora@harborstreet.example",
    )  # fmt: skip
    assert sqlite_ledger.inboxes.active_key(one.id).public_key == b"inbox public"
    assert sqlite_ledger.inboxes.leaves(one.id) == ()
    assert sqlite_ledger.upkeep.find_spoiled()


def test_damaged_user_is_allowed_no_more_than_before(sqlite_ledger: Ledger) -> None:
    with sqlite_ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE desk_user SET role = 'ower', removed_at = 'x'")
    user = sqlite_ledger.people.user("user-1")
    assert user.role is not Role.OWNER
    assert user.removed_at is not None
    assert sqlite_ledger.people.users() == []


def test_state_that_lost_its_name_gets_no_other_beside_what_is_sealed(ledger: Ledger) -> None:
    assert ledger.meta.instance_id()
    accept_one(ledger)
    with ledger._store.write() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE key = 'instance_id'")
    with pytest.raises(RowDamaged, match="no name"):
        ledger.meta.instance_id()


def test_spoiled_first_call_is_no_response_time(ledger: Ledger) -> None:
    spoiled, sound = accept_one(ledger), accept_one(ledger)
    ledger.steps.record_attempt(an_attempt(sound.id, NOON + timedelta(hours=2)))
    spoil(ledger, referral, spoiled.id, first_contact_at=FAR)
    seen = ledger.tallies.arrivals(["inbox-1"], [NOON, NOON + timedelta(days=9)])
    assert sorted(seen.response_s, key=str) == [7200.0, None]


def test_promises_that_cannot_be_read_come_first_and_each_once(sqlite_ledger: Ledger) -> None:
    held = [accept_one(sqlite_ledger) for _ in range(7)]
    for one, bad in zip(held[2:6], ("zz", FAR, b"x", -FAR), strict=True):
        spoil(sqlite_ledger, referral, one.id, promised_by=bad)

    seen, after = list[str](), None
    while not seen or after:
        page = sqlite_ledger.referrals.open_in(["inbox-1"], after=after, limit=3)
        seen += [one.id for one in page.referrals]
        after = page.after

    assert seen == [one.id for one in (*held[2:6], *held[:2], held[6])]


def test_damaged_source_stays_on_the_list_and_learns_nothing(sqlite_ledger: Ledger) -> None:
    book = sqlite_ledger.address_book
    for code in ("spoiled", "sound"):
        book.add(code, SourceFacts(code, SourceKind.OFFICE, town="Lynden"), actor="test")
        book.add_person(code, PersonFacts("Dana"), actor="test")
    with sqlite_ledger._store.write() as connection:
        for change in (
            "UPDATE source SET kind = 'ofice', phone = x'ff', latitude = 'x', changed_at = 'x'",
            "UPDATE source_person SET role = 'x', agreed_on = 'x'",
        ):
            column = "source_code" if "person" in change else "code"
            connection.exec_driver_sql(f"{change} WHERE {column} = 'spoiled'")

    assert {one.code: one.facts.town for one in book.all()} == {
        "spoiled": "Lynden", "sound": "Lynden",
    }  # fmt: skip
    assert {code: one.facts.name for code, (one,) in book.people().items()} == {
        "spoiled": "Dana", "sound": "Dana",
    }  # fmt: skip
    at_the_door = sqlite_ledger.sources.get("spoiled")
    assert at_the_door is not None
    assert not at_the_door.kind.treats
    assert not book.get("spoiled").facts.kind.treats


def test_row_that_points_at_nothing_is_named(sqlite_ledger: Ledger) -> None:
    lost = accept_one(sqlite_ledger)
    assert sqlite_ledger.upkeep.find_spoiled() == ()
    with sqlite_ledger._store.read() as connection:
        driver: Any = connection.connection.driver_connection
        driver.rollback()
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("UPDATE referral SET inbox_id = 'nowhere'")
        driver.commit()
    (found,) = sqlite_ledger.upkeep.find_spoiled()
    assert (found.table, found.column) == ("referral", "inbox_id")
    assert sqlite_ledger.referrals.get(lost.id).inbox_id == "nowhere"
