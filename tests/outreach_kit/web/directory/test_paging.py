"""Pages of a few, from a list of any length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.web.directory import PER_PAGE, cut


@given(st.integers(0, 200), st.integers(1, 30), st.none() | st.integers(1, 5))
def test_pages_hold_everything_once_in_order_up_to_the_last_page(
    length: int, per_page: int, most: int | None
) -> None:
    things = range(length)
    pages = cut(things, per_page, most)
    shown = [one for page in pages for one in page.things]
    assert shown == list(things[: len(shown)])
    assert len(shown) == (length if most is None else min(length, per_page * most))
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert (page.pages, page.total) == (len(pages), length)
        assert len(page.things) == per_page or page.page == page.pages
        if page.things:
            assert (page.first, page.last) == (page.things[0] + 1, page.things[-1] + 1)
    assert [page.left for page in pages] == [0] * (len(pages) - 1) + [length - len(shown)]


def test_nobody_makes_one_empty_page() -> None:
    (page,) = cut([0][:0])
    assert (page.things, page.first, page.last, page.left) == ((), 0, 0, 0)


def test_a_full_page_needs_no_second() -> None:
    assert len(cut(range(PER_PAGE))) == 1
    assert [len(one.things) for one in cut(range(PER_PAGE + 1))] == [PER_PAGE, 1]
