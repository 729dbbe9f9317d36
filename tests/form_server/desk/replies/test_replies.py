from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from form_server.ledger import DeliveryKind, DeliveryState, Outcome, ReplyWay, SourceKind, Whom
from form_server.parcels import ReplyParcel, parcel_from_bytes
from tests.form_server.desk.replies.forms import drafted, redraft, send, token, write_page
from tests.form_server.desk.stage import Stage, hidden

CONSENT = "outcome_consent"
_FOUR_HOURS = timedelta(hours=4)


def parcel_of(desk: Stage, delivery_id: str) -> ReplyParcel:
    raw = desk.ledger._store  # the worker's way to the bytes, without a worker
    with raw.read() as connection:
        sealed = connection.exec_driver_sql(
            "SELECT parcel FROM delivery WHERE id = ?", (delivery_id,)
        ).scalar_one()
    parcel = parcel_from_bytes(desk.desk.server_key.open(sealed, "parcel", delivery_id))
    assert isinstance(parcel, ReplyParcel)
    return parcel


def test_a_mail_to_the_office_goes_out_a_minute_later_with_the_reviewed_words(
    desk: Stage,
) -> None:
    referral = desk.receive(flags=CONSENT, report_back="email")
    page = redraft(desk, referral, "source", "scheduled", "mail")
    assert "Your patient has an appointment with us." in drafted(page)

    answer = send(desk, referral, "source", page, words=f"{drafted(page)}\n\nWarmly, N.")

    assert answer.status_code == 303
    (delivery,) = desk.ledger.deliveries.of_referral(referral.id)
    assert delivery.kind is DeliveryKind.REPLY
    assert delivery.address == "dana@alderfamily.example"
    assert (delivery.due_at - desk.clock()).total_seconds() == 60
    parcel = parcel_of(desk, delivery.id)
    assert parcel.subject == "A reply from Harbor Street Counseling PLLC"
    assert parcel.words.endswith("Warmly, N.")
    assert "Maria" not in parcel.words
    page = desk.get(f"/desk/referrals/{referral.id}").text
    assert "Goes out by e-mail within a minute" in page
    assert "Warmly, N." in page
    assert "Note to who sent them: goes out" in page


def test_what_was_said_is_sealed_to_the_inbox(desk: Stage) -> None:
    referral = desk.receive()
    page = redraft(desk, referral, "patient", "unreachable", "phone")
    send(desk, referral, "patient", page, words="Maria, call me under the number you know")

    (reply,) = desk.ledger.replies.of_referral(referral.id)
    assert (reply.whom, reply.way) == (Whom.PATIENT, ReplyWay.PHONE)
    assert reply.words is not None
    assert b"Maria" not in reply.words
    assert "call me under the number you know" in desk.get(f"/desk/referrals/{referral.id}").text


def test_a_reply_is_taken_back_within_a_minute_and_not_after(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    undo = f"/desk/referrals/{referral.id}/replies/undo"
    send(desk, referral, "source", redraft(desk, referral, "source", "scheduled", "mail"))
    page = desk.get(f"/desk/referrals/{referral.id}").text
    form = {"csrf_token": hidden(page, "csrf_token"), "reply_id": hidden(page, "reply_id")}

    assert "reply-undone" in desk.post(undo, form).location
    assert desk.ledger.replies.of_referral(referral.id) == []
    (delivery,) = desk.ledger.deliveries.of_referral(referral.id)
    assert delivery.state is DeliveryState.DISMISSED

    send(desk, referral, "source", redraft(desk, referral, "source", "scheduled", "mail"))
    (reply,) = desk.ledger.replies.of_referral(referral.id)
    desk.clock.advance(seconds=61)
    assert "Take it back" not in desk.get(f"/desk/referrals/{referral.id}").text
    late = desk.post(undo, {**form, "reply_id": reply.id})
    assert "reply-kept" in late.location
    assert len(desk.ledger.replies.of_referral(referral.id)) == 1


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ({"text_ok": False}, {"phone"}),
        ({"text_ok": True}, {"phone", "text"}),
        ({"text_ok": False, "patient_email": "m@home.example"}, {"phone", "email"}),
    ],
)
def test_a_way_to_the_patient_that_was_not_permitted_is_not_there(
    desk: Stage, said: dict[str, Any], ways: set[str]
) -> None:
    referral = desk.receive(**said)
    page = write_page(desk, referral, "patient")
    select = page[page.index('<select name="way">') :]
    offered = set(re.findall(r'<option value="(\w+)"', select[: select.index("</select>")]))
    assert offered == ways

    for way in {"text", "email"} - ways:
        refused = send(desk, referral, "patient", page, way=way, do="done")
        assert refused.status_code == 422
    assert desk.ledger.replies.of_referral(referral.id) == []


def test_a_text_is_reviewed_and_opened_in_the_users_own_messages(desk: Stage) -> None:
    referral = desk.receive(language="English")
    page = redraft(desk, referral, "patient", "unreachable", "text")
    handing = send(desk, referral, "patient", page, words=f"{drafted(page)} – N.").text

    (href,) = re.findall(r'href="(sms:[^"]+)"', handing)
    assert href.startswith("sms:+13605550188?&amp;body=Hello%20Maria%2C")
    assert unquote(html.unescape(href)).endswith("There is nothing to explain. – N.")
    assert "Delgado" not in href
    assert desk.ledger.replies.of_referral(referral.id) == []
    form = {
        name: hidden(handing, name) for name in ("csrf_token", "reply_id", "about", "way", "words")
    }
    path = f"/desk/referrals/{referral.id}/replies/patient"
    assert desk.post(path, {**form, "do": "done"}).status_code == 303
    assert desk.post(path, {**form, "do": "done"}).status_code == 303
    (reply,) = desk.ledger.replies.of_referral(referral.id)
    assert reply.way is ReplyWay.TEXT


def test_the_draft_is_in_the_patients_language(desk: Stage) -> None:
    referral = desk.receive(language="Español")

    assert drafted(write_page(desk, referral, "patient")).startswith("Hola, Maria:")


def test_another_language_is_picked_and_kept_for_the_mail(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT, language="Spanish", report_back="email")
    form = {"csrf_token": token(desk, referral), "about": "scheduled", "language": "en"}
    draft = desk.post(f"/desk/referrals/{referral.id}/replies/patient/draft", form).text
    assert drafted(draft).startswith("Hello Maria,")

    mail = {**form, "language": "es", "way": "mail"}
    page = desk.post(f"/desk/referrals/{referral.id}/replies/source/draft", mail).text
    assert "Su paciente tiene una cita con nosotros." in drafted(page)
    send(desk, referral, "source", page, language=hidden(page, "language"))

    (delivery,) = desk.ledger.deliveries.of_referral(referral.id)
    parcel = parcel_of(desk, delivery.id)
    assert (parcel.language, parcel.subject[:12]) == ("es", "Una respuest")


def test_an_office_without_consent_reads_thanks_and_nothing_else(desk: Stage) -> None:
    referral = desk.receive(attendance_consent=True)
    page = write_page(desk, referral, "source")

    assert "did not agree" in page
    assert '<select name="about">' not in page
    assert "It arrived, and we take care of each one." in drafted(page)
    assert drafted(redraft(desk, referral, "source", "attended", "print")) == drafted(page)


def test_a_consent_that_the_practice_took_opens_the_outcome_and_is_taken_back(
    desk: Stage,
) -> None:
    desk.ledger.sources.add("st-brendan", "St. Brendan", SourceKind.CONGREGATION, actor="test")
    referral = desk.receive()
    _move_to_source(desk, referral.id, "st-brendan")
    assert "only a consent that you took yourself counts" in write_page(desk, referral, "source")

    path, form = f"/desk/referrals/{referral.id}/consent", {"csrf_token": token(desk, referral)}
    assert desk.post(path, {**form, "consent": "yes"}).status_code == 303
    page = redraft(desk, referral, "source", "scheduled", "print")
    assert "The person you sent has an appointment with us." in drafted(page)
    desk.post(path, {**form, "consent": "no"})

    assert "has an appointment" not in drafted(write_page(desk, referral, "source"))
    assert "referral.consent_given" in desk.actions(referral)
    assert "referral.consent_withdrawn" in desk.actions(referral)


@pytest.mark.parametrize("kind", [SourceKind.FRIEND, SourceKind.DIRECTORY])
def test_friends_and_directories_are_written_nothing(desk: Stage, kind: SourceKind) -> None:
    desk.ledger.sources.add("someone", "Someone", kind, actor="test")
    referral = desk.receive(flags=CONSENT)
    _move_to_source(desk, referral.id, "someone")

    assert desk.get(f"/desk/referrals/{referral.id}/replies/source").status_code == 404
    assert "Nobody else is told" in desk.get(f"/desk/referrals/{referral.id}").text


def test_who_wrote_themselves_is_the_only_one_answered(desk: Stage) -> None:
    plain = {"v": 1, "kind": "self", "patient_name": "Ana", "patient_phone": "(360) 555-0111"}
    referral = desk.receive_plain(
        json.dumps(plain).encode(), promised_in=_FOUR_HOURS, flags=CONSENT,
        inbox_id=desk.founding.inbox_id,
    )  # fmt: skip

    assert desk.get(f"/desk/referrals/{referral.id}/replies/source").status_code == 404
    desk.tap(referral, "reached")
    reply_to(desk, referral, "patient", "scheduled")
    close(desk, referral, "scheduled")
    assert desk.ledger.referrals.get(referral.id).outcome is Outcome.SCHEDULED


def test_the_chart_letter_names_the_patient_and_the_mail_does_not(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT, report_back="fax")
    fax = drafted(write_page(desk, referral, "source"))
    mail = drafted(redraft(desk, referral, "source", "scheduled", "mail"))

    assert "About: Maria Delgado" in fax
    assert "Maria" not in mail


def test_without_a_wish_for_a_letter_paper_names_nobody(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT, report_back="none")
    page = redraft(desk, referral, "source", "scheduled", "print")

    assert "Maria" not in drafted(page)
    assert 'value="They asked for no word back."' in page


def test_nothing_is_sent_without_words_or_set_aside_without_a_reason(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    page = write_page(desk, referral, "source")

    empty = send(desk, referral, "source", page, words="  \r\n ")
    aside = send(desk, referral, "source", page, do="aside", reason=" ")

    assert (empty.status_code, aside.status_code) == (422, 422)
    assert "nothing in it" in empty.text
    assert "Say why" in aside.text
    assert desk.ledger.replies.of_referral(referral.id) == []


def test_what_was_typed_is_shown_as_text_and_nothing_else(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT, referrer_office="<script>alert(1)</script>")
    page = write_page(desk, referral, "source")
    hostile = '</textarea><img src=x onerror="alert(2)">'
    send(desk, referral, "source", page, way="phone", words=hostile)
    handing = send(desk, referral, "source", page, way="copy", words=hostile).text

    for text in (page, handing, desk.get(f"/desk/referrals/{referral.id}").text):
        assert "<script>alert" not in text
        assert "<img" not in text


def test_nobody_writes_for_anothers_inbox(desk: Stage, other_inbox: str) -> None:
    theirs, own = desk.receive(inbox_id=other_inbox), desk.receive()
    form = {"csrf_token": token(desk, own), "about": "scheduled", "way": "phone", "words": "x"}
    base = f"/desk/referrals/{theirs.id}"

    assert desk.get(f"{base}/replies/patient").status_code == 404
    for path in (
        "replies/patient", "replies/source", "replies/patient/draft", "replies/undo",
        "replies/letter", "consent", "appointment", "appointment/cancel", "estimate",
        "estimate/given", "estimate/not-given", "estimate/asked", "close/stop", "close/undo",
    ):  # fmt: skip
        assert desk.post(f"{base}/{path}", form).status_code == 404, path
    assert desk.ledger.replies.of_referral(theirs.id) == []


def reply_to(desk: Stage, referral: Any, whom: str, about: str) -> str:
    """Said on the phone; returns where that leads."""
    page = redraft(desk, referral, whom, about, "phone")
    answer = send(desk, referral, whom, page)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def close(desk: Stage, referral: Any, outcome: str) -> Any:
    """As the button does it, with nothing set aside first."""
    form = {"csrf_token": token(desk, referral), "outcome": outcome}
    return desk.post(f"/desk/referrals/{referral.id}/close", form)


def _move_to_source(desk: Stage, referral_id: str, code: str) -> None:
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE referral SET source = ? WHERE id = ?", (code, referral_id)
        )
