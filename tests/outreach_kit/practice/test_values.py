"""The small values accept what people write and refuse what nobody could use."""

from __future__ import annotations

import phonenumbers
import pytest
from email_validator import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.practice.faults import Refused
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.values import (
    check_email,
    check_link,
    check_npi,
    check_site_address,
    check_web_address,
    parse_money,
    parse_phone,
)


@pytest.mark.parametrize(
    ("raw", "display", "href"),
    [
        ("360-555-0142", "(360) 555-0142", "tel:+13605550142"),
        ("+1 360 555 0142 ext. 7", "(360) 555-0142 ext. 7", "tel:+13605550142;ext=7"),
        ("+34 612 34 56 78", "+34 612 34 56 78", "tel:+34612345678"),
    ],
)
def test_phone_is_shown_and_dialled(raw: str, display: str, href: str) -> None:
    phone = parse_phone(raw)
    assert (phone.display, phone.href) == (display, href)


@pytest.mark.parametrize(
    "raw", ["", "call me", "555-0142", "(160) 555-0142", "(360) 155-0142", 3605550142, None]
)
def test_what_nobody_can_dial_is_refused(raw: object) -> None:
    with pytest.raises(Refused):
        parse_phone(raw)


@settings(max_examples=60, deadline=None)
@given(
    st.from_regex(r"[2-9][0-9]{2}", fullmatch=True),
    st.from_regex(r"[2-9][0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{4}", fullmatch=True),
    st.sampled_from(["({}) {}-{}", "{}-{}-{}", "{}{}{}", "+1 {}.{}.{}", "1-{}-{}-{}", "({}){} {}"]),
)
def test_plain_number_is_read_as_the_library_of_all_numbers_reads_it(
    area: str, exchange: str, line: str, shape: str
) -> None:
    typed = shape.format(area, exchange, line)
    number = phonenumbers.parse(typed, "US")
    assert phonenumbers.is_possible_number(number)
    phone = parse_phone(typed)
    assert phone.e164 == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert phone.display == shown


@settings(max_examples=60, deadline=None)
@given(
    st.from_regex(r"[a-z0-9_+.-]{1,12}@[a-z0-9.-]{1,12}\.(?:com|org|local|test)", fullmatch=True)
    | st.from_regex(r"[a-z]{1,9}@[a-z]{2,9}\.(?:com|org|us|example)", fullmatch=True)
)
def test_address_is_taken_or_refused_as_the_library_of_addresses_does(typed: str) -> None:
    try:
        known = validate_email(typed, check_deliverability=False, test_environment=True).normalized
    except ValueError:
        with pytest.raises(Refused):
            check_email(typed)
    else:
        assert check_email(typed) == known


def test_address_is_written_as_it_is_delivered() -> None:
    assert check_email("Info@Harbor.Example") == "info@harbor.example"


def test_booking_page_may_be_asked_for_with_more_than_a_path() -> None:
    booking = "https://app.example.com/schedule.php?owner=12345&type=2#times"
    assert check_link(booking) == booking
    with pytest.raises(Refused, match="more than an address"):
        check_web_address(booking)
    assert check_web_address("https://elm.example/") == "https://elm.example"


@pytest.mark.parametrize(
    "typed",
    ["http://elm.example/book", "elm.example", "javascript:alert(1)", "https://a.example/<b>", ""],
)
def test_link_that_is_no_secure_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        check_link(typed)


def test_site_in_a_folder_is_refused_before_its_links_lead_elsewhere() -> None:
    assert (
        check_site_address("https://elm.github.io/our-site/v1.2/")
        == "https://elm.github.io/our-site/v1.2"
    )
    for page in (
        "https://elm.example/index.html",
        "https://elm.example/a//b",
        "https://elm.example/%20",
    ):
        with pytest.raises(Refused, match="neither a domain nor a folder"):
            check_site_address(page)
    assert check_site_address("https://elm.github.io/") == "https://elm.github.io"


def test_published_test_npi_passes_and_its_neighbours_fail() -> None:
    assert check_npi("1234567893")
    for digit in "012456789":
        with pytest.raises(Refused):
            check_npi("123456789" + digit)


@pytest.mark.parametrize(("raw", "cents"), [(190, 19000), ("190.50", 19050), (0, 0), (12.25, 1225)])
def test_money_is_exact(raw: object, cents: int) -> None:
    assert parse_money(raw) * 100 == cents


@pytest.mark.parametrize("raw", [True, None, "", "ten", -1, 1.005, float("nan"), "1e400"])
def test_what_is_no_amount_is_refused(raw: object) -> None:
    with pytest.raises(Refused):
        parse_money(raw)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One.", 1),
        ("One. Two!", 2),
        ("I see Dr. A. Baker on No. 3 St. James Rd. every week.", 1),
        ("He asked “Why?” Then he left.", 2),
        ("No end", 1),
        ("CBT, e.g. Exposure, helps. It does", 2),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_read(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count
