from __future__ import annotations

from datetime import timedelta

import pytest

from form_server.office.page_stamp import PageStamp
from form_server.office.suspicion import Hint
from tests.form_server.office.house import Clock

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("took", "hint"),
    [
        (timedelta(milliseconds=300), Hint.TOO_FAST),
        (timedelta(seconds=3), Hint.FAST),
        (timedelta(seconds=40), None),
        (timedelta(hours=20), None),
        (timedelta(days=3), Hint.PAGE_OLD),
        (timedelta(minutes=-5), None),
    ],
)
def test_the_time_that_a_form_took_is_read_from_its_stamp(
    took: timedelta, hint: Hint | None
) -> None:
    clock = Clock()
    stamp = PageStamp(KEY, clock)
    made = stamp.make()
    clock.pass_by(took)

    assert stamp.judge(made) is hint


@pytest.mark.parametrize("absent", [None, ""])
def test_a_page_without_a_stamp_says_nothing(absent: str | None) -> None:
    assert PageStamp(KEY, Clock()).judge(absent) is None


@pytest.mark.parametrize(
    "forged",
    ["0", "0.", ".", "zz.zz", "19a.AAAAAAAAAAAAAAAA", "\ud800", "é", "x" * 9999, 5, [], {}],
)
def test_a_stamp_of_somebody_elses_is_forged(forged: object) -> None:
    assert PageStamp(KEY, Clock()).judge(forged) is Hint.PAGE_FORGED


def test_a_stamp_that_was_moved_back_is_forged() -> None:
    stamp = PageStamp(KEY, Clock())
    text, _, mac = stamp.make().partition(".")

    assert stamp.judge(f"{int(text, 16) - 60_000:x}.{mac}") is Hint.PAGE_FORGED
    assert PageStamp(b"o" * 32, Clock()).judge(f"{text}.{mac}") is Hint.PAGE_FORGED
