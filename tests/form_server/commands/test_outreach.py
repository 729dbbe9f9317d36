"""`today` and `scorecard`, run as a person and a program run them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from form_server.commands import handoff
from form_server.ledger import Counted, Fit, Ledger, NewGift, NewVisit, SourceFacts, VisitWay
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.ledger.things import accept_one, establish
from tests.outreach_kit.paper.reading import text_of

BY = "user:user-1"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(tmp_path),
        "HANDOFF_URL": "https://refer.harborstreet.example",
    }


@pytest.fixture
def ledger(env: dict[str, str]) -> Iterator[Ledger]:
    """Two offices: one seen long ago that sends well, one that nobody has seen."""
    with Ledger.open(f"sqlite:///{env['HANDOFF_VAR']}/handoff.db") as made:
        made.migrate()
        establish(made)
        now = dt.datetime.now(dt.UTC)
        for code, name in (("k7", "Mill Road"), ("q4", "Lakeside")):
            made.address_book.add(code, SourceFacts(name, town="Alder Falls"), actor=BY)
        then = now.date() - dt.timedelta(days=200)
        left = (Counted("card", 40),)
        made.visits.log(NewVisit(made.new_id(), "k7", VisitWay.VISIT, then, left=left), actor=BY)
        for days in (40, 41, 42, 43):
            at = now - dt.timedelta(days=days)
            sent = accept_one(made, source="k7", received_at=at, promised_by=at)
            made.steps.mark_fit(sent.id, Fit.IN, "user-1")
        made.gifts.add(NewGift("k7", "Cookies", 900, then), actor=BY)
        yield made


def run(env: dict[str, str], *words: str) -> str:
    done = CliRunner().invoke(handoff, words, env=env)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_today_names_offices_and_counts_people(env: dict[str, str], ledger: Ledger) -> None:
    said = run(env, "today")
    assert "4 people waiting for a call, 4 past the promise" in said
    assert "Morning 1 (Alder Falls)" in said
    assert "k7  Mill Road, not seen for six months" in said
    assert "q4  Lakeside, due " in said
    assert "Running low: Mill Road (card)" in said
    assert re.search("Thank-yous: 1 card (to mail on|due since) ", said)


def test_today_for_programs_says_the_same(env: dict[str, str], ledger: Ledger) -> None:
    day = json.loads(run(env, "today", "--json"))
    assert (day["waiting"], day["overdue"]) == (4, 4)
    (morning,) = day["visits"]
    assert {one["code"] for one in morning["offices"]} == {"k7", "q4"}
    thanks = day["thank_yous"]
    assert thanks["cards"] == 1
    assert thanks["is_due"] == (thanks["mail_on"] <= day["day"])


def test_a_day_with_nothing_to_do_says_so_in_a_line(env: dict[str, str]) -> None:
    with Ledger.open(f"sqlite:///{env['HANDOFF_VAR']}/handoff.db") as made:
        made.migrate()
        establish(made)
    said = run(env, "today").splitlines()
    assert len([line for line in said if not line.startswith("Gifts")]) == 1
    assert "0 people waiting" in said[0]


def test_the_scorecard_puts_first_where_an_hour_is_worth_most(
    env: dict[str, str], ledger: Ledger
) -> None:
    card = json.loads(run(env, "scorecard", "--json"))
    best, new = card["sources"]
    assert (best["code"], best["tier"], best["next_hour"], best["fit_rate"]) == (
        "k7",
        "A",
        "visit",
        1,
    )
    assert (new["tier"], new["referrals"], new["fit_rate"]) == ("C", 0, None)
    assert best["worth"] > new["worth"] > 0
    assert card["whole"]["referrals"] == 4
    said = run(env, "scorecard").splitlines()
    assert "4 referrals, 100% fit" in said[0]
    assert said[1].startswith("A  Mill Road (k7)")
    assert ledger.audit.recent(1)[0].action == "scorecard.read"


def test_the_year_comes_to_paper_for_its_owner_alone(
    env: dict[str, str], ledger: Ledger, tmp_path: Path
) -> None:
    target, year = tmp_path / "year.pdf", dt.datetime.now(dt.UTC).year
    said = run(env, "scorecard", "--pdf", str(target), "--period", str(year - 1), "--paper", "a4")
    assert f"The review of {year - 1}" in said
    assert target.stat().st_mode & 0o077 == 0
    assert f"{year - 1}" in text_of(target.read_bytes())
    assert ledger.audit.recent(1)[0].action == "scorecard.printed"
    missing = tmp_path / "nowhere" / "year.pdf"
    done = CliRunner().invoke(handoff, ["scorecard", "--pdf", str(missing)], env=env)
    assert done.exit_code != 0
    assert [one.name for one in tmp_path.glob("year*")] == ["year.pdf"]
