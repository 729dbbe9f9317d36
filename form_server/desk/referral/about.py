"""What was said about the patient and by whom, laid out to be read at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from form_server.desk.referral.case import Case
from form_server.desk.referral.named import say_clinician, say_reasons, say_source
from form_server.desk.referral.report_back import say_report_back
from form_server.desk.referral.said import Referrer, Said
from form_server.desk.referral.times import say_moment
from form_server.desk.replies.sides import what_they_learn
from outreach_kit.outreach import Network, look_up_plan
from outreach_kit.outreach.telling import Telling
from outreach_kit.practice import Practice

_AGES: Final = {
    "child": "Under 13", "teen": "13 to 17", "adult": "18 to 64", "older": "65 or older",
}  # fmt: skip
_TIMINGS: Final = {"routine": "Routine", "soon": "Soon, please"}


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class Reasons:
    reasons: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Office:
    """`referrer` is None when the patient wrote themselves."""

    referrer: Referrer | None
    facts: tuple[Fact, ...]


def build_reasons(case: Case) -> Reasons | None:
    said = case.said
    return Reasons(say_reasons(said.reasons, case.practice), said.note) if said else None


def build_about(case: Case) -> tuple[Fact, ...] | None:
    return (_facts(case, case.said) if case.said else ()) or None


def build_office(case: Case) -> Office | None:
    if case.said is None:
        return None
    if case.said.from_patient:
        return Office(None, ())
    learns = what_they_learn(case) is Telling.OUTCOME
    return Office(case.said.referrer, _office_facts(case, case.said, learns=learns))


def _facts(case: Case, said: Said) -> tuple[Fact, ...]:
    call_at, zone = said.first_call_at, case.practice.time_zone
    rows = (
        ("First call agreed for", say_moment(call_at, case.now, zone) if call_at else ""),
        ("How soon", _TIMINGS.get(said.timing, said.timing)),
        ("Best time to call", said.best_time),
        ("Language", said.language),
        ("Parent or guardian", said.guardian_name),
        ("Age", _AGES.get(said.age_band, said.age_band)),
        ("Insurance plan", _say_plan(said.plan, case.practice)),
        ("Asked for", say_clinician(said.clinician, case.practice)),
        ("Their card came from", say_source(said.source, case.desk.ledger)),
        *said.extras,
    )
    return tuple(Fact(label, text) for label, text in rows if text)


def _office_facts(case: Case, said: Said, *, learns: bool) -> tuple[Fact, ...]:
    consent = "The patient agreed that you tell how it goes"
    no_consent = "That it arrived; nothing of how it goes"
    rows = (
        ("Fax", said.referrer.fax),
        ("Report back", say_report_back(case, said)),
        ("What they may learn", consent if learns else no_consent),
    )
    return tuple(Fact(label, text) for label, text in rows if text)


def _say_plan(plan: str, practice: Practice) -> str:
    """The plan with the one thing that the first call needs to know about it."""
    if not plan:
        return ""
    network, listed = look_up_plan(plan, practice.insurance.plans)
    match network:
        case Network.IN:
            return f"{plan} (in network)"
        case Network.NEAR:
            return f"{plan} (ask: your list has {listed})"
        case _:
            return f"{plan} (not on your list)"
