"""Sources as they stand, from real rows on both stores."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from form_server.ledger import (
    Counted,
    Fit,
    Ledger,
    NewGift,
    NewVisit,
    PersonFacts,
    PersonRole,
    SourceFacts,
    SourceKind,
    VisitWay,
)
from form_server.rounds import (
    PACE_SETTING,
    Survey,
    feed_events,
    list_readers,
    read_pace,
    survey,
    thanked_before,
    write_pace,
)
from outreach_kit.outreach.follow_up import Rhythm, Standing, Tier
from outreach_kit.outreach.newsletter import plan_mailing
from outreach_kit.outreach.next_message import Message
from outreach_kit.outreach.scorecard import Hour
from outreach_kit.outreach.stock import Item
from outreach_kit.outreach.thanks import BATCH_DAYS, batch_day
from outreach_kit.practice import Practice
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

BY = "user:user-1"
HERE = ["inbox-1"]
TODAY = date(2026, 3, 2)


def look(ledger: Ledger, practice: Practice, clock: MovableClock) -> Survey:
    return survey(ledger, practice, HERE, clock.now)


def office(ledger: Ledger, code: str = "k7", **facts: object) -> None:
    said = {"name": f"Office {code}", "town": "Alder Falls", **facts}
    ledger.address_book.add(code, SourceFacts(**said), actor=BY)  # type: ignore[arg-type]


def visited(ledger: Ledger, code: str, days_ago: int, **said: object) -> None:
    visit = NewVisit(
        ledger.new_id(),
        code,
        VisitWay.VISIT,
        TODAY - timedelta(days=days_ago),
        **said,  # type: ignore[arg-type]
    )
    ledger.visits.log(visit, actor=BY)


def test_each_source_stands_where_its_last_visit_leaves_it(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    for code in ("new", "seen", "due", "lost"):
        office(ledger, code)
    office(ledger, "friend", kind=SourceKind.FRIEND)
    office(ledger, "no", rests=True)
    for code, days in (("seen", 30), ("due", 100), ("lost", 200)):
        visited(ledger, code, days)
    found = look(ledger, practice, clock)
    assert {one.code: one.follow_up.standing for one in found.standings} == {
        "new": Standing.FIRST,
        "seen": Standing.QUIET,
        "due": Standing.DUE,
        "lost": Standing.FORGOTTEN,
        "friend": Standing.RESTING,
        "no": Standing.RESTING,
    }
    assert [one.code for one in found.due] == ["lost", "due", "new"]
    (morning,) = found.mornings
    assert {stop.code for stop in morning.stops} == {"lost", "due", "new"}
    assert [one.code for one in found.next_hour] == ["lost", "due", "new"]
    assert [one.uid for one in feed_events(found, "here", "https://desk.example")]


def test_what_came_makes_the_tier_the_hour_and_the_message(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    for code in ("good", "wrong"):
        office(ledger, code)
        visited(ledger, code, 100)
    for _ in range(4):
        good = accept_one(ledger, source="good", received_at=clock.now - timedelta(days=9))
        ledger.steps.mark_fit(good.id, Fit.IN, "user-1")
    wrong = accept_one(ledger, source="wrong", received_at=clock.now)
    ledger.steps.mark_fit(wrong.id, Fit.OUT, "user-1")
    accept_one(ledger, source=None)
    found = look(ledger, practice, clock)
    best, worst = found.by_code["good"], found.by_code["wrong"]
    messages = {code: one.message for code, one in found.details(["good", "wrong"]).items()}
    assert (best.score.tier, worst.score.tier) == (Tier.A, Tier.C)
    assert (best.score.hour, worst.score.hour) == (Hour.VISIT, Hour.EXPLAIN)
    assert messages == {"good": Message.THANKS, "wrong": Message.NICHE_AGAIN}
    assert best.owed_thanks == 4
    assert (best.tally.fit_rate, worst.tally.fit_rate) == (1.0, 0.0)
    assert found.next_hour[0] is best

    visited(ledger, "wrong", 0, said=Message.NICHE_AGAIN)
    assert look(ledger, practice, clock).details(["wrong"])["wrong"].message is Message.THANKS


def test_stock_runs_down_and_fills_the_bag(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    office(ledger)
    office(ledger, "q4")
    ledger.address_book.add_person("k7", PersonFacts("Priya", PersonRole.RECEPTIONIST), actor=BY)
    ledger.address_book.add_person("k7", PersonFacts("Dr. Wu", PersonRole.PHYSICIAN), actor=BY)
    visited(ledger, "k7", 100, left=(Counted(Item.CARD, 20), Counted(Item.PAD, 2)))
    found = look(ledger, practice, clock)
    assert set(found.running_low()) == {"k7"}
    day = found.plan_day(["k7", "nothing", "q4"])
    first, second = day.visits
    assert (first.greet, first.ask_for) == (("Priya",), ("Dr. Wu",))
    assert first.bring[Item.CARD] == 40
    assert second.bring[Item.PAD] == 2
    assert found.details(["k7"])["k7"].message is Message.RESTOCK


def test_who_refers_how_much_changes_no_gift(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    for code in ("k7", "q4"):
        office(ledger, code)
    office(ledger, "no", takes_gifts=False)
    ledger.gifts.add(NewGift("k7", "Cookies", 900, TODAY - timedelta(days=400)), actor=BY)
    before = look(ledger, practice, clock).gifts
    for _ in range(5):
        accept_one(ledger, source="q4", received_at=clock.now - timedelta(days=3))
    assert look(ledger, practice, clock).gifts == before
    assert [one.codes for one in before] == [("k7",)]


def test_a_newsletter_may_go_to_whoever_was_met_or_agreed(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    office(ledger, "met", email="desk@met.example", audience="schools")
    office(ledger, "agreed", email="desk@agreed.example", agreed_on=TODAY)
    office(ledger, "stranger", email="desk@stranger.example")
    office(ledger, "friend", kind=SourceKind.FRIEND, email="friend@example.org", agreed_on=TODAY)
    ledger.address_book.add_person("met", PersonFacts("Priya", email="priya@met.example"), actor=BY)
    visited(ledger, "met", 10)
    ledger.mailing_list.unsubscribe("Desk@Met.example", actor="reader")
    mailing = plan_mailing(list_readers(ledger), ledger.mailing_list.all_out())
    assert {one.address for one in mailing.readers} == {"desk@agreed.example", "priya@met.example"}


def test_a_rhythm_that_was_set_holds_and_a_broken_one_does_not(ledger: Ledger) -> None:
    assert read_pace(ledger.desk_settings.all()) == Rhythm()
    for value, expected in (
        (write_pace(Rhythm(60, 90, 120)), Rhythm(60, 90, 120)),
        ("a=5 b=90", Rhythm()),
        ("often", Rhythm()),
    ):
        ledger.desk_settings.put(PACE_SETTING, value, actor=BY)
        assert read_pace(ledger.desk_settings.all()) == expected


def test_a_batch_thanks_for_exactly_what_is_due_by_its_day(practice: Practice) -> None:
    for days in range(40):
        received_on = TODAY + timedelta(days=days)
        on = batch_day(received_on)
        until = thanked_before(on, practice).astimezone(practice.time_zone).date()
        days_before = (on - timedelta(days=one) for one in range(1, 20))
        batch_before = next(day for day in days_before if day.day in BATCH_DAYS)
        earlier = thanked_before(batch_before, practice)
        assert received_on < until
        assert earlier.astimezone(practice.time_zone).date() <= received_on


def test_what_is_kept_from_one_look_to_the_next_gives_way_to_every_change(
    ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    office(ledger, name="Lakeside")
    visited(ledger, "k7", 100, left=(Counted(Item.CARD, 20),))
    seen = [look(ledger, practice, clock) for _ in range(2)]
    assert seen[0].standings == seen[1].standings
    assert seen[0].running_low() == seen[1].running_low() != {}

    ledger.stock_moves.add("k7", [Counted(Item.CARD, 40)], TODAY, actor=BY)
    assert look(ledger, practice, clock).running_low() == {}
    ledger.address_book.change("k7", SourceFacts("Lakeview", tier="a"), actor=BY)
    sent = accept_one(ledger, source="k7", received_at=clock.now)
    ledger.gifts.add(NewGift("k7", "Cookies", 900, TODAY), actor=BY)
    (now,) = look(ledger, practice, clock).standings
    assert (now.name, now.score.tier, now.last_gift_on) == ("Lakeview", Tier.A, TODAY)
    assert (now.tally.referrals, now.tally.fits, now.follow_up.standing) == (1, 0, Standing.DUE)
    ledger.steps.mark_fit(sent.id, Fit.IN, "user-1")
    visited(ledger, "k7", 0)
    (now,) = look(ledger, practice, clock).standings
    assert (now.tally.fits, now.follow_up.standing) == (1, Standing.QUIET)
    clock.now += timedelta(days=181)
    (now,) = look(ledger, practice, clock).standings
    assert now.follow_up.standing is Standing.FORGOTTEN


def test_a_survey_asks_as_many_questions_for_many_as_for_one(
    sqlite_ledger: Ledger, practice: Practice, clock: MovableClock
) -> None:
    def count() -> int:
        asked: list[str] = []

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        engine = sqlite_ledger._store.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            found = look(sqlite_ledger, practice, clock)
            assert found.details(found.by_code)
            found.running_low()
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    office(sqlite_ledger, "one")
    alone = count()
    for number in range(30):
        office(sqlite_ledger, f"n{number}")
        visited(sqlite_ledger, f"n{number}", number, left=(Counted(Item.CARD, 9),))
        accept_one(sqlite_ledger, source=f"n{number}")
    assert count() == alone <= 20
