"""The referral form as a page: what is asked, what is kept, what is said when something is wrong."""

from __future__ import annotations

import dataclasses

import pytest

from form_server.office.complaints import Complaints
from form_server.office.submission import Fault, Flaw
from outreach_kit.web import Site, form_view, render_form
from outreach_kit.web.fields import AGE_BANDS, HONEYPOT, NOTE_MAX_CHARS, REPORT_BACKS, TIMINGS
from tests.outreach_kit.web.things import Document, Element, make_group

REQUIRED = {
    "referrer_name", "referrer_office", "referrer_phone", "patient_name", "patient_phone",
    "patient_agreed",
}  # fmt: skip
OPTIONAL = {
    "referrer_role", "referrer_email", "referrer_fax", "voicemail_ok", "text_ok", "best_time",
    "language", "plan", "age_band", "patient_email", "timing", "note", "report_back",
    "attendance_consent", "guardian_name", "first_call",
}  # fmt: skip
HIDDEN = {"kind", "source", "submission_id"}


def controls(document: Document) -> list[Element]:
    return [one for one in document.elements if one.tag in {"input", "select", "textarea"}]


def names(document: Document) -> set[str]:
    return {one["name"] for one in controls(document)}


@pytest.fixture(scope="module")
def form(site: Site) -> Document:
    return Document(render_form(form_view(site)))


def test_the_form_asks_what_the_server_reads_and_nothing_more(form: Document) -> None:
    assert names(form) == REQUIRED | OPTIONAL | HIDDEN | {"reasons", HONEYPOT}
    required = {one["name"] for one in controls(form) if "required" in one.attributes}
    assert required == REQUIRED
    assert form.one("form")["action"] == "https://refer.harborstreet.example/referrals"
    assert form.one("form")["method"] == "post"


def test_the_reasons_are_the_practices_own_and_something_else(form: Document) -> None:
    ticks = form.all("input", name="reasons")
    assert [tick["value"] for tick in ticks] == [
        "panic", "ibs-insomnia", "reassurance", "gad-7", "other",
    ]  # fmt: skip
    assert ticks[0]["id"] == "reasons"


def test_choices_have_the_values_that_are_agreed(form: Document) -> None:
    for name, values in (
        ("age_band", AGE_BANDS),
        ("timing", TIMINGS),
        ("report_back", REPORT_BACKS),
    ):
        assert tuple(one["value"] for one in form.all("input", name=name)) == values
    assert form.one("textarea")["maxlength"] == str(NOTE_MAX_CHARS)


def test_each_question_brings_up_its_own_keyboard(form: Document) -> None:
    for name in ("referrer_phone", "patient_phone", "referrer_fax"):
        assert form.one("input", name=name)["type"] == "tel"
    for name in ("patient_email", "referrer_email"):
        assert form.one("input", name=name)["inputmode"] == "email"
    capital = {one["name"] for one in controls(form) if "autocapitalize" in one.attributes}
    assert capital == {"referrer_name", "referrer_office", "patient_name", "guardian_name"}


def test_no_browser_finds_fault_with_an_answer_that_is_folded_away(form: Document) -> None:
    """It would send nothing and say nothing, because it cannot lead to what nobody sees."""
    for one in controls(form):
        if one["name"] in OPTIONAL:
            assert "required" not in one.attributes
            assert one.attributes.get("type", "text") in {"text", "tel", "checkbox", "radio"}


def test_a_shared_computer_learns_nothing_about_the_patient(form: Document) -> None:
    """The form says no for all, ticks included, which must not say it themselves; the office's own
    part says yes for itself. A spelling checker may send what is typed to its maker.
    """
    element = form.one("form")
    assert (element["autocomplete"], element["spellcheck"]) == ("off", "false")
    for control in controls(form):
        kind = control.attributes.get("type")
        if kind in {"checkbox", "radio", "hidden"}:
            assert "autocomplete" not in control.attributes
        elif not control["name"].startswith("referrer_"):
            assert control["autocomplete"] == "off", control["name"]
    assert form.one("input", name="referrer_name")["autocomplete"] == "name"
    assert form.one("input", name="referrer_phone")["autocomplete"] == "tel"


@pytest.mark.parametrize("kind", ["office", "self"])
def test_what_a_script_says_of_a_number_is_what_the_server_says(site: Site, kind: str) -> None:
    document = Document(render_form(form_view(site, kind=kind)))
    said = Complaints(site.practice, "en")
    for flaw, kind_of_answer in (
        (Flaw.NOT_PHONE, {"type": "tel"}),
        (Flaw.NOT_EMAIL, {"inputmode": "email"}),
    ):
        asked = document.all("input", **kind_of_answer)
        assert asked
        assert {one["data-wrong"] for one in asked} == {said.say("patient_phone", Fault(flaw))}


def test_every_control_has_a_label(form: Document) -> None:
    labelled = {label.attributes.get("for") for label in form.all("label")}
    for control in controls(form):
        wrapped = control.attributes.get("type") in {"checkbox", "radio", "hidden"}
        assert wrapped or control["id"] in labelled, control["name"]


def test_the_trap_is_out_of_the_way_of_people(form: Document) -> None:
    trap = form.one("input", name=HONEYPOT)
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert form.all("div", aria_hidden="true", class_="visually-hidden")


def test_the_form_says_that_it_is_not_for_emergencies_and_what_is_never_asked(
    form: Document,
) -> None:
    for said in (
        "Not for emergencies", "911", "llame al 988 y oprima 2, o envíe AYUDA al 988", "988, then 1, or text 838255",
        "Social Security number", "substance-use records", "(360) 555-0142", "(360) 555-0143",
    ):  # fmt: skip
        assert said in form.text


def test_what_was_typed_stays_when_something_is_wrong(site: Site) -> None:
    note = "\nfirst\n\nthird & last"
    typed = {
        "referrer_name": 'Dana "D" <b>',
        "reasons": ["panic", "other"],
        "patient_agreed": "true",
        "timing": "soon",
        "note": note,
    }
    again = Document(
        render_form(form_view(site, values=typed, errors={"patient_name": "Give a name."}))
    )
    assert again.one("input", name="referrer_name")["value"] == 'Dana "D" <b>'
    ticked = [
        one["value"] for one in again.all("input", name="reasons") if "checked" in one.attributes
    ]
    assert ticked == ["panic", "other"]
    assert "checked" in again.one("input", name="patient_agreed").attributes
    assert "checked" in again.one("input", name="timing", value="soon").attributes
    assert again.one("textarea").text == "\n" + note  # browsers drop the first line break
    assert "open" in again.one("details").attributes


def test_each_mistake_stands_at_its_field_and_in_the_summary(site: Site) -> None:
    errors = {
        "note": "It is too long.",
        "nowhere": "Something came that is not asked.",
        "reasons": "Tick at least one.",
        "patient_phone": "That number cannot be dialled.",
    }
    page = Document(render_form(form_view(site, errors=errors)))
    assert page.one("title").text.startswith("Please look at this again · Refer a patient")
    summary = page.one("div", id="summary")
    assert "hidden" not in summary.attributes
    assert "autofocus" in summary.attributes
    hrefs = [
        link["href"]
        for link in page.all("a")
        if link["href"].startswith("#") and link.text in errors.values()
    ]
    assert hrefs == ["#patient_phone", "#reasons", "#note"]
    assert "Something came that is not asked." in summary.text
    phone = page.one("input", id="patient_phone")
    assert phone["aria-invalid"] == "true"
    assert phone["aria-describedby"] == "patient_phone-error"
    assert page.one("p", id="patient_phone-error").text == "That number cannot be dialled."
    assert page.one("textarea")["aria-describedby"] == "note-hint note-error"
    [reasons] = page.all("fieldset", data_field="reasons")
    assert reasons["aria-describedby"] == "reasons-hint reasons-error"


def test_a_fresh_form_complains_about_nothing(form: Document) -> None:
    assert form.one("title").text.startswith("Refer a patient · ")
    assert "hidden" in form.one("div", id="summary").attributes
    assert not form.all("p", class_="error")
    assert "open" not in form.one("details").attributes


def test_a_known_office_types_only_the_patients_part(site: Site) -> None:
    page = Document(
        render_form(form_view(site, source_code="K7Q2", source_name="Mill Road Family Medicine"))
    )
    required = {one["name"] for one in controls(page) if "required" in one.attributes}
    assert required == {"patient_name", "patient_phone", "patient_agreed"}
    assert page.one("input", name="source")["value"] == "K7Q2"
    assert "From Mill Road Family Medicine." in page.text


def test_a_code_that_nobody_knows_still_travels(site: Site) -> None:
    page = Document(render_form(form_view(site, source_code='"old" code')))
    assert page.one("input", name="source")["value"] == '"old" code'
    assert "required" in page.one("input", name="referrer_name").attributes


def test_a_group_asks_for_whom(site: Site) -> None:
    group = dataclasses.replace(site, practice=make_group(site.practice))
    page = Document(render_form(form_view(group, clinician="marguerite")))
    options = page.all("option")
    chosen = [one["value"] for one in options if "selected" in one.attributes]
    assert chosen == ["marguerite"]
    assert page.one("h1").text.startswith("Refer a patient to Marguerite")
    anyone = Document(render_form(form_view(group)))
    assert anyone.one("h1").text == "Refer a patient to Harbor Street Counseling PLLC"


def test_a_single_clinician_named_in_the_link_travels_hidden(site: Site) -> None:
    page = Document(render_form(form_view(site, clinician="nora-ellison", hidden={"began": "x.y"})))
    assert page.one("input", name="clinician")["value"] == "nora-ellison"
    assert page.one("input", name="began")["value"] == "x.y"


def test_only_a_script_can_name_a_sending(form: Document) -> None:
    assert form.one("input", name="submission_id")["value"] == ""


def test_a_page_with_mistakes_is_not_to_be_found(site: Site, form: Document) -> None:
    page = Document(render_form(form_view(site, errors={"note": "Too long."})))
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert not form.all("meta", name="robots")


def test_there_is_no_form_without_a_server_to_send_it_to(site: Site) -> None:
    with pytest.raises(ValueError, match="form server"):
        form_view(dataclasses.replace(site, form_url=None))


def test_privacy_is_linked_only_where_there_is_such_a_page(site: Site, form: Document) -> None:
    bare = dataclasses.replace(site, practice=dataclasses.replace(site.practice, pages=()))
    assert len(form.all("a", href="/privacy/")) == 2
    assert not Document(render_form(form_view(bare))).all("a", href="/privacy/")
