from __future__ import annotations

import pytest

from form_server.office.oddities import odd_words
from form_server.office.suspicion import Hint
from tests.form_server.office.submissions import a_submission


@pytest.mark.parametrize(
    ("note", "hints"),
    [
        ("See https://portal.example/x", {Hint.LINK}),
        ("See www.portal.example", {Hint.LINK}),
        ("Cheap at pills.com", {Hint.LINK}),
        ("https://a.example and https://b.example", {Hint.LINKS}),
        ("https://a.example or buy at b.ru", {Hint.LINKS}),
        ('<a href="https://a.example">buy</a>', {Hint.LINK, Hint.MARKUP}),
        ("[url=https://a.example]buy[/url]", {Hint.LINK, Hint.MARKUP}),
        ("<script>alert(1)</script>", {Hint.MARKUP}),
        ("Buy chе\u0430p pills", {Hint.MIXED_LETTERS}),
        ("aaaaaaaaaaaaaaaa", {Hint.REPETITION}),
        ("buy now buy buy buy buy now buy buy", {Hint.REPETITION}),
    ],
)
def test_what_advertisements_are_made_of_is_noticed(note: str, hints: set[Hint]) -> None:
    assert set(odd_words(a_submission(note=note))) == hints


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Write to dana@alderfamily.com, please.",
        "Mother speaks Russian: позвоните вечером. Father English.",
        "GAD-7 > 10, PHQ-9 < 5; BP 120/80.",
        "Prefers mornings.Call after 9.30 a.m.",
        "Zo\u00eb, \u5c71\u7530, \u0645\u0631\u064a\u0645; \u03b2-blocker since May",
        "No no no, she said, not again, please call soon",
        "---------- see chart ----------",
        "If x<b then refer",
    ],
)
def test_notes_as_offices_write_them_are_not_odd(note: str) -> None:
    assert list(odd_words(a_submission(note=note))) == []


def test_an_address_where_a_name_belongs_is_odd() -> None:
    assert Hint.LINK_FOR_NAME in set(odd_words(a_submission(patient_name="http://buy.example")))
    assert list(odd_words(a_submission(referrer_office="Zocdoc.com"))) == []


@pytest.mark.parametrize(
    ("phone", "is_odd"),
    [
        ("(360) 555-0199", False),
        ("+44 20 7946 0018", False),
        ("1-800-555-0100", False),
        ("000-000-0000", True),
        ("111 111 1111", True),
        ("123-456-7890", True),
        ("360-155-0199", True),
        ("911-555-0199", True),
    ],
)
def test_a_number_that_nobody_can_have_is_odd(phone: str, is_odd: bool) -> None:
    hints = set(odd_words(a_submission(patient_phone=phone)))

    assert hints == ({Hint.IMPOSSIBLE_PHONE} if is_odd else set())
