from __future__ import annotations

from outreach_kit.outreach.gaps import Gap, find_gaps, uncovered
from outreach_kit.outreach.kinds import Kind
from outreach_kit.outreach.matching import Candidate, Need

GRIEF, TRAUMA = Kind("grief", "Grief"), Kind("trauma", "Trauma")


def test_what_somebody_covers_in_every_part_is_no_gap() -> None:
    iris = Candidate(
        "1", "Iris", needs=("grief",), languages=("Spanish",), youngest=10, plans=("Premera",)
    )
    assert find_gaps([Need((GRIEF,), "Premera", "es", "teen")], [iris]) == []


def test_each_part_that_nobody_has_is_a_gap_of_its_own() -> None:
    iris = Candidate("1", "Iris", needs=("grief",), youngest=18, languages=("English",))
    found = find_gaps([Need((TRAUMA,), "Premera", "español", "child")], [iris])
    assert {gap.text for gap in found} == {
        "Trauma", "Children under 13", "In Spanish", "With Premera",
    }  # fmt: skip


def test_parts_that_no_one_person_has_together_are_a_gap() -> None:
    iris = Candidate("1", "Iris", needs=("grief",), languages=("English",))
    omar = Candidate("2", "Omar", needs=("trauma",), languages=("Spanish",))
    assert find_gaps([Need((GRIEF,), language="Spanish")], [iris, omar]) == [
        Gap("Grief, in Spanish", 1)
    ]


def test_two_kinds_need_not_be_one_person() -> None:
    iris, omar = Candidate("1", "Iris", needs=("grief",)), Candidate("2", "O", needs=("trauma",))
    assert find_gaps([Need((GRIEF, TRAUMA))], [iris, omar]) == []


def test_the_most_needed_stands_first_and_people_are_counted_once() -> None:
    needs = [Need((TRAUMA,)), Need((GRIEF,)), Need((TRAUMA, TRAUMA))]
    assert find_gaps(needs, []) == [Gap("Trauma", 2), Gap("Grief", 1)]


def test_english_is_never_a_gap() -> None:
    assert find_gaps([Need(language="english")], []) == []


def test_the_practices_own_kinds_that_nobody_takes() -> None:
    iris = Candidate("1", "Iris", need_words=("grief",))
    assert uncovered([GRIEF, TRAUMA], [iris]) == [TRAUMA]
