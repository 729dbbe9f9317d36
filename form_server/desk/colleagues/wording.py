"""Colleagues in words, the same on every page: what they take, where, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from form_server.desk.referral.times import say_date
from form_server.ledger import Colleague, ColleagueFacts, Dealings
from outreach_kit.outreach.kinds import kinds_of
from outreach_kit.outreach.matching import Candidate, say_openings
from outreach_kit.practice import Practice
from outreach_kit.practice.values import parse_phone


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


def candidate_of(colleague: Colleague) -> Candidate:
    """What matching may know of a colleague; what is owed to them has no place there."""
    facts = colleague.facts
    return Candidate(
        id=colleague.id,
        name=facts.name,
        needs=facts.needs,
        need_words=facts.need_words,
        youngest=facts.youngest,
        oldest=facts.oldest,
        languages=facts.languages,
        plans=facts.plans,
        self_pay=facts.self_pay,
        sliding_scale=facts.sliding_scale,
        telehealth=facts.telehealth,
        miles=facts.miles,
        openings=facts.openings,
        openings_on=facts.openings_on,
    )


def full_name(facts: ColleagueFacts) -> str:
    return ", ".join(text for text in (facts.name, facts.credentials) if text)


def label_kinds(practice: Practice) -> dict[str, str]:
    """The practice's own words for each kind, by slug; made once for a whole list."""
    return {kind.slug: kind.label for kind in kinds_of(practice)}


def say_takes(facts: ColleagueFacts, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The practice's own words first; a slug that its lists have no more is left out."""
    return (*(labels[slug] for slug in facts.needs if slug in labels), *facts.need_words)


def say_where(facts: ColleagueFacts) -> str:
    """“North Fork Recovery · Mill Creek, 6 miles · online in WA”."""
    away = f"{facts.miles} mile{'' if facts.miles == 1 else 's'}" if facts.miles is not None else ""
    place = ", ".join(text for text in (facts.town, away) if text)
    online = f"online in {', '.join(facts.telehealth)}" if facts.telehealth else ""
    return " · ".join(text for text in (facts.practice, place, online) if text)


def say_ages(facts: ColleagueFacts) -> str:
    if facts.youngest is None and facts.oldest is None:
        return ""
    if facts.oldest is None:
        return f"{facts.youngest} and older"
    return f"{facts.youngest or 0} to {facts.oldest}"


def say_price(facts: ColleagueFacts) -> str:
    ways = (("self-pay", facts.self_pay), ("sliding scale", facts.sliding_scale))
    return " and ".join(text for text, has in ways if has).capitalize()


def say_room(facts: ColleagueFacts, today: date) -> str:
    return say_openings(facts.openings, facts.openings_on, today).text


def list_facts(facts: ColleagueFacts, today: date) -> tuple[Fact, ...]:
    rows = (
        ("Openings", say_room(facts, today)),
        ("Ages", say_ages(facts)),
        ("Languages", ", ".join(facts.languages)),
        ("Plans", ", ".join(facts.plans)),
        ("Without insurance", say_price(facts)),
        ("Where", say_where(facts)),
        ("Fax", facts.fax),
        ("In public", _say_listed(facts.public_on)),
        ("Code on their cards", facts.source_code),
    )
    return tuple(Fact(label, text) for label, text in rows if text)


def _say_listed(agreed_on: date | None) -> str:
    if agreed_on is None:
        return "Not listed"
    return f"Agreed on {say_date(agreed_on)}"


def telephone(typed: str) -> str:
    """The address to dial, or nothing."""
    return parse_phone(typed).href if typed else ""


def is_thanks_owed(colleague: Colleague, dealings: Dealings) -> bool:
    """Whether somebody came from them since they were thanked."""
    last, thanked = dealings.last_received_at, colleague.thanked_at
    return last is not None and (thanked is None or thanked < last)
