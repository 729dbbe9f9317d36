from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from form_server.ledger import (
    CameBy,
    DeliveryKind,
    DeliveryState,
    Recipient,
    Referral,
    SourceKind,
)
from form_server.ledger.rows import Channel
from tests.form_server.desk.inbox.test_show import names, statements
from tests.form_server.desk.stage import NOW, Stage, hidden

SAID = {"name": "Rosa Quiñones", "phone": "(360) 555-0123", "how": "phone", "who": "patient"}


def log(desk: Stage, **changes: str) -> TestResponse:
    """As a browser sends the form that it was shown."""
    page = desk.get("/desk/log").text
    at = page[page.index('name="at"') :].split('value="')[1].split('"')[0]
    wanted = ["csrf_token", "entry_id"] + ([] if "inbox" in changes else ["inbox"])
    fields = {name: hidden(page, name) for name in wanted}
    return desk.post("/desk/log", {**fields, "at": at, **SAID, **changes})


def logged(desk: Stage, **changes: str) -> Referral:
    answer = log(desk, **changes)
    assert answer.status_code == 303, answer.text
    return desk.ledger.referrals.get(answer.headers["Location"].rsplit("/", 1)[1])


def test_a_call_is_written_down_and_its_clock_runs(desk: Stage) -> None:
    referral = logged(desk, reason="Panic attacks (heart checked)", note="Sounded scared")

    page = desk.get(f"/desk/referrals/{referral.id}").text

    assert (referral.kind, referral.came_by, referral.received_at) == ("self", CameBy.PHONE, NOW)
    assert referral.promised_by > NOW
    assert "Rosa Quiñones" in page
    assert "Panic attacks (heart checked)" in page
    assert "Sounded scared" in page
    assert 'href="tel:+13605550123"' in page
    assert names(desk.get("/desk/inbox?door=phone").text) == ["Rosa Quiñones"]


def test_nothing_of_it_lies_in_the_ledger_unsealed(desk: Stage) -> None:
    with statements() as asked:
        logged(desk, source="Aunt Clara", note="Sounded scared", reason="A thing of its own")
    written = repr(asked) + repr(desk.ledger.audit.recent(50))
    with desk.ledger._store.read() as connection:
        for table in ("referral", "delivery", "source", "attempt", "fingerprint"):
            written += repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())

    for word in ("Rosa", "0123", "Clara", "scared", "of its own"):
        assert word not in written


def test_who_writes_down_their_own_is_sent_no_message_but_the_clock_stands(desk: Stage) -> None:
    referral = logged(desk)

    assert desk.ledger.deliveries.of_referral(referral.id) == []
    clock = desk.ledger.deliveries.get(f"{referral.id}-clock")
    assert (clock.kind, clock.state) == (DeliveryKind.CLOCK, DeliveryState.PENDING)
    assert NOW < clock.due_at < referral.promised_by


def test_it_counts_from_when_it_really_arrived(desk: Stage) -> None:
    # Half past ten that morning in Alder Falls, two hours ago.
    referral = logged(desk, at="2026-11-16T10:30")

    assert referral.received_at == datetime(2026, 11, 16, 18, 30, tzinfo=UTC)
    assert "2\u00a0hours" in desk.get("/desk/").text


def test_a_promise_that_is_past_is_shown_and_sets_off_no_alarms_at_once(desk: Stage) -> None:
    referral = logged(desk, at="2026-11-09T10:30", how="voicemail")

    assert referral.promised_by < NOW
    assert "overdue by" in desk.get("/desk/").text
    clock = desk.ledger.deliveries.get(f"{referral.id}-clock")
    # The morning of the next working day, and not this minute.
    assert clock.due_at == datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
    with desk.ledger._store.read() as connection:
        place = connection.exec_driver_sql(
            "SELECT address FROM delivery WHERE kind = 'clock'"
        ).scalar()
    assert str(place).startswith("repeat ")


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2026-11-16T12:45", "still to come"),
        ("2025-11-01T09:00", "more than a year ago"),
        ("", "Say when it arrived"),
        ("yesterday", "Say when it arrived"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    desk: Stage, at: str, says: str
) -> None:
    answer = log(desk, at=at, note="Keep <this>")

    assert answer.status_code == 422
    assert says in answer.text
    assert "Keep &lt;this&gt;" in answer.text
    assert desk.ledger.referrals.open_counts([desk.founding.inbox_id]).waiting == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Say who it is about"),
        ({"phone": ""}, "there must be a way to answer"),
        ({"phone": "12"}, "cannot be dialled"),
        ({"phone": "", "email": "rosa"}, "That is no e-mail address"),
        ({"how": "pigeon"}, "Say how it came"),
        ({"inbox": "elsewhere"}, "Pick whom it is for"),
        ({"caller_phone": "12", "who": "office"}, "cannot be dialled"),
    ],
)
def test_what_must_be_mended_is_named_at_its_field(
    desk: Stage, changes: dict[str, str], says: str
) -> None:
    answer = log(desk, **changes)

    assert answer.status_code == 422
    assert says in answer.text
    assert 'aria-invalid="true"' in answer.text or "inbox" in changes


def test_an_address_alone_is_a_way_to_answer(desk: Stage) -> None:
    assert logged(desk, phone="", email="rosa@home.example", how="email").came_by is CameBy.EMAIL


def test_having_spoken_is_the_first_try_at_the_time_of_the_call(desk: Stage) -> None:
    referral = logged(desk, at="2026-11-16T10:30", spoken="yes")

    assert referral.first_contact_at == referral.received_at
    assert referral.attempt_count == 1
    clock = desk.ledger.deliveries.get(f"{referral.id}-clock")
    assert clock.state is DeliveryState.DISMISSED


@pytest.mark.parametrize("changes", [{"how": "voicemail"}, {"who": "office"}])
def test_a_call_back_counts_from_now(desk: Stage, changes: dict[str, str]) -> None:
    referral = logged(desk, at="2026-11-16T10:30", spoken="yes", **changes)

    assert referral.first_contact_at == NOW


def test_the_same_form_sent_twice_writes_it_down_once(desk: Stage) -> None:
    page = desk.get("/desk/log").text
    fields = {name: hidden(page, name) for name in ("csrf_token", "entry_id", "inbox")}
    data = {**fields, **SAID, "at": "2026-11-16T12:30", "spoken": "yes"}

    first = desk.post("/desk/log", data)
    second = desk.post("/desk/log", {**data, "note": "once more"})

    assert first.headers["Location"] == second.headers["Location"]
    assert names(desk.get("/desk/inbox").text) == ["Rosa Quiñones"]


def test_a_known_source_is_told_by_its_name(desk: Stage) -> None:
    desk.ledger.sources.add("alder-7", "Alder Family Medicine", SourceKind.OFFICE, actor="test")

    referral = logged(desk, source=" alder family  MEDICINE ", who="office", caller="Dana")

    assert (referral.source, referral.kind) == ("alder-7", "office")
    assert "Alder Family Medicine" in desk.get("/desk/inbox").text


def test_a_directory_becomes_a_source_by_itself_and_is_counted(desk: Stage) -> None:
    first, second = (logged(desk, source="psychology today", how="directory") for _ in range(2))

    source = desk.ledger.sources.get("psychology-today")
    assert source is not None
    assert (source.name, source.kind) == ("Psychology Today", SourceKind.DIRECTORY)
    assert first.source == second.source == "psychology-today"
    figures = desk.ledger.figures.over(
        [desk.founding.inbox_id], NOW - timedelta(days=1), NOW + timedelta(days=1), NOW
    )
    assert figures.by_source == {"psychology-today": 2}


def test_a_new_name_is_kept_readable_only_when_asked_for(desk: Stage) -> None:
    sealed = logged(desk, source="Aunt Clara", who="office")
    kept = logged(desk, source="Harbor Élementary", kept_as="school", who="office")

    assert sealed.source is None
    assert "Aunt Clara" in desk.get("/desk/inbox").text
    assert "Aunt Clara" in desk.get(f"/desk/referrals/{sealed.id}").text
    source = desk.ledger.sources.get(kept.source or "")
    assert source is not None
    assert (source.name, source.kind) == ("Harbor Élementary", SourceKind.SCHOOL)
    assert "Harbor Élementary" in desk.get("/desk/log").text
    assert "Aunt Clara" not in desk.get("/desk/log").text


def test_who_came_alone_is_shown_with_where_they_found_the_practice(desk: Stage) -> None:
    referral = logged(desk, source="A poster in the library", how="voicemail")

    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "A poster in the library" in page
    assert "Voicemail, written down by hand" in page
    assert "found you through A poster in the library" in desk.get("/desk/").text
    assert "Voicemail, today" in desk.get("/desk/inbox").text


def test_a_code_that_another_has_is_not_taken_away(desk: Stage) -> None:
    desk.ledger.sources.add("zencare", "Zen Care Clinic", SourceKind.OFFICE, actor="test")

    # Its code is typed by somebody who means the directory: the code says whose it is.
    assert logged(desk, source="Zencare").source == "zencare"
    kept = logged(desk, source="ZEN-CARE!", kept_as="agency")
    assert kept.source == "zen-care"


def test_for_a_colleague_it_is_sealed_to_them_and_they_are_told(
    desk: Stage, other_inbox: str
) -> None:
    told = Recipient("rcpt-sam", other_inbox, Channel.EMAIL, "sam@harborstreet.example", 0, None)
    desk.ledger.inboxes.set_recipients(other_inbox, [told], actor="test")

    answer = log(desk, inbox=other_inbox)

    assert answer.headers["Location"] == "/desk/inbox?done=passed-on"
    page = desk.get("/desk/inbox?done=passed-on").text
    assert "sealed for the inbox it belongs to" in page
    assert names(page) == []
    entries: list[Any] = [
        one for one in desk.ledger.audit.recent(20) if one.action == "referral.accepted"
    ]
    (delivery,) = desk.ledger.deliveries.of_referral(entries[0].referral_id)
    assert (delivery.kind, delivery.address) == (DeliveryKind.NOTICE, told.address)
    assert entries[0].actor == f"user:{desk.founding.user_id}"


def test_permissions_that_were_not_given_are_a_no(desk: Stage) -> None:
    without = desk.get(f"/desk/referrals/{logged(desk).id}").text
    given = desk.get(f"/desk/referrals/{logged(desk, text_ok='yes').id}").text

    assert "No voicemail" in without
    assert "sms:" not in without
    assert "sms:" in given


def test_writing_one_down_needs_the_pages_token(desk: Stage) -> None:
    assert desk.post("/desk/log", SAID).status_code == 403
