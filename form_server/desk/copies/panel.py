"""On a referral's page: the way to a copy of it, and to everything about its patient."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from form_server.desk.referral.case import Case


@dataclass(frozen=True)
class Leads:
    copy: str
    patient: str


def build_leads(case: Case) -> Leads | None:
    if case.said is None:
        return None
    referral_id = case.referral.id
    return Leads(
        copy=url_for("desk.show_copy", referral_id=referral_id),
        patient=url_for("desk.show_patient", marks=referral_id),
    )
