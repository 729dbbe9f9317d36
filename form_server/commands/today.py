"""`today`: who waits for a call, what is owed, whom to see; counts of patients and names of offices."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from form_server.commands.asking import opened
from form_server.ledger import CardOwed, Kept, Ledger, Sieve
from form_server.rounds import Survey, made_before, survey
from outreach_kit.outreach.gifts import Occasion
from outreach_kit.outreach.thanks import batch_to_make
from outreach_kit.practice import load_practice

_OCCASIONS = {
    Occasion.JULY_FOURTH: "cookies for July 4, when nobody else brings them",
    Occasion.AGAIN: "cookies again, a year after the last",
    Occasion.DECEMBER: "no cookies in December: everybody brings some",
}


@click.command(name="today", help="Who waits for a call, what is owed, and whom to see this week.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(*, as_json: bool) -> None:
    """Nothing of a patient: referrals are counted and never opened."""
    with opened() as (settings, ledger):
        practice = load_practice(settings.practice)
        now = dt.datetime.now(dt.UTC)
        inbox_ids = [one.id for one in ledger.inboxes.all()]
        seen = survey(ledger, practice, inbox_ids, now)
        cards = ledger.thank_yous.to_print(inbox_ids, made_before(practice, now))
        day = _gather(ledger, seen, cards, now)
    click.echo(json.dumps(day, ensure_ascii=False, indent=2) if as_json else "\n".join(_say(day)))


def _gather(
    ledger: Ledger, seen: Survey, cards: list[CardOwed], now: dt.datetime
) -> dict[str, Any]:
    late = Sieve(tuple(seen.inbox_ids), kept=Kept.OVERDUE)
    return {
        "day": seen.today.isoformat(),
        "waiting": ledger.referrals.open_counts(seen.inbox_ids).waiting,
        "overdue": ledger.listing.count(late, now),
        "visits": [
            {
                "towns": list(morning.towns),
                "offices": [
                    {
                        "code": stop.code,
                        "name": stop.name,
                        "due_on": stop.due_on.isoformat(),
                        "is_forgotten": stop.is_forgotten,
                    }
                    for stop in morning.stops
                ],
            }
            for morning in seen.mornings
        ],
        "running_low": [
            {
                "code": code,
                "name": seen.by_code[code].name,
                "items": [one.item.value for one in stock if one.is_low],
            }
            for code, stock in seen.running_low().items()
        ],
        "thank_yous": {
            "mail_on": batch_to_make(seen.today).isoformat() if cards else None,
            "cards": len(cards),
            "printed": len(ledger.thank_yous.lying()),
            "is_due": bool(cards) and batch_to_make(seen.today) <= seen.today,
        },
        "gifts": [
            {
                "what": _OCCASIONS[one.occasion],
                "on": one.on.isoformat(),
                "codes": [] if one.is_discouraged else list(one.codes),
            }
            for one in seen.gifts
        ],
    }


def _say(day: dict[str, Any]) -> list[str]:
    """A line each; what there is none of is left out."""
    lines = [f"{day['day']}: {_count(day['waiting'], 'person', 'people')} waiting for a call"]
    if day["overdue"]:
        lines[0] += f", {day['overdue']} past the promise"
    for number, morning in enumerate(day["visits"], start=1):
        towns = ", ".join(morning["towns"]) or "place unknown"
        lines.append(f"Morning {number} ({towns})")
        lines += [
            f"  {one['code']}  {one['name']}, "
            + ("not seen for six months" if one["is_forgotten"] else f"due {one['due_on']}")
            for one in morning["offices"]
        ]
    lines += [
        f"Running low: {one['name']} ({', '.join(one['items'])})" for one in day["running_low"]
    ]
    thanks = day["thank_yous"]
    if thanks["cards"]:
        cards = _count(thanks["cards"], "card", "cards")
        when = "due since" if thanks["mail_on"] < day["day"] else "to mail on"
        lines.append(f"Thank-yous: {cards} {when} {thanks['mail_on']}")
    if thanks["printed"]:
        lines.append(f"Printed and not mailed: {_count(thanks['printed'], 'card', 'cards')}")
    lines += [f"Gifts: {one['what']}" for one in day["gifts"]]
    return lines


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
