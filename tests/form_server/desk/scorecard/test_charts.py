"""Where the parts of a chart stand, whatever is counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from form_server.desk.scorecard.charts import (
    Place,
    Point,
    Series,
    draw_columns,
    draw_dots,
    nice_top,
    stack_bar,
)

SERIES = (Series("one", "One"), Series("two", "Two"), Series("three", "Three"))
counts = st.tuples(*[st.integers(0, 40)] * 3)


def share(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


@given(st.lists(counts, min_size=1, max_size=24))
def test_columns_stand_on_the_ground_in_their_own_place_and_as_high_as_they_count(
    all_counts: list[tuple[int, int, int]],
) -> None:
    places = [Place("Jan", "", f"month {at}", one) for at, one in enumerate(all_counts)]
    chart = draw_columns("c", "Title", "Says", SERIES, places)
    top = nice_top(max(map(sum, all_counts)))
    before = 0.0
    for one, column in zip(all_counts, chart.columns, strict=True):
        bottom = 100.0
        for piece in column.pieces:
            assert share(piece.x) >= before - 0.02
            assert share(piece.x) + share(piece.width) <= 100.02
            assert abs(share(piece.y) + share(piece.height) - bottom) < 0.03
            bottom = share(piece.y)
        assert abs((100 - bottom) - 100 * sum(one) / top) < 0.05
        assert column.total == (str(sum(one)) if sum(one) else "")
        if column.pieces:
            before = share(column.pieces[0].x) + share(column.pieces[0].width)
    shown = {piece.kind for column in chart.columns for piece in column.pieces}
    assert {one.kind for one in chart.series} == shown, "the legend names what is there"


@given(st.floats(0, 10_000))
def test_an_axis_holds_what_there_is_and_little_more(most: float) -> None:
    top = nice_top(most)
    assert top >= most
    assert top <= max(4, 2.01 * most)


def test_a_line_breaks_where_nothing_was_measured() -> None:
    points = [Point("", "", "", value, "") for value in (3.0, 6.0, None, 12.0)]
    chart = draw_dots("d", "Title", "Says", points, " h")
    assert [one.y for one in chart.dots] == ["75%", "50%", "", "0%"]
    assert len(chart.strokes) == 1
    assert [one.text for one in chart.rules] == ["6 h", "12 h"]
    assert draw_dots("d", "Title", "Says", []).dots == ()


def test_a_lying_bar_is_as_long_as_its_share_of_the_longest() -> None:
    pieces = stack_bar(SERIES, (2, 0, 1), 4)
    assert [(one.kind, one.x, one.width) for one in pieces] == [
        ("one", "0%", "50%"),
        ("three", "50%", "25%"),
    ]
