from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from form_server.ledger import Channel, DeliveryKind, NewDelivery, Referral, SourceFacts
from form_server.ledger.purging import Deletion
from tests.form_server.desk.stage import Stage


def page_of(desk: Stage, referral: Referral) -> str:
    answer = desk.get(f"/desk/referrals/{referral.id}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_everything_the_office_sent_is_on_the_page(desk: Stage) -> None:
    page = page_of(desk, desk.receive(patient_email="maria@home.example", guardian_name="Rosa D."))

    for words in (
        "Maria Delgado", "(360) 555-0188", "Panic attacks (heart checked)", "Three ER visits",
        "Afraid to sleep.", "Regence (in network)", "Spanish", "after 4 PM", "Soon, please",
        "18 to 64", "Rosa D.", "Nora Ellison", "alder-family", "Alder Family Medicine",
        "Dana Whitfield", "front desk", "(360) 555-0177", "dana@alderfamily.example",
        "(360) 555-0178", "By fax", "That it arrived; nothing of how it goes",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"report_back": "fax"}, "By fax<"),
        ({"report_back": "email"}, "By e-mail<"),
        (
            {"report_back": "email", "referrer_email": None},
            "By e-mail. They gave no address for it. Ask for it when you call them.",
        ),
        (
            {"report_back": "fax", "referrer_fax": None, "code": "alder"},
            "By fax. They gave no number for it. Your book of offices has (360) 555-0191.",
        ),
    ],
)
def test_wish_to_hear_back_says_what_it_lacks(
    desk: Stage, said: dict[str, Any], shown: str
) -> None:
    desk.ledger.address_book.add("alder", SourceFacts("Alder", fax="(360) 555-0191"), actor="test")
    referral = desk.receive(**said)
    assert shown in page_of(desk, referral)
    lacks = (
        "They asked to hear back another way."
        in desk.get(f"/desk/referrals/{referral.id}/replies/source").text
    )
    assert lacks is ("They gave no" in shown)


def test_patient_and_office_are_called_by_one_tap(desk: Stage) -> None:
    page = page_of(desk, desk.receive(patient_phone_uri="tel:+13605550188;ext=12"))

    assert 'href="tel:+13605550188;ext=12"' in page
    assert 'href="tel:+13605550177"' in page


def test_permitted_ways_have_buttons_and_a_script(desk: Stage) -> None:
    page = page_of(desk, desk.receive(patient_email="maria@home.example"))

    assert 'href="sms:+13605550188"' in page
    assert 'href="mailto:maria@home.example"' in page
    assert "If voicemail answers, say only this" in page
    for value in ("reached", "no-answer", "voicemail", "text", "email", "wrong-number"):
        assert f'name="tried" value="{value}"' in page


def test_a_permission_that_was_not_given_is_a_no(desk: Stage) -> None:
    page = page_of(desk, desk.receive(voicemail_ok=None, text_ok=None, patient_email=None))

    for words in ("No voicemail", "No text", "No e-mail", "hang up and leave no message"):
        assert words in page
    assert "sms:" not in page
    assert "say only this" not in page
    for value in ("voicemail", "text", "email"):
        assert f'name="tried" value="{value}"' not in page


@pytest.mark.parametrize("not_yes", ["true", "yes", 1, "false", ["x"]])
def test_only_a_plain_yes_permits(desk: Stage, not_yes: object) -> None:
    assert "sms:" not in page_of(desk, desk.receive(text_ok=not_yes))


def test_the_voicemail_script_reveals_nothing(desk: Stage) -> None:
    page = page_of(desk, desk.receive())
    (script,) = re.findall(r'<div class="script">(.*?)</div>', page, re.DOTALL)

    assert "this is Nora Ellison, calling for Maria." in script
    assert "(360) 555-0142" in script
    for secret in ("Harbor", "Counsel", "LICSW", "Delgado", "Alder", "Dana", "Panic", "therap"):
        assert secret.lower() not in script.lower()


def test_the_title_names_no_patient(desk: Stage) -> None:
    referral = desk.receive()
    page = page_of(desk, referral)

    (title,) = re.findall(r"<title>(.*?)</title>", page)
    assert referral.receipt in title
    assert "Maria" not in title


def test_a_look_is_noted_and_pauses_the_alarm_but_not_the_clock(desk: Stage) -> None:
    referral = desk.receive()
    page_of(desk, referral)

    seen = desk.ledger.referrals.get(referral.id)
    assert seen.acknowledged_by == desk.founding.user_id
    assert seen.first_contact_at is None
    entries = desk.ledger.audit.of_referral(referral.id)
    assert entries[-1].action == "referral.opened"
    assert entries[-1].actor == f"user:{desk.founding.user_id}"
    page_of(desk, referral)
    assert len(desk.ledger.audit.of_referral(referral.id)) == len(entries) + 1


def test_another_inboxs_referral_is_as_missing_as_one_that_never_was(
    desk: Stage, other_inbox: str
) -> None:
    theirs = desk.receive(inbox_id=other_inbox)

    answers = [desk.get(f"/desk/referrals/{name}") for name in (theirs.id, "0193no")]
    tries = [
        desk.post(
            f"/desk/referrals/{theirs.id}/{step}", {"csrf_token": token(desk), "tried": "reached"}
        )
        for step in ("tries", "close")
    ]

    assert [one.status_code for one in answers + tries] == [404, 404, 404, 404]
    assert answers[0].text.replace(theirs.id, "") == answers[1].text.replace("0193no", "")
    assert desk.actions(theirs) == ["referral.accepted"]
    assert not desk.ledger.referrals.attempts(theirs.id)


def test_a_tampered_referral_says_so_and_keeps_its_alarm(desk: Stage, tmp_path: Path) -> None:
    referral = desk.receive()
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("UPDATE referral SET key_version = key_version, envelope = X'00'")

    page = page_of(desk, referral)

    assert "cannot be opened" in page
    assert referral.receipt in page
    assert "tel:" not in page
    seen = desk.ledger.referrals.get(referral.id)
    assert seen.acknowledged_at is None
    assert desk.actions(referral)[-1] == "referral.unreadable"


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>{{ 31337*31337 }}{% raw %}</bdi>"
)


@pytest.mark.parametrize("kind", ["office", "self"])
def test_no_field_can_carry_markup_into_a_page(desk: Stage, kind: str) -> None:
    texts = (
        "referrer_name", "referrer_office", "referrer_phone", "referrer_role", "referrer_email",
        "referrer_fax", "source", "clinician", "patient_name", "patient_phone", "patient_email",
        "guardian_name", "best_time", "language", "plan", "age_band", "timing", "note",
        "report_back", "something_new", HOSTILE,
    )  # fmt: skip
    said: dict[str, Any] = dict.fromkeys(texts, HOSTILE)
    referral = desk.receive(
        **{**said, "kind": kind, "reasons": [HOSTILE], "reason_labels": [HOSTILE]},
        patient_phone_uri="javascript:alert(1)",
        referrer_phone_uri='tel:+1"onclick="alert(1)',
    )

    for page in (desk.get("/desk/").text, page_of(desk, referral)):
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "javascript:" not in page
        assert not re.search(r"<[^>]*\sonclick=", page)
        assert not re.search(r'="[^"]*"\'', page)
        assert "982007569" not in page


def test_a_link_is_only_ever_to_a_number_or_an_address(desk: Stage) -> None:
    referral = desk.receive(
        patient_email="x@y.example?bcc=evil@evil.example&body=hello",
        patient_phone="call me maybe",
        patient_phone_uri="tel:+1360;x=<y>",
    )
    page = page_of(desk, referral)

    hrefs = re.findall(r'href="([^"]*)"', page)
    assert hrefs
    for href in hrefs:
        assert re.fullmatch(
            r"/[a-z0-9./-]*|/desk/referrals/[0-9a-f]+(/[a-z/-]+)?|#main|tel:\+?[0-9]+(;ext=[0-9]+)?|sms:\+?[0-9]+"
            r"|mailto:[a-z@.]+",
            href,
        ), href
    assert "cannot be dialed" in page


def test_what_an_unknown_form_adds_is_not_lost(desk: Stage) -> None:
    page = page_of(desk, desk.receive(first_call="Tuesday 9 AM", plan="Moda Select"))

    assert "first_call" in page
    assert "Tuesday 9 AM" in page
    assert "Moda Select (not on your list)" in page


def test_a_patients_own_letter_shows_no_office(desk: Stage) -> None:
    referral = desk.receive(
        kind="self", referrer_name=None, referrer_office=None, referrer_phone=None,
        referrer_phone_uri=None, referrer_email=None, referrer_role=None, referrer_fax=None,
    )  # fmt: skip

    page = page_of(desk, referral)

    assert "They wrote to you themselves" in page
    assert "Call the office" not in page
    assert "Wrote to you themselves" in desk.get("/desk/").text


def test_words_of_risk_stand_above_everything_with_who_to_call(desk: Stage) -> None:
    page = page_of(desk, desk.receive(flags="read_first"))

    assert page.index("Read the note before you call") < page.index("What brings them")
    assert 'href="tel:988"' in page
    assert "Read the note before you call" not in page_of(desk, desk.receive())


def test_a_message_that_did_not_go_out_shows_in_the_time_line(desk: Stage) -> None:
    referral = desk.receive()
    desk.ledger.queue.add([notice(desk, referral, "n1"), notice(desk, referral, "n2")])
    first, second = desk.ledger.queue.claim("worker", desk.clock(), 10)
    desk.ledger.queue.mark_sent(first.id, "worker", desk.clock())
    desk.ledger.queue.mark_stuck(second.id, "worker", "550 no such user")

    page = page_of(desk, referral)

    assert "Notice sent to nora@harborstreet.example" in page
    assert "Notice to nora@harborstreet.example did not go out" in page


def notice(desk: Stage, referral: Referral, name: str) -> NewDelivery:
    return NewDelivery(
        id=f"{name}-{desk.ledger.new_id()}"[:40],
        kind=DeliveryKind.NOTICE,
        channel=Channel.EMAIL,
        address="nora@harborstreet.example",
        referral_id=referral.id,
        due_at=desk.clock() - timedelta(seconds=1),
        parcel=b"sealed",
        message_id=f"<{name}@harborstreet.example>",
    )


def token(desk: Stage) -> str:
    (found, *_) = re.findall(r'name="csrf_token" value="([^"]*)"', desk.get("/desk/").text)
    assert isinstance(found, str)
    return found


def test_addresses_that_hold_secrets_are_not_shown_whole(desk: Stage) -> None:
    referral = desk.receive()
    push = replace(notice(desk, referral, "n3"), channel=Channel.PUSH, address="pover://u@s3cret")
    desk.ledger.queue.add([push])
    (claimed,) = desk.ledger.queue.claim("worker", desk.clock(), 10)
    desk.ledger.queue.mark_sent(claimed.id, "worker", desk.clock())

    page = page_of(desk, referral)

    assert "Notice sent to pover://…" in page
    assert "s3cret" not in page


def test_a_first_call_that_was_agreed_is_said_in_the_practices_own_time(desk: Stage) -> None:
    page = page_of(desk, desk.receive(first_call_at="2026-11-17T17:00:00Z"))

    assert "First call agreed for" in page
    assert "tomorrow, 9\u00a0AM" in page
    assert "first_call_at" not in page


@pytest.mark.parametrize(
    ("outcome", "is_free"),
    [("spam", True), ("withdrawn", True), ("duplicate", True), ("scheduled", False)],
)
def test_closing_frees_a_held_time_that_nobody_needs(
    desk: Stage, outcome: str, *, is_free: bool
) -> None:
    starts_at = desk.clock() + timedelta(days=1)
    held = desk.ledger.first_calls.add("nora-ellison", starts_at, actor="test")
    referral = desk.receive(held_time=held.id)
    desk.tap(referral, "reached")

    assert desk.close(referral, outcome).status_code == 303

    assert (desk.ledger.first_calls.of_referral(referral.id) is None) is is_free


def test_what_retention_took_is_explained_and_alarms_nobody(desk: Stage) -> None:
    referral = desk.receive()
    desk.close(referral, "spam")
    desk.ledger.purging.purge(Deletion(referral.id, desk.clock(), "test"))

    page = page_of(desk, referral)

    assert "removed for good when your retention time was over" in page
    assert "cannot be opened" not in page
    assert "referral.unreadable" not in desk.actions(referral)


def test_damage_in_one_panel_leaves_the_number_to_call(desk: Stage, tmp_path: Path) -> None:
    referral = desk.receive()
    desk.set_replies_aside(referral, "redirected")
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        assert connection.execute("UPDATE reply SET whom = 'nobody'").rowcount == 2
    connection.close()

    page = page_of(desk, referral)

    assert 'href="tel:+13605550188"' in page
    assert "A part that belongs here cannot be read" in page
