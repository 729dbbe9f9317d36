from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.ledger import Source, SourceKind
from form_server.office.reading import FIELDS, MAX_REASONS, read_submission
from form_server.office.submission import (
    Asks,
    Fault,
    Flag,
    Flaw,
    Kind,
    Submission,
    SubmissionRefused,
)
from tests.form_server.office.house import ENOUGH, MONDAY_MORNING

OFFICE = Source("K7Q2", "Alder Falls Family Medicine", SourceKind.OFFICE, False, MONDAY_MORNING)
POSTER = Source("WALL", "Library", SourceKind.OFFICE, True, MONDAY_MORNING)
ASKS = Asks(
    reasons={"panic": "Panic attacks", "other": "Something else"},
    clinicians=frozenset({"nora-ellison"}),
    plans=frozenset({"regence"}),
    source={"K7Q2": OFFICE, "WALL": POSTER}.get,
)


def read(**changes: Any) -> Submission:
    """A submission with the six answers and these changes; None leaves a field out."""
    fields = {**ENOUGH, **changes}
    return read_submission({k: v for k, v in fields.items() if v is not None}, ASKS)


def faults(**changes: Any) -> dict[str, Flaw]:
    with pytest.raises(SubmissionRefused) as refused:
        read(**changes)
    return {name: fault.flaw for name, fault in refused.value.faults.items()}


def test_six_answers_are_enough() -> None:
    submission = read()

    assert submission.kind is Kind.OFFICE
    assert submission.patient_name == "Jordan Quill"
    assert submission.patient_phone == "360-555-0199"
    assert submission.patient_phone_uri == "tel:+13605550199"
    assert submission.reasons == ("panic",)
    assert submission.reason_labels == ("Panic attacks",)
    assert submission.patient_agreed
    assert submission.flags == ()


def test_a_permission_that_was_not_given_is_a_no() -> None:
    submission = read(voicemail_ok="", text_ok="maybe", attendance_consent={"x": 1})

    given = [submission.voicemail_ok, submission.text_ok, submission.attendance_consent]
    assert given == [False, False, False]


def test_everything_missing_is_said_at_once() -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read_submission({}, ASKS)

    missing = {
        "referrer_name",
        "referrer_office",
        "referrer_phone",
        "patient_name",
        "patient_phone",
        "reasons",
        "patient_agreed",
    }
    assert set(refused.value.faults) == missing
    assert {one.flaw for one in refused.value.faults.values()} == {Flaw.MISSING}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"patient_name": "Jo\r\nBcc: a@b.c"}, {"patient_name": Flaw.LINE_BREAK}),
        ({"referrer_name": "Ana\0"}, {"referrer_name": Flaw.CONTROL}),
        ({"patient_name": "\ud83d"}, {"patient_name": Flaw.BROKEN}),
        ({"patient_name": "\u200b "}, {"patient_name": Flaw.MISSING}),
        ({"patient_name": ["Jo", "Al"]}, {"patient_name": Flaw.TWICE}),
        ({"patient_name": {"first": "Jo"}}, {"patient_name": Flaw.NOT_TEXT}),
        ({"patient_name": True}, {"patient_name": Flaw.NOT_TEXT}),
        ({"patient_name": "x" * 201}, {"patient_name": Flaw.TOO_LONG}),
        ({"note": "x" * 301}, {"note": Flaw.TOO_LONG}),
        ({"patient_phone": "555-0142"}, {"patient_phone": Flaw.NOT_PHONE}),
        ({"referrer_fax": "none"}, {"referrer_fax": Flaw.NOT_PHONE}),
        ({"referrer_email": "ana@clinic"}, {"referrer_email": Flaw.NOT_EMAIL}),
        ({"patient_email": "a@b.org, c@d.org"}, {"patient_email": Flaw.NOT_EMAIL}),
        ({"patient_email": "a@b.org\nBcc: c@d.org"}, {"patient_email": Flaw.LINE_BREAK}),
        ({"reasons": ""}, {"reasons": Flaw.MISSING}),
        ({"reasons": []}, {"reasons": Flaw.MISSING}),
        ({"reasons": [["panic"]]}, {"reasons": Flaw.NOT_TEXT}),
        ({"reasons": ["a\0"]}, {"reasons": Flaw.CONTROL}),
        ({"reasons": ["x"] * (MAX_REASONS + 1)}, {"reasons": Flaw.TOO_MANY}),
        ({"patient_agreed": "false"}, {"patient_agreed": Flaw.MISSING}),
        ({"patient_agreed": False}, {"patient_agreed": Flaw.MISSING}),
    ],
)
def test_what_the_sender_can_mend_is_refused_by_name(
    changes: dict[str, Any], found: dict[str, Flaw]
) -> None:
    assert faults(**changes) == found


def test_how_much_is_too_long_is_counted() -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read(note="x" * 317)

    assert refused.value.faults["note"] == Fault(Flaw.TOO_LONG, limit=300, over=17)


def test_a_note_of_300_characters_fits_whatever_the_browser_makes_of_its_lines() -> None:
    assert len(read(note="x" * 149 + "\r\n" + "x" * 150).note) == 300


@pytest.mark.parametrize("tick", ["true", "on", "yes", "1", "TRUE", True, ["no", "on"]])
def test_a_tick_is_a_tick_in_any_spelling(tick: object) -> None:
    assert read(patient_agreed=tick).patient_agreed


@pytest.mark.parametrize(
    ("changes", "flag", "kept"),
    [
        ({"reasons": ["old-reason", "panic"]}, Flag.UNKNOWN_REASON, "old-reason"),
        ({"clinician": "left-in-may"}, Flag.UNKNOWN_CLINICIAN, "left-in-may"),
        ({"source": "OLD-QR"}, Flag.UNKNOWN_SOURCE, "OLD-QR"),
        ({"plan": "Acme Mutual"}, Flag.UNKNOWN_PLAN, "Acme Mutual"),
        ({"timing": "whenever"}, Flag.UNKNOWN_CHOICE, "whenever"),
        ({"age_band": "0-5"}, Flag.UNKNOWN_CHOICE, "0-5"),
        ({"report_back": "pigeon"}, Flag.UNKNOWN_CHOICE, "pigeon"),
    ],
)
def test_what_the_practice_does_not_know_is_kept_as_typed_and_flagged(
    changes: dict[str, Any], flag: Flag, kept: str
) -> None:
    submission = read(**changes)

    assert submission.flags == (flag,)
    (name,) = changes
    said = getattr(submission, name)
    assert kept == said or kept in said


@pytest.mark.parametrize("wish", ["email", "fax", "phone"])
def test_a_wish_to_hear_back_without_an_address_refuses_nobody(wish: str) -> None:
    submission = read(report_back=wish, referrer_email="", referrer_fax="")
    assert (submission.report_back, submission.flags) == (wish, ())


def test_known_words_raise_no_flag() -> None:
    submission = read(
        clinician="nora-ellison",
        source="K7Q2",
        plan="REGENCE",
        timing="soon",
        age_band="adult",
        report_back="fax",
        reasons=["other"],
    )

    assert submission.flags == ()


def test_a_known_code_says_who_the_office_is() -> None:
    submission = read(source="K7Q2", referrer_name="", referrer_office=None, referrer_phone="")

    assert submission.source == "K7Q2"
    assert set(faults(source="K7Q3", referrer_name="", referrer_phone="")) == {
        "referrer_name",
        "referrer_phone",
    }


def test_a_patient_needs_no_office_and_no_tick() -> None:
    submission = read_submission(
        {"kind": "self", "patient_name": "Jo", "patient_phone": "3605550199", "reasons": "panic"},
        ASKS,
    )

    assert submission.kind is Kind.SELF


def test_a_codes_nonsense_does_not_stop_a_referral() -> None:
    submission = read(source="\0" * 3, clinician="x" * 500, kind="\ud800")

    assert submission.source == ""
    assert len(submission.clinician) == 64
    assert submission.kind is Kind.OFFICE


def test_equal_repeats_of_a_field_are_one_answer() -> None:
    assert read(patient_name=["Jo Quill", "Jo Quill"]).patient_name == "Jo Quill"


def test_reasons_are_each_named_once_in_their_order() -> None:
    assert read(reasons=["other", " panic", "other", ""]).reasons == ("other", "panic")


def test_a_refusal_shows_again_what_was_typed_and_tells_logs_nothing() -> None:
    with pytest.raises(SubmissionRefused) as refused:
        read(patient_phone="12\0", reasons=["panic", "gone"], card_number="4111")

    assert refused.value.typed["patient_name"] == "Jordan Quill"
    assert refused.value.typed["patient_phone"] == "12"
    assert refused.value.typed["reasons"] == ["panic", "gone"]
    assert "card_number" not in refused.value.typed
    assert str(refused.value) == "patient_phone: control"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(st.characters(exclude_categories=()), max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=len(FIELDS)), st.booleans())
def test_any_fields_are_a_submission_or_a_list_of_faults(
    fields: dict[str, object], whole: bool
) -> None:
    try:
        submission = read_submission({**(ENOUGH if whole else {}), **fields}, ASKS)
    except SubmissionRefused as refused:
        named = set(refused.faults)
        json.dumps(refused.typed, ensure_ascii=False).encode()
        assert named
        assert named <= set(FIELDS)
    else:
        assert submission.patient_name
        assert submission.patient_phone_uri.startswith("tel:+")
        assert submission.reasons
