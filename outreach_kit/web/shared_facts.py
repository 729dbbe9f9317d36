"""`handoff.json`: what the website promises, for a program that compares it with the form server.

Website and server are made from one folder, but not at one time: after a change, one of them may
still say the old number, hours or promise.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Final

from outreach_kit.practice import Practice
from outreach_kit.practice.plain import as_plain, is_none
from outreach_kit.web.site import Site

SHARED_FACTS_PATH: Final = "handoff.json"
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def shared_facts(practice: Practice, form_url: str | None) -> Mapping[str, object]:
    """Values of JSON alone, so that they compare equal after a round trip through a file."""
    hours, promise = practice.hours, practice.promise
    week = {day: _say_spans(spans) for day, spans in zip(_DAYS, hours.week, strict=True) if spans}
    return {
        "name": practice.name,
        "phone": practice.contact.phone.e164,
        "time_zone": practice.identity.time_zone,
        "hours": {
            **week,
            "holidays": hours.holidays,
            "closed_on": [day.isoformat() for day in hours.closed_on],
        },
        "promise": as_plain(promise, is_none),
        "reasons": [reason.slug for reason in practice.reasons],
        "clinicians": [one.slug for one in practice.clinicians],
        "form_url": form_url,
    }


def render_shared_facts(site: Site) -> str:
    facts = shared_facts(site.practice, site.form_url)
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _say_spans(spans: tuple[tuple[dt.time, dt.time], ...]) -> str:
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)
