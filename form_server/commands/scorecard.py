"""`scorecard`: what came of each source in twelve months, its tier, and where the next hour goes."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import click

from form_server.commands.asking import opened
from form_server.rounds import (
    as_document,
    choose_period,
    read_scorecard,
    read_year,
    review_year,
    survey,
)
from outreach_kit.errors import UsageError
from outreach_kit.paper import Paper
from outreach_kit.paper.year_review import render_year_review
from outreach_kit.practice import load_practice
from outreach_kit.publish.request import PAPERS


@click.command(name="scorecard", help="What came of each source in twelve months, and its tier.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--period", default="12", show_default=True, help="12 or 24 months, or a year.")
@click.option(
    "--pdf",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Print the review of the year of --period, or of this year, into this file.",
)
@click.option(
    "--paper", type=click.Choice(PAPERS), default=PAPERS[0], show_default=True, help="For --pdf."
)
def command(*, as_json: bool, period: str, target: Path | None, paper: str) -> None:
    """Where the next hour is worth most comes first. Nothing of a patient."""
    now = dt.datetime.now(dt.UTC)
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        inbox_ids = [one.id for one in ledger.inboxes.all()]
        seen = survey(ledger, practice, inbox_ids, now)
        if target is not None:
            year = read_year(period, seen.today) or seen.today.year
            review = review_year(seen, year)
            pdf = render_year_review(
                review, practice, seen.today, int(now.timestamp()), Paper(paper)
            )
            _write(target, pdf)
            ledger.audit.note("scorecard.printed", actor="command", detail=str(year))
            click.echo(f"The review of {year}: {target}")
            return
        card = as_document(read_scorecard(seen, choose_period(period, practice, now)))
        ledger.audit.note(
            "scorecard.read", actor="command", detail=f"sources={len(card['sources'])}"
        )
    click.echo(json.dumps(card, ensure_ascii=False, indent=2) if as_json else "\n".join(_say(card)))


def _write(target: Path, pdf: bytes) -> None:
    """For its owner only, because it names those who refer; whole, or not at all."""
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}. Make it, or choose another.")
    beside = target.with_name(f"{target.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pdf)
    beside.replace(target)


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
