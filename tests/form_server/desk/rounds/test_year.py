"""A year of outreach through the desk's own pages, by a therapist who goes where it says, once a week."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from itertools import pairwise

from outreach_kit.outreach.follow_up import FORGOTTEN_DAYS, NUISANCE_DAYS
from tests.form_server.desk.rounds.outreach import add_office
from tests.form_server.desk.stage import Stage, hidden

OFFICES = {f"o{number}": ("Alder Falls", "Mill Road")[number % 2] for number in range(7)}
_PLAN = re.compile(r'href="(/desk/outreach/day\?[^"]+)"')
_LOG = re.compile(r'href="(/desk/outreach/visits/(o\d)/new\?[^"]+)"')
_DUE = re.compile(r'name="office" value="(o\d)"')


def test_a_year_of_mornings_nags_nobody_and_forgets_nobody(desk: Stage) -> None:
    for code, town in OFFICES.items():
        add_office(desk, code, town=town)
    seen: dict[str, list[date]] = {code: [] for code in OFFICES}
    for _ in range(53):
        desk.come_back_after(days=7)
        today = desk.practice.today(desk.clock())
        week = desk.get("/desk/outreach").text
        due = set(_DUE.findall(week))
        for code, days in seen.items():
            since = (today - days[-1]).days if days else None
            assert (code in due) is (since is None or since >= 90), (code, today)
            assert since is None or since < FORGOTTEN_DAYS
        if plans := _PLAN.findall(week):
            _go(desk, html.unescape(plans[0]), today, seen)
    for days in seen.values():
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        assert len(days) >= 4
        assert min(gaps) >= NUISANCE_DAYS
        assert max(gaps) < 120


def _go(desk: Stage, plan: str, today: date, seen: dict[str, list[date]]) -> None:
    """To each stop of the morning, in its order; the page after one leads to the next."""
    for path, code in _LOG.findall(desk.get(plan).text):
        form = desk.get(html.unescape(path)).text
        names = ("csrf_token", "visit_id", "suggested")
        data = {name: hidden(form, name) for name in names}
        data |= {"way": "visit", "done_on": today.isoformat(), "next_on": data["suggested"]}
        assert date.fromisoformat(data["suggested"]) == today + timedelta(days=90)
        assert desk.post(html.unescape(path).partition("?")[0], data).status_code == 303
        seen[code].append(today)
