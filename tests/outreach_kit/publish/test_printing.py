"""The sheets of a build: what is dear to work out is worked out once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_kit.errors import UsageError
from outreach_kit.practice import load_practice
from outreach_kit.promise import holidays_in, named_holidays_in, public_holidays
from outreach_kit.publish.content import load_content
from outreach_kit.publish.order import Order
from outreach_kit.publish.printed import MOST_PEOPLE, Printed, leaves_out_people
from outreach_kit.publish.printing import CALENDAR, plan, print_sheets
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import Stopwatch
from tests.samples import GROUP_PRACTICE
from tests.samples.network import write_network


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


def test_each_sheet_is_taken_as_it_is_made_and_its_bytes_are_let_go(tmp_path: Path) -> None:
    request = BuildRequest(cache=tmp_path, only="guide")
    content = load_content(request, Stopwatch())
    taken: list[Printed] = []
    order = Order.of(request, content, lambda _key, make: make())
    sheets = print_sheets(order, request, taken.append).sheets
    assert sorted(one.job.filename for one in taken) == sorted(one.job.filename for one in sheets)
    assert all(one.pdf.startswith(b"%PDF") for one in taken)
    assert not any(one.pdf for one in sheets)
    assert [one.preview for one in sheets[:2]] == ["guide-letter.png", ""]


def test_a_large_house_prints_what_speaks_for_all_unless_somebody_is_asked_for(
    tmp_path: Path,
) -> None:
    network = load_practice(write_network(tmp_path / "practice", MOST_PEOPLE + 1))
    whole = BuildRequest(practice=network.folder)
    assert leaves_out_people(network, whole)
    assert {job.clinician for job in plan(network, whole)} == {None}
    guides = plan(network, BuildRequest(practice=network.folder, only="guide"))
    assert len(guides) == 2 * (1 + len(network.clinicians))
    one = network.clinicians[3].slug
    asked = BuildRequest(practice=network.folder, only="paper", clinicians=(one,))
    assert {job.clinician and job.clinician.slug for job in plan(network, asked)} == {one}
    group = load_practice(GROUP_PRACTICE)
    assert not leaves_out_people(group, BuildRequest(practice=GROUP_PRACTICE))


def test_a_name_that_is_nobodys_is_refused() -> None:
    group = load_practice(GROUP_PRACTICE)
    with pytest.raises(UsageError, match="Nobody here is called “nobody”"):
        plan(group, BuildRequest(practice=GROUP_PRACTICE, clinicians=("nobody",)))
