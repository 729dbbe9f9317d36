"""A year of outreach, day by day, by a therapist who does each morning what the desk suggests."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from form_server.ledger import Counted, Ledger, NewVisit, SourceFacts, VisitWay
from form_server.rounds import survey
from outreach_kit.outreach.follow_up import NUISANCE_DAYS, Standing
from outreach_kit.outreach.thanks import BATCH_DAYS
from outreach_kit.practice import Practice
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

BY = "user:user-1"
HERE = ["inbox-1"]
OFFICES = [f"o{number}" for number in range(6)]


def test_a_year_nags_nobody_forgets_nobody_and_runs_out_of_nothing(
    sqlite_ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    chance = Random(4)
    for number, code in enumerate(OFFICES):
        town = "Alder Falls" if number % 2 else "Mill Road"
        sqlite_ledger.address_book.add(code, SourceFacts(code, town=town), actor=BY)
    seen: dict[str, list[date]] = {code: [] for code in OFFICES}
    first_due: dict[str, date] = {}
    low_on: dict[str, date] = {}
    thanked = 0

    for _ in range(366):
        clock.advance(timedelta(days=1))
        found = survey(sqlite_ledger, practice, HERE, clock.now)
        for one in found.standings:
            assert one.follow_up.standing is not Standing.FORGOTTEN, (one.code, found.today)
            if one.follow_up.standing.is_due:
                first_due.setdefault(one.code, found.today)
        for code, stock in found.running_low().items():
            low_on.setdefault(code, found.today)
            if stock[0].left == 0:
                assert low_on[code] < found.today, "it was named before it ran out"
        if found.today.weekday() == 2 and found.mornings:
            morning = found.mornings[0]
            plan = found.plan_day([stop.code for stop in morning.stops])
            for visit in plan.visits:
                assert found.by_code[visit.code].follow_up.standing.is_due
                seen[visit.code].append(found.today)
                left = tuple(Counted(item, count) for item, count in visit.bring.items() if count)
                new = NewVisit(
                    sqlite_ledger.new_id(), visit.code, VisitWay.VISIT, found.today, left=left
                )
                sqlite_ledger.visits.log(new, actor=BY)
                low_on.pop(visit.code, None)
        if found.today.day in BATCH_DAYS:
            cards_owed = sqlite_ledger.thank_yous.to_print(HERE, clock.now)
            sqlite_ledger.thank_yous.print(cards_owed, HERE, actor=BY)
            lying = [one.id for one in sqlite_ledger.thank_yous.lying()]
            thanked += sqlite_ledger.thank_yous.mail(lying, actor=BY)
        if chance.random() < 0.2:
            accept_one(sqlite_ledger, source=chance.choice(OFFICES), received_at=clock.now)

    for code, days in seen.items():
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        assert len(days) >= 3, f"{code} was shown often enough"
        assert min(gaps) >= NUISANCE_DAYS
        assert max(gaps) < 120, "and within weeks of its day"
        assert days[0] >= first_due[code]
    owed = sum(one.count for one in sqlite_ledger.owing.thanks(HERE))
    assert thanked > 30
    assert owed < 15, "only what came since the last batch"
