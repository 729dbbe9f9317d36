"""The patient's own door: few questions, plain words, and nothing that an office would learn."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from outreach_kit.web import HeldTime, Site, form_view, render_form, render_risk
from outreach_kit.web.fields import HONEYPOT
from tests.outreach_kit.web.reading_ease import grade
from tests.outreach_kit.web.things import Document, Element, make_group, render_all

REQUIRED = {"patient_name", "patient_phone", "reasons"}
OPTIONAL = {
    "voicemail_ok", "text_ok", "best_time", "first_call", "patient_email", "language", "plan",
    "guardian_name", "note", "attendance_consent",
}  # fmt: skip
HIDDEN = {"kind", "source", "submission_id", "patient_agreed"}
TIME = HeldTime("t1", dt.datetime(2026, 11, 24, 22, 30, tzinfo=dt.UTC), "nora-ellison")


def controls(document: Document) -> list[Element]:
    return [one for one in document.elements if one.tag in {"input", "select", "textarea"}]


@pytest.fixture(scope="module")
def hello(site: Site) -> Document:
    return Document(render_form(form_view(site, kind="self")))


def test_the_patient_is_asked_little_and_the_office_part_not_at_all(hello: Document) -> None:
    assert {one["name"] for one in controls(hello)} == REQUIRED | OPTIONAL | HIDDEN | {HONEYPOT}
    required = {one["name"] for one in controls(hello) if "required" in one.attributes}
    assert required == REQUIRED
    assert hello.one("input", name="kind")["value"] == "self"


def test_the_static_page_is_the_same_door(site: Site, hello: Document) -> None:
    page = Document(render_all(site)["/hello/"])
    assert page.one("h1").text == hello.one("h1").text == "Ask Nora Ellison to call you"
    assert page.all("a", href="/hello/", aria_current="page")


def test_sending_is_what_the_patient_consents_by_and_the_page_says_so(hello: Document) -> None:
    assert hello.one("input", name="patient_agreed")["value"] == "true"
    assert "When you send this, you ask Nora Ellison to call you." in hello.text


def test_the_emergency_lines_stand_before_everything_else(hello: Document) -> None:
    text = hello.one("main").text
    assert text.index("911") < text.index("Ask Nora Ellison")
    assert "envíe AYUDA al\N{NO-BREAK SPACE}988" in text


def test_the_office_on_the_card_is_named_and_told_nothing(site: Site) -> None:
    page = Document(
        render_form(form_view(site, kind="self", source_code="K7Q2", source_name="Mill Road"))
    )
    assert page.one("input", name="source")["value"] == "K7Q2"
    assert "Your card is from Mill Road. We do not tell them that you wrote." in page.text
    consent = page.one("input", name="attendance_consent")
    assert "checked" not in consent.attributes


def test_what_patients_read_asks_for_eight_years_of_school(hello: Document) -> None:
    said = [one.text for tag in ("h1", "h2", "p", "legend", "label") for one in hello.all(tag)]
    main = hello.one("main").text
    sentences = {" ".join(text.split()) for text in said if text in main and text.strip()}
    text = " ".join(one if one[-1] in ".?!:" else f"{one}." for one in sorted(sentences))
    assert len(text.split()) > 150
    assert grade(text) <= 8


def test_mistakes_stand_in_the_patients_own_page(site: Site) -> None:
    view = form_view(
        site,
        kind="self",
        values={"patient_name": "Jordan", "reasons": "I cannot sleep", "voicemail_ok": "true"},
        errors={"patient_phone": "Tell us the number to call."},
    )
    page = Document(render_form(view))
    assert page.one("input", name="reasons")["value"] == "I cannot sleep"
    assert page.one("input", name="patient_phone")["aria-invalid"] == "true"
    assert "checked" in page.one("input", name="voicemail_ok").attributes
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert page.one("h1").text == "Ask Nora Ellison to call you"


def test_a_group_asks_who_should_call(site: Site) -> None:
    group = dataclasses.replace(site, practice=make_group(site.practice))
    page = Document(render_form(form_view(group, kind="self")))
    assert page.one("option", value="").text == "Whoever is right for me"


@pytest.mark.parametrize("kind", ["office", "self"])
def test_held_times_are_offered_on_the_practices_clock(site: Site, kind: str) -> None:
    page = Document(render_form(form_view(site, kind=kind, times=[TIME])))
    field = page.one("fieldset", data_field="first_call")
    assert "hidden" not in field.attributes
    assert "Tuesday, November 24, 2:30 PM" in field.text
    assert page.one("input", name="first_call", value="t1")
    empty = Document(render_form(form_view(site, kind=kind)))
    assert "hidden" in empty.one("fieldset", data_field="first_call").attributes


def test_of_several_clinicians_each_time_says_whose_it_is(site: Site) -> None:
    group = dataclasses.replace(site, practice=make_group(site.practice))
    page = Document(render_form(form_view(group, times=[TIME])))
    assert "2:30 PM, with Nora Ellison" in page.one("fieldset", data_field="first_call").text


def test_a_time_that_is_gone_is_said_even_when_no_other_is_left(site: Site) -> None:
    page = Document(render_form(form_view(site, errors={"first_call": "That time is gone."})))
    field = page.one("fieldset", data_field="first_call")
    assert "hidden" not in field.attributes
    assert page.one("p", id="first_call-error").text == "That time is gone."


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("office", "Is the patient safe right now?"), ("self", "Are you safe right now?")],
)
def test_a_note_of_risk_stops_once_and_carries_everything(
    site: Site, kind: str, asked: str
) -> None:
    fields = [("patient_name", 'Jo "J" <b>'), ("reasons", "panic"), ("reasons", "other"),
              ("note", "first\nsecond")]  # fmt: skip
    page = Document(render_risk(site, kind, fields))
    assert page.one("h1").text == asked
    assert page.all("a", href="tel:911", class_="button alert")
    assert page.all("a", href="tel:988", class_="button alert")
    assert page.all("a", href="tel:+13605550142", class_="button quiet")
    assert "not sent yet" in page.text
    assert [(one["name"], one["value"]) for one in page.all("input")] == fields
    assert page.one("form")["action"] == "https://refer.harborstreet.example/referrals"
    assert page.one("meta", name="robots")["content"] == "noindex"
