"""Colleagues as these tests need them, and forms as a browser would send them."""

from __future__ import annotations

from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from form_server.ledger import ColleagueFacts, Fit, Referral
from tests.form_server.desk.stage import Stage, hidden

DRINKING = "substance-dependence-as-the-main-concern"
IRIS = ColleagueFacts(
    name="Iris Okafor",
    credentials="PhD",
    practice="North Fork Recovery",
    phone="(360) 555-0161",
    email="iris@northfork.example",
    needs=(DRINKING,),
    need_words=("grief",),
    youngest=16,
    languages=("English", "Spanish"),
    plans=("Regence",),
    town="Mill Creek",
    miles=6,
    openings=2,
    openings_on=date(2026, 11, 14),
)


def a_colleague(stage: Stage, **facts: Any) -> str:
    """Its id; nothing but a name unless more is said."""
    named = ColleagueFacts(**{"name": "Omar Haddad", **facts})
    return stage.ledger.colleagues.add(named, actor="test").id


def iris(stage: Stage) -> str:
    return stage.ledger.colleagues.add(IRIS, actor="test").id


def an_out(stage: Stage, **said: Any) -> Referral:
    """A referral that is marked as out."""
    referral = stage.receive(**said)
    stage.ledger.steps.mark_fit(referral.id, Fit.OUT, stage.founding.user_id)
    return referral


def send(stage: Stage, page: str, action: str, data: dict[str, Any]) -> TestResponse:
    """A form of `page`, sent to `action`; lists are fields that stand there several times."""
    token = hidden(stage.get(page).text, "csrf_token")
    fields = {"csrf_token": token, **data}
    return stage.client.post(
        action, data=fields, base_url=stage.origin, headers={"Origin": stage.origin}
    )
