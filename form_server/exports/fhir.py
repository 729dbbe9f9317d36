"""A referral as FHIR R4B: a Bundle of ServiceRequest and Task, with the people they speak of.

Patient, PractitionerRole, Practitioner and Organization stand as entries of their own, so that both
can refer to them. Names are kept as they were typed: no form asks which part is the family's.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from form_server.exports.as_json import write_moment
from form_server.exports.record import Exported, HandedOn, Patient, Referrer, Words
from form_server.exports.status import SYSTEM, Business, Standing, standing_of

MEDIA_TYPE: Final = "application/fhir+json"
_NPI: Final = "http://hl7.org/fhir/sid/us-npi"
_ID_TYPES: Final = "http://terminology.hl7.org/CodeSystem/v2-0203"
_CONFIDENTIALITY: Final = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
_ACT_REASON: Final = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_TASK_CODES: Final = "http://hl7.org/fhir/CodeSystem/task-code"
_ROLES: Final = "http://terminology.hl7.org/CodeSystem/v2-0131"
_NOT_SAID: Final = "Not said"

Resource = dict[str, Any]


@dataclass(frozen=True)
class _Names:
    """Names of the entries: the same at each export, and unlike those of any other practice."""

    instance: str
    referral: str

    def __call__(self, part: str) -> str:
        about = f"warm-handoff/{self.instance}/{self.referral}/{part}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, about)}"


def write_bundle(one: Exported, handed_on: HandedOn, made_at: datetime) -> Resource:
    """The bundle of one referral; without its words it still says how it stands."""
    name = _Names(handed_on.instance, one.id)
    standing = standing_of(
        one.state, one.outcome, one.fit, is_booked=one.appointment_at is not None
    )
    entries: dict[str, Resource] = {
        "request": _request(one, handed_on, standing, name),
        "task": _task(one, handed_on, standing, name),
        "patient": _patient(one.words.patient if one.words else Patient(_NOT_SAID)),
        "practice": _organization(handed_on.practice, handed_on.phone, handed_on.fax, ""),
    }
    if one.clinician:
        entries["clinician"] = _practitioner(one.clinician, one.clinician_npi)
    referrer = one.words.referrer if one.words else None
    if referrer is not None:
        entries["referrer"] = _role(referrer, name)
        if referrer.name:
            entries["person"] = _practitioner(referrer.name, "")
        if referrer.office:
            entries["office"] = _organization(
                referrer.office, referrer.phone, referrer.fax, referrer.email
            )
    tags = [{"system": _ACT_REASON, "code": "HTEST", "display": "test health data"}]
    bundle: Resource = _whole(
        {
            "resourceType": "Bundle",
            "meta": {
                "security": [{"system": _CONFIDENTIALITY, "code": "R", "display": "restricted"}],
                "tag": tags if one.is_drill else [],
            },
            "identifier": _identifier(one, handed_on),
            "type": "collection",
            "timestamp": write_moment(made_at),
            "entry": [
                {"fullUrl": name(part), "resource": resource} for part, resource in entries.items()
            ],
        }
    )
    return bundle


def _request(one: Exported, handed_on: HandedOn, standing: Standing, name: _Names) -> Resource:
    words = one.words
    return {
        "resourceType": "ServiceRequest",
        "identifier": [_identifier(one, handed_on)],
        "status": standing.request,
        "intent": "order",
        "category": [_coded("http://snomed.info/sct", "3457005", "Patient referral")],
        "priority": "urgent" if words and words.timing == "soon" else "routine",
        "code": {"text": "Psychotherapy: first contact and first appointment"},
        "subject": {"reference": name("patient")},
        "authoredOn": write_moment(one.received_at),
        "requester": _requester(words, name),
        "performer": [{"reference": name("clinician" if one.clinician else "practice")}],
        "reasonCode": [{"text": reason} for reason in words.reasons] if words else [],
        "note": _notes(one),
    }


def _task(one: Exported, handed_on: HandedOn, standing: Standing, name: _Names) -> Resource:
    changed = max(
        (one.received_at, *(each.at for each in one.tries), *filter(None, [one.closed_at]))
    )
    return {
        "resourceType": "Task",
        "identifier": [_identifier(one, handed_on)],
        "status": standing.task,
        "statusReason": {"text": standing.reason} if standing.reason else {},
        "businessStatus": _business(standing.business),
        "intent": "order",
        "code": _coded(_TASK_CODES, "fulfill", "Fulfill the focal request"),
        "focus": {"reference": name("request")},
        "for": {"reference": name("patient")},
        "authoredOn": write_moment(one.received_at),
        "lastModified": write_moment(changed),
        "requester": _requester(one.words, name),
        "owner": {"reference": name("practice")},
        "executionPeriod": {
            "start": write_moment(one.first_contact_at),
            "end": write_moment(one.closed_at) if one.first_contact_at else None,
        },
        "note": [
            {
                "authorString": each.by,
                "time": write_moment(each.at),
                "text": f"{each.what}: {each.note}" if each.note else each.what,
            }
            for each in one.tries
        ],
        "input": _inputs(one.words) if one.words else [],
        "output": _outputs(one, standing),
    }


def _outputs(one: Exported, standing: Standing) -> list[Resource]:
    """When the first appointment is or was, and what is known of it."""
    what = {"text": "First appointment"}
    at = write_moment(one.appointment_at)
    return [
        *([{"type": what, "valueDateTime": at}] if at else []),
        *(
            [{"type": what, "valueCodeableConcept": _business(standing.event)}]
            if standing.event
            else []
        ),
    ]


def _requester(words: Words | None, name: _Names) -> Resource:
    """The office; or the patient, who wrote themselves; or nobody, when the words are gone."""
    if words is None:
        return {}
    return {"reference": name("referrer" if words.referrer is not None else "patient")}


def _notes(one: Exported) -> list[Resource]:
    said = [{"text": one.words.note}] if one.words and one.words.note else []
    return said + [
        {
            "authorString": each.by,
            "time": write_moment(each.at),
            "text": f"Correction: {each.words}",
        }
        for each in one.corrections
    ]


def _inputs(words: Words) -> list[Resource]:
    """What the first call needs to know, and FHIR has no field for."""
    asked: Mapping[str, str | bool] = {
        "Voicemail may be left": words.patient.voicemail_ok,
        "Text messages may be sent": words.patient.text_ok,
        "The office may hear whether the patient came": words.attendance_consent,
        "Best time to call": words.patient.best_time,
        "Insurance plan, as told": words.patient.plan,
        "Age, as told": words.patient.age,
        "Report back by": words.report_back,
        **dict(words.also_sent),
    }
    return [
        {
            "type": {"text": what},
            "valueBoolean" if isinstance(value, bool) else "valueString": value,
        }
        for what, value in asked.items()
        if value != ""
    ]


def _patient(patient: Patient) -> Resource:
    guardian = {
        "relationship": [_coded(_ROLES, "N", "Next-of-Kin")],
        "name": {"text": patient.guardian},
    }
    language = {"language": {"text": patient.language}, "preferred": True}
    return {
        "resourceType": "Patient",
        "name": [{"text": patient.name or _NOT_SAID}],
        "telecom": _telecom(patient.phone, "", patient.email),
        "communication": [language] if patient.language else [],
        "contact": [guardian] if patient.guardian else [],
    }


def _role(referrer: Referrer, name: _Names) -> Resource:
    return {
        "resourceType": "PractitionerRole",
        "practitioner": {"reference": name("person")} if referrer.name else {},
        "organization": {"reference": name("office")} if referrer.office else {},
        "code": [{"text": referrer.role}] if referrer.role else [],
        "telecom": _telecom(referrer.phone, referrer.fax, referrer.email),
    }


def _practitioner(name: str, npi: str) -> Resource:
    return {
        "resourceType": "Practitioner",
        "identifier": [{"system": _NPI, "value": npi}] if npi else [],
        "name": [{"text": name}],
    }


def _organization(name: str, phone: str, fax: str, email: str) -> Resource:
    return {
        "resourceType": "Organization",
        "name": name,
        "telecom": _telecom(phone, fax, email),
    }


def _telecom(phone: str, fax: str, email: str) -> list[Resource]:
    ways = (("phone", phone), ("fax", fax), ("email", email))
    return [{"system": system, "value": value} for system, value in ways if value]


def _identifier(one: Exported, handed_on: HandedOn) -> Resource:
    return {
        "type": _coded(_ID_TYPES, "FILL", "Filler Identifier"),
        "system": f"{handed_on.url}/receipts",
        "value": one.receipt,
    }


def _business(status: Business) -> Resource:
    code, display = status.value
    return _coded(SYSTEM, code, display)


def _coded(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def _whole(value: Any) -> Any:
    """Without what is empty, which FHIR does not allow to be sent; a no is not empty."""
    if isinstance(value, dict):
        kept = {key: _whole(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in ("", None, {}, [])}
    if isinstance(value, list):
        return [one for one in map(_whole, value) if one not in ("", None, {}, [])]
    return value
