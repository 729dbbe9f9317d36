from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.stock import WEAR, Item, Stock, StockEvent, StockKind, estimate_stock
from outreach_kit.outreach.visit_day import CALM, Caller, SheetToPrint, plan_visit_day
from outreach_kit.paper import find_sheet

DAY = dt.date(2026, 11, 16)
_STOCK = st.lists(
    st.builds(
        StockEvent,
        st.sampled_from(Item),
        st.just(StockKind.GIVEN),
        st.integers(0, 80),
        st.just(DAY),
    ),
    max_size=4,
).map(lambda events: estimate_stock(events, [], DAY))
_CALLERS = st.lists(
    st.builds(Caller, st.text(min_size=1), st.text(), stock=_STOCK, gets_cookies=st.booleans()),
    max_size=6,
    unique_by=lambda caller: caller.code,
)


def test_a_morning_has_its_sheets_its_pack_and_its_names() -> None:
    full = [Stock(item, WEAR[item].full, DAY, is_low=False, to_bring=0) for item in Item]
    day = plan_visit_day(
        [
            Caller("k7", "Mill Road", ("Priya", "Sam"), ("Dr. Wu",), full, gets_cookies=True),
            Caller("q4", "Lakeside"),
        ]
    )
    first, second = day.visits
    assert (first.greet, first.ask_for) == (("Priya", "Sam"), ("Dr. Wu",))
    assert first.bring == {Item.CARD: 0, Item.BROCHURE: 0, Item.PAD: 0}
    assert second.bring == {Item.CARD: 40, Item.BROCHURE: 20, Item.PAD: 2}
    assert day.pack == {Item.CARD: 50, Item.BROCHURE: 25, Item.PAD: 3}
    assert day.cookies == 1
    assert day.minutes == (20, 30)
    assert day.calm == CALM
    assert day.sheets == (
        SheetToPrint("visit-sheet", "k7"),
        SheetToPrint("guide", "k7"),
        SheetToPrint("visit-sheet", "q4"),
        SheetToPrint("guide", "q4"),
        SheetToPrint("elevator-card", ""),
        SheetToPrint("resume", "", only_if_asked=True),
    )


def test_each_sheet_is_one_that_can_be_printed() -> None:
    for one in plan_visit_day([Caller("k7", "Mill Road")]).sheets:
        sheet = find_sheet(one.sheet)
        assert sheet.for_one_office or not one.source


def test_a_day_without_visits_packs_nothing() -> None:
    empty = plan_visit_day([])
    assert not any(empty.pack.values())
    assert empty.sheets == ()


@settings(deadline=None)
@given(_CALLERS)
def test_what_is_packed_is_enough_for_every_office(callers: list[Caller]) -> None:
    day = plan_visit_day(callers)
    for item in Item:
        assert day.pack[item] >= sum(visit.bring[item] for visit in day.visits)
    assert [visit.code for visit in day.visits] == [caller.code for caller in callers]
