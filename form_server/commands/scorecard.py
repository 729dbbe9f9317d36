"""`scorecard`: what came of each source in twelve months, its tier, and where the next hour goes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from form_server.commands.asking import opened
from form_server.rounds import SourceStanding, Survey, survey, whole
from outreach_kit.outreach.scorecard import Tally
from outreach_kit.practice import load_practice

_HOUR_S = 3600
_DAY_S = 86_400


@click.command(name="scorecard", help="What came of each source in twelve months, and its tier.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(*, as_json: bool) -> None:
    """Where the next hour is worth most comes first. Nothing of a patient."""
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        inbox_ids = [one.id for one in ledger.inboxes.all()]
        seen = survey(ledger, practice, inbox_ids, dt.datetime.now(dt.UTC))
        card = _gather(seen)
        ledger.audit.note(
            "scorecard.read", actor="command", detail=f"sources={len(card['sources'])}"
        )
    click.echo(json.dumps(card, ensure_ascii=False, indent=2) if as_json else "\n".join(_say(card)))


def _gather(seen: Survey) -> dict[str, Any]:
    tallies = seen.tallies()
    in_order = sorted(seen.standings, key=lambda one: (-one.score.worth, one.name))
    return {
        "day": seen.today.isoformat(),
        "whole": _figures(whole(tallies)),
        "sources": [_row(one, tallies.get(one.code, Tally())) for one in in_order],
    }


def _row(one: SourceStanding, tally: Tally) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.card.facts.kind.value,
        "tier": one.score.tier.value.upper(),
        "is_tier_set": one.score.is_tier_set,
        "next_hour": one.score.hour.value,
        "worth": round(one.score.worth, 2),
        "last_contact_on": one.last.on.isoformat() if one.last else None,
        "due_on": one.follow_up.due_on.isoformat() if one.follow_up.due_on else None,
        **_figures(tally),
    }


def _figures(tally: Tally) -> dict[str, Any]:
    """None where there is no median and no rate yet."""
    response, appointment = tally.median_first_response, tally.median_to_appointment
    return {
        "referrals": tally.referrals,
        "fit_rate": None if tally.fit_rate is None else round(tally.fit_rate, 3),
        "median_first_response_hours": response and round(response.total_seconds() / _HOUR_S, 1),
        "median_days_to_appointment": appointment
        and round(appointment.total_seconds() / _DAY_S, 1),
        "outcomes": dict(sorted(tally.outcomes.items())),
    }


def _say(card: dict[str, Any]) -> list[str]:
    lines = [f"{card['day']}, twelve months: {_say_figures(card['whole'])}"]
    lines += [
        f"{one['tier']}  {one['name']} ({one['code']}): {_say_figures(one)}; next hour: {one['next_hour']}"
        for one in card["sources"]
    ]
    return lines


def _say_figures(figures: dict[str, Any]) -> str:
    count = figures["referrals"]
    parts = [f"{count} referral{'' if count == 1 else 's'}"]
    if figures["fit_rate"] is not None:
        parts.append(f"{figures['fit_rate']:.0%} fit")
    if figures["median_first_response_hours"] is not None:
        parts.append(f"first response after {figures['median_first_response_hours']} h")
    if figures["median_days_to_appointment"] is not None:
        parts.append(f"first appointment after {figures['median_days_to_appointment']} days")
    return ", ".join(parts)
