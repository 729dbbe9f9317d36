from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.office.submission import Flaw
from form_server.office.text import TextRefused, clean_line, clean_lines, showable


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Ana Ruiz ", "Ana Ruiz"),
        ("Ana\t Ruiz", "Ana Ruiz"),
        ("Ana  Ruiz", "Ana Ruiz"),
        ("Ana\u00a0Ruiz", "Ana Ruiz"),
        ("\u202eziuR anA\u202c", "ziuR anA"),
        ("Jo\u200brdan\ufeff", "Jordan"),
        ("Jose\u0301", "José"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("\u200b\u200d\u200e", ""),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
    ],
)
def test_a_line_keeps_what_can_be_seen_and_drops_what_cannot(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


@pytest.mark.parametrize(
    ("raw", "flaw"),
    [
        ("Ana\r\nBcc: x@example.org", Flaw.LINE_BREAK),
        ("Ana\nRuiz", Flaw.LINE_BREAK),
        ("Ana\u2028Ruiz", Flaw.LINE_BREAK),
        ("Ana\0", Flaw.CONTROL),
        ("Ana\x1b[2J", Flaw.CONTROL),
        ("Ana\x85", Flaw.CONTROL),
        ("Ana\ud800", Flaw.BROKEN),
    ],
)
def test_what_no_line_can_hold_is_refused(raw: str, flaw: Flaw) -> None:
    with pytest.raises(TextRefused) as refused:
        clean_line(raw)

    assert refused.value.flaw is flaw
    assert "Ana" not in str(refused.value)


def test_a_note_keeps_its_lines_in_one_form() -> None:
    assert clean_lines("one\r\n two \rthree\n") == "one\ntwo\nthree"


def test_a_note_refuses_what_no_page_can_show() -> None:
    with pytest.raises(TextRefused):
        clean_lines("one\x00two")


@given(st.text(st.characters(exclude_categories=())))
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    for clean in (clean_line, clean_lines):
        try:
            once = clean(raw)
        except TextRefused:
            continue
        assert clean(once) == once
        assert not any(unicodedata.category(char) in {"Cs"} for char in once)
        assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in once)


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_was_sent_can_be_shown_again(raw: str) -> None:
    assert "\0" not in showable(raw).encode().decode()
