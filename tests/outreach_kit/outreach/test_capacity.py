"""Who has room: what is fresh, who fits, and that nothing stale is shown as current."""

from __future__ import annotations

import datetime as dt

import pytest

from outreach_kit.outreach.capacity import Need, Room, current_rooms, figure_of, suggest_inside
from outreach_kit.practice import Clinician, Practice, load_practice
from tests.samples import GROUP_PRACTICE

TODAY = dt.date(2026, 11, 20)
COUNTED = dt.date(2026, 11, 19)
STALE = TODAY - dt.timedelta(days=15)


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def one_of(group: Practice, slug: str) -> Clinician:
    found = group.clinician(slug)
    assert found is not None
    return found


def room(slug: str, count: int = 1, **more: object) -> Room:
    return Room(slug, count, **{"as_of_on": COUNTED, **more})  # type: ignore[arg-type]


def names(group: Practice, need: Need, *board: Room, today: dt.date = TODAY) -> list[str]:
    return [one.clinician.slug for one in suggest_inside(group, board, need, today)]


def test_the_board_is_added_up_and_the_first_day_is_the_soonest_with_room(group: Practice) -> None:
    board = (
        room("ana-ruiz", 2, site="Alder Falls", first_available_on=dt.date(2026, 12, 3)),
        room("ana-ruiz", 1, site="Online", first_available_on=dt.date(2026, 11, 25)),
        room("ana-ruiz", 0, site="Port Wren", first_available_on=dt.date(2026, 11, 21)),
        room("tomas-delgado", 4),
    )
    figure = figure_of(one_of(group, "ana-ruiz"), board, TODAY)
    assert (figure.count, figure.first_available_on) == (3, dt.date(2026, 11, 25))
    assert (figure.as_of_on, figure.is_stale) == (COUNTED, False)


def test_a_first_day_that_has_passed_is_not_promised(group: Practice) -> None:
    board = (room("tomas-delgado", 2, first_available_on=dt.date(2026, 11, 19)),)
    figure = figure_of(one_of(group, "tomas-delgado"), board, TODAY)
    assert (figure.count, figure.first_available_on) == (2, None)


@pytest.mark.parametrize(
    ("days_old", "is_shown"), [(0, True), (14, True), (15, False), (-1, False)]
)
def test_a_count_is_current_for_two_weeks_and_never_before_its_day(
    group: Practice, days_old: int, *, is_shown: bool
) -> None:
    tomas = one_of(group, "tomas-delgado")  # whose folder says nothing
    board = (room("tomas-delgado", 5, as_of_on=TODAY - dt.timedelta(days=days_old)),)
    figure = figure_of(tomas, board, TODAY)
    assert (figure.count, figure.is_stale) == ((5, False) if is_shown else (None, True))


def test_a_stale_board_falls_back_to_the_folder_while_that_is_fresh(group: Practice) -> None:
    ana = one_of(group, "ana-ruiz")  # two, counted on November 16 in the folder
    board = (room("ana-ruiz", 9, as_of_on=STALE),)
    figure = figure_of(ana, board, TODAY)
    assert (figure.count, figure.first_available_on) == (2, dt.date(2026, 11, 30))
    later = dt.date(2026, 12, 1)
    assert figure_of(ana, board, later).count is None
    assert figure_of(ana, board, later).is_stale


def test_whichever_was_counted_last_speaks(group: Practice) -> None:
    ana = one_of(group, "ana-ruiz")
    before = (room("ana-ruiz", 7, as_of_on=dt.date(2026, 11, 15)),)
    assert figure_of(ana, before, TODAY).count == 2
    same_day = (room("ana-ruiz", 7, as_of_on=dt.date(2026, 11, 16)),)
    assert figure_of(ana, same_day, TODAY).count == 7


def test_nothing_ever_counted_is_not_called_stale(group: Practice) -> None:
    figure = figure_of(one_of(group, "tomas-delgado"), (), TODAY)
    assert (figure.count, figure.is_stale) == (None, False)


def test_who_fits_by_reason_and_has_room_is_suggested_with_the_reason(group: Practice) -> None:
    need = Need(reasons=("postpartum",), age_band="adult", language="Spanish", plan="Regence")
    (found,) = suggest_inside(group, (), need, TODAY)
    assert found.clinician.slug == "ana-ruiz"
    assert found.fits == ("Low mood around a birth",)
    assert (found.count, found.first_available_on) == (2, dt.date(2026, 11, 30))


def test_who_fits_and_is_full_is_not_suggested(group: Practice) -> None:
    need = Need(reasons=("school-refusal",), age_band="child")
    assert names(group, need) == []
    assert names(group, need, room("samuel-okonkwo")) == ["samuel-okonkwo"]
    assert names(group, need, room("samuel-okonkwo", as_of_on=STALE)) == []


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (Need(age_band="teen"), ["tomas-delgado"]),
        (Need(language="español"), ["ana-ruiz", "tomas-delgado"]),
        (Need(language="Korean"), []),
        (Need(plan="Moda Select"), []),
        (Need(plan="Apple Health", age_band="older"), ["ana-ruiz", "margarethe-hohenstein"]),
        (Need(reasons=("late-grief",)), ["margarethe-hohenstein"]),
        (Need(reasons=("Something that no list has",), age_band="teen"), ["tomas-delgado"]),
    ],
)
def test_age_language_plan_and_reason_each_rule_somebody_out(
    group: Practice, need: Need, expected: list[str]
) -> None:
    assert names(group, need, room("tomas-delgado", 3)) == expected


def test_a_room_kept_for_a_language_or_a_plan_is_for_those(group: Practice) -> None:
    spanish = room("tomas-delgado", language="es", plan="Regence")
    teen = Need(age_band="teen")
    assert names(group, teen, spanish) == ["tomas-delgado"]
    for other in (Need(age_band="teen", language="English"), Need(age_band="teen", plan="Premera")):
        assert names(group, other, spanish) == []
    both = Need(age_band="teen", language="Spanish", plan="regence")
    assert names(group, both, spanish) == ["tomas-delgado"]


def test_a_plan_that_only_resembles_one_asks_for_the_card(group: Practice) -> None:
    need = Need(age_band="teen", plan="Kaiser")
    (found,) = suggest_inside(group, (room("tomas-delgado"),), need, TODAY)
    assert found.asks == ("Their plan: your list has Kaiser PPO.",)


def test_more_reasons_come_first_and_then_who_is_sooner(group: Practice) -> None:
    soon, late = dt.date(2026, 11, 23), dt.date(2026, 12, 14)
    board = (
        room("ana-ruiz", first_available_on=late),
        room("margarethe-hohenstein", first_available_on=soon),
    )
    anybody = Need(age_band="older")
    assert names(group, anybody, *board) == ["margarethe-hohenstein", "ana-ruiz"]
    for_ana = Need(age_band="older", reasons=("couple", "loss", "late-grief"))
    assert names(group, for_ana, *board) == ["ana-ruiz", "margarethe-hohenstein"]


def test_a_full_row_counts_as_known(group: Practice) -> None:
    board = (room("ana-ruiz", 0),)
    assert current_rooms(one_of(group, "ana-ruiz"), board, TODAY) == board
    assert figure_of(one_of(group, "ana-ruiz"), board, TODAY).count == 0
