"""The sheets of a build: what is dear to work out is worked out once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.promise import holidays_in, named_holidays_in, public_holidays
from outreach_kit.publish.content import load_content
from outreach_kit.publish.order import Order
from outreach_kit.publish.printing import CALENDAR, print_sheets
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import Stopwatch


def test_a_second_build_knows_the_days_off_without_working_them_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = BuildRequest(cache=tmp_path, only=CALENDAR, papers=("letter",))
    content = load_content(request, Stopwatch())
    notes: dict[str, bytes] = {}

    def cache(key: str, make: Callable[[], bytes]) -> bytes:
        if key not in notes:
            notes[key] = make()
        return notes[key]

    def build() -> bytes:
        monkeypatch.setattr(public_holidays, "_recalled", {})
        for known in (named_holidays_in, holidays_in):
            known.cache_clear()
        (sheet,) = print_sheets(Order.of(request, content, cache), request).sheets
        return sheet.pdf

    first = build()
    monkeypatch.setitem(sys.modules, "holidays", None)  # importing it now fails
    assert build() == first
