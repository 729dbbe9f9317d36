from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.office.phones import dial_uri


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("(360) 555-0142", "tel:+13605550142"),
        ("3605550142", "tel:+13605550142"),
        ("1-360-555-0142", "tel:+13605550142"),
        ("+1 360.555.0142", "tel:+13605550142"),
        ("360 555 0142 ext. 12", "tel:+13605550142;ext=12"),
        ("360.555.0142 x12", "tel:+13605550142;ext=12"),
        ("+1 (360) 555-0142, extension 7", "tel:+13605550142;ext=7"),
        ("360-555-0142, ask for Ana", "tel:+13605550142"),
        ("cell 360 555 0142 or 360 555 0143", "tel:+13605550142"),
        ("360-5550-142", "tel:+13605550142"),
        ("+44 20 7946 0958", "tel:+442079460958"),
        ("0044 20 7946 0958", "tel:+442079460958"),
        ("011 44 20 7946 0958", "tel:+442079460958"),
        ("٣٦٠ ٥٥٥ ٠١٤٢", "tel:+13605550142"),
        ("３６０－５５５－０１４２", "tel:+13605550142"),
    ],
)
def test_numbers_are_read_as_offices_type_them(typed: str, uri: str) -> None:
    assert dial_uri(typed) == uri


@pytest.mark.parametrize("typed", ["", "555-0142", "call me", "+123", "360 555 014", "+", "x12"])
def test_what_nobody_could_dial_is_no_number(typed: str) -> None:
    assert dial_uri(typed) is None


@given(st.text(max_size=60))
def test_any_text_gives_an_address_or_none(typed: str) -> None:
    uri = dial_uri(typed)

    if uri is not None:
        number, _, extension = uri.removeprefix("tel:+").partition(";ext=")
        assert number.isascii()
        assert number.isdigit()
        assert 7 <= len(number) <= 15
        assert extension == "" or extension.isdigit()


@given(
    st.integers(2_000_000_000, 9_999_999_999),
    st.sampled_from(["{}-{}-{}", "({}) {}-{}", "{} {} {}"]),
)
def test_ten_digits_in_any_usual_shape_are_dialled_as_they_stand(number: int, shape: str) -> None:
    digits = str(number)

    assert dial_uri(shape.format(digits[:3], digits[3:6], digits[6:])) == f"tel:+1{digits}"
