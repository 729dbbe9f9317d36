"""`scorecard`: what came of each source in twelve months, its tier, and where the next hour goes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from form_server.commands.asking import opened
from form_server.rounds import as_document, choose_period, read_scorecard, survey
from outreach_kit.practice import load_practice


@click.command(name="scorecard", help="What came of each source in twelve months, and its tier.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--period", default="12", show_default=True, help="12 or 24 months, or a year.")
def command(*, as_json: bool, period: str) -> None:
    """Where the next hour is worth most comes first. Nothing of a patient."""
    now = dt.datetime.now(dt.UTC)
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        inbox_ids = [one.id for one in ledger.inboxes.all()]
        seen = survey(ledger, practice, inbox_ids, now)
        card = as_document(read_scorecard(seen, choose_period(period, practice, now)))
        ledger.audit.note(
            "scorecard.read", actor="command", detail=f"sources={len(card['sources'])}"
        )
    click.echo(json.dumps(card, ensure_ascii=False, indent=2) if as_json else "\n".join(_say(card)))


def _say(card: dict[str, Any]) -> list[str]:
    lines = [f"{card['from']} to {card['until']}: {_say_figures(card['whole'])}"]
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
