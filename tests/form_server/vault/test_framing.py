from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from form_server.vault.framing import bind, header

FIELDS = st.lists(
    st.one_of(st.text(max_size=6), st.binary(max_size=6), st.integers(-300, 300)), max_size=5
)


@given(FIELDS, FIELDS)
def test_different_fields_are_bound_differently(
    one: list[str | int | bytes], other: list[str | int | bytes]
) -> None:
    assume(one != other)
    assert bind(*one) != bind(*other)


@given(st.text(max_size=10), st.integers(0, 10), st.integers(0, 10))
def test_nothing_slides_from_one_field_into_the_next(text: str, cut: int, other: int) -> None:
    assume(text[:cut] != text[:other])
    assert bind(text[:cut], text[cut:]) != bind(text[:other], text[other:])


def test_a_number_and_its_text_are_told_apart() -> None:
    assert len({bind(1), bind("1"), bind(b"1")}) == 3


def test_a_header_carries_kind_and_version() -> None:
    assert header(b"E", 7) == b"WHE\x07"
