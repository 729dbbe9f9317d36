"""Bundles as the models of FHIR R4B read them: another hand's idea of the standard, not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from form_server.exports.fhir import write_bundle
from form_server.exports.status import Business, standing_of
from form_server.ledger import Fit, Outcome, ReferralState
from tests.form_server.exports.things import HANDED_ON, NOON, WORDS, an_export

BARE = WORDS.__class__(WORDS.patient.__class__(""), None, ())
EVERY = [
    *((state, None, fit) for state in list(ReferralState)[:3] for fit in (None, Fit.IN, Fit.OUT)),
    *((ReferralState.CLOSED, outcome, None) for outcome in Outcome),
]


def bundle_of(**changes: Any) -> dict[str, Any]:
    return write_bundle(an_export(**changes), HANDED_ON, NOON)


def resources(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}


@pytest.mark.parametrize(("state", "outcome", "fit"), EVERY)
def test_every_state_and_outcome_makes_a_valid_bundle(
    state: ReferralState, outcome: Outcome | None, fit: Fit | None
) -> None:
    bundle = bundle_of(
        state=state, outcome=outcome, fit=fit, closed_at=NOON.replace(hour=23) if outcome else None
    )
    read = Bundle.model_validate_json(json.dumps(bundle))
    assert read.type == "collection"
    assert read.entry is not None
    assert len(read.entry) == 8
    code = resources(bundle)["Task"]["businessStatus"]["coding"][0]["code"]
    assert code in {one.value[0] for one in Business}


@pytest.mark.parametrize(
    "changes",
    [
        {"words": None},
        {"words": BARE, "clinician": "", "first_contact_at": None, "tries": (), "corrections": ()},
        {"is_drill": True, "clinician_npi": ""},
    ],
)
def test_little_said_is_still_valid(changes: dict[str, Any]) -> None:
    bundle = bundle_of(**changes)
    Bundle.model_validate_json(json.dumps(bundle))
    assert resources(bundle)["Patient"]["name"] == [
        {"text": "Maria Delgado" if "words" not in changes else "Not said"}
    ]


def test_a_wrong_bundle_would_be_noticed() -> None:
    bundle = bundle_of()
    resources(bundle)["Task"]["status"] = ""
    with pytest.raises(ValueError, match="status"):
        Bundle.model_validate_json(json.dumps(bundle))


def test_every_reference_leads_to_an_entry() -> None:
    for words in (WORDS, None, BARE):
        bundle = bundle_of(words=words)
        there = {entry["fullUrl"] for entry in bundle["entry"]}
        named: set[str] = set()

        def collect(value: object, named: set[str] = named) -> None:
            if isinstance(value, dict):
                named |= {value["reference"]} if "reference" in value else set()
                for one in value.values():
                    collect(one)
            elif isinstance(value, list):
                for one in value:
                    collect(one)

        collect(bundle)
        assert named
        assert named <= there


@pytest.mark.parametrize(
    ("state", "outcome", "fit", "code"),
    [
        (ReferralState.WAITING, None, None, "2.0"),
        (ReferralState.ACKNOWLEDGED, None, None, "2.0"),
        (ReferralState.CONTACTED, None, Fit.IN, "3.0"),
        (ReferralState.CONTACTED, None, Fit.OUT, "4.0"),
        (ReferralState.CLOSED, Outcome.REDIRECTED, Fit.OUT, "4.0"),
        (ReferralState.CLOSED, Outcome.SCHEDULED, None, "5.1.1"),
        (ReferralState.CLOSED, Outcome.UNATTENDED, None, "5.1.2"),
        (ReferralState.CLOSED, Outcome.UNREACHABLE, None, "6.0"),
        (ReferralState.CLOSED, Outcome.WITHDRAWN, None, "6.0"),
        (ReferralState.CLOSED, Outcome.ATTENDED, None, "7.0"),
    ],
)
def test_the_source_reads_in_the_loops_own_codes_how_it_stands(
    state: ReferralState, outcome: Outcome | None, fit: Fit | None, code: str
) -> None:
    assert standing_of(state, outcome, fit).business.value[0] == code


def test_who_came_is_told_as_an_event_that_took_place() -> None:
    task = resources(bundle_of(state=ReferralState.CLOSED, outcome=Outcome.ATTENDED))["Task"]
    assert task["output"][-1]["valueCodeableConcept"]["coding"][0]["code"] == "5.1.4"
    assert task["status"] == "completed"


def test_an_agreed_appointment_is_told_while_the_referral_is_open() -> None:
    bundle = bundle_of(state=ReferralState.CONTACTED, appointment_at=NOON.replace(day=20))
    Bundle.model_validate_json(json.dumps(bundle))
    task = resources(bundle)["Task"]
    assert task["businessStatus"]["coding"][0]["code"] == "5.1.1"
    assert task["output"][0]["valueDateTime"] == "2026-11-20T20:30:00Z"


def test_what_was_said_is_in_it_and_a_no_is_a_no() -> None:
    found = resources(bundle_of())
    request, task = found["ServiceRequest"], found["Task"]
    assert request["reasonCode"][0] == {"text": "Panic attacks (heart checked)"}
    assert request["priority"] == "urgent"
    assert [note["text"] for note in request["note"]] == [
        WORDS.note,
        "Correction: Surname is Delgada",
    ]
    assert task["note"][0]["text"] == "Call, no answer: rang six times"
    told = {one["type"]["text"]: one for one in task["input"]}
    assert told["Text messages may be sent"]["valueBoolean"] is False
    assert told["pharmacy"]["valueString"] == "none"


def test_names_of_entries_stay_the_same_and_differ_between_practices() -> None:
    assert bundle_of()["entry"][0]["fullUrl"] == bundle_of()["entry"][0]["fullUrl"]
    other = HANDED_ON.__class__("another", *list(HANDED_ON.__dict__.values())[1:])
    elsewhere = write_bundle(an_export(), other, NOON)
    assert elsewhere["entry"][0]["fullUrl"] != bundle_of()["entry"][0]["fullUrl"]


def test_a_drill_is_marked_as_test_data() -> None:
    assert bundle_of(is_drill=True)["meta"]["tag"][0]["code"] == "HTEST"
    assert "tag" not in bundle_of()["meta"]
