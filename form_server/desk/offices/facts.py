"""What is known of an office: how to reach it, how it is dealt with, and the code on its sheets."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from flask import url_for

from form_server.desk.colleagues.wording import Fact
from form_server.desk.console import the_desk
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.offices.wording import dial, say_agreed, say_rhythm, say_town
from form_server.ledger import SourceFacts, VisitWay
from outreach_kit.paper.qr import make_qr
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class ReachPanel:
    """`place` are the lines of an address; `map` is a link that shows them on a map."""

    phone: str
    tel: str
    email: str
    website: str
    fax: str
    hours: str
    place: tuple[str, ...]
    map: str


@dataclass(frozen=True)
class FactsPanel:
    facts: tuple[Fact, ...]
    edit: str
    note: str


@dataclass(frozen=True)
class CodePanel:
    """`picture` is an SVG; `is_public` says that strangers read the code off a wall."""

    code: str
    office_form: str
    patient_form: str
    picture: str
    is_public: bool


def build_reach(case: OfficeCase) -> ReachPanel:
    facts = case.card.facts
    place = tuple(line for line in (*facts.address, say_town(facts)) if line)
    return ReachPanel(
        phone=facts.phone,
        tel=dial(facts.phone),
        email=facts.email,
        website=facts.website,
        fax=facts.fax,
        hours=facts.hours,
        place=place,
        map=_map(facts, place),
    )


def build_facts(case: OfficeCase) -> FactsPanel:
    facts, score = case.card.facts, case.detail.standing.score
    tier = f"{score.tier.upper()}, {'set by hand' if score.is_tier_set else 'by what they send'}"
    is_private = facts.kind.is_private
    rows = (
        ("Tier", "" if is_private else tier),
        ("Visits", say_rhythm(facts)),
        ("Whose words they get", _audience(facts, case.practice)),
        ("Newsletter", say_agreed(facts.agreed_on)),
        ("Gifts", "" if is_private or facts.takes_gifts else "They take none"),
        ("On the map", _degrees(facts)),
    )
    told = tuple(Fact(label, text) for label, text in rows if text)
    return FactsPanel(
        told,
        url_for("desk.edit_office", code=case.code),
        url_for("desk.show_visit_form", code=case.code, way=VisitWay.NOTE.value),
    )


def build_code(case: OfficeCase) -> CodePanel:
    return CodePanel(
        code=case.code,
        office_form=_link(case.code, "refer"),
        patient_form=_link(case.code, "hello"),
        picture=make_qr(_link(case.code, "refer")).svg,
        is_public=case.card.facts.public_poster,
    )


REACH = Panel("offices/reach.html", build_reach)
FACTS = Panel("offices/facts.html", build_facts)
CODE = Panel("offices/code.html", build_code)


def _link(code: str, door: str) -> str:
    return f"{the_desk().public_url}/{door}?source={quote(code)}"


def _map(facts: SourceFacts, place: tuple[str, ...]) -> str:
    """As on the website; nothing where neither degrees nor a street are known."""
    north, east = facts.latitude, facts.longitude
    if north is not None and east is not None:
        return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=17/{north}/{east}"
    if not facts.address:
        return ""
    return f"https://www.openstreetmap.org/search?query={quote_plus(', '.join(place))}"


def _audience(facts: SourceFacts, practice: Practice) -> str:
    if not facts.audience:
        return practice.audiences[0].name
    known = practice.audience(facts.audience)
    return known.name if known else f"{facts.audience} (not in your audiences)"


def _degrees(facts: SourceFacts) -> str:
    if facts.latitude is None or facts.longitude is None:
        return ""
    return f"{facts.latitude}, {facts.longitude}"
