"""Facts of the sample practice that stayed behind in somebody's own folder: a real office would dial them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach_kit.errors import Problem

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice

SAMPLE_FACTS: Final = (
    ("harborstreet.example", "the sample's web address"),
    ("Harbor Street Counseling", "the sample's name"),
    ("Nora Ellison", "the sample's clinician"),
    ("555-0142", "the sample's phone number"),
    ("555-0143", "the sample's fax number"),
    ("214 Harbor St", "the sample's street"),
    ("1234567893", "the published test NPI"),
    ("LW 00000000", "the sample's license number"),
    ("They still wake you at three in the morning", "the sample's profile"),
    ("stop searching their pulse for danger", "the sample's elevator speech"),
    ("You have ruled out what is dangerous", "the sample's word to physicians"),
    ("I see students from 18 on", "the sample's word to schools"),
    ("long before they tell a doctor", "the sample's word to congregations"),
    ("Two places are at a sliding-scale fee", "the sample's word to agencies"),
    ("When the work-up is clear: panic in primary care", "a talk of the sample"),
    ("Sleepless: what helps before", "a talk of the sample"),
    ("Beside somebody who panics", "a talk of the sample"),
    ("What to say after a clear result", "a note of the sample"),
    ("Three questions for somebody who cannot sleep", "a note of the sample"),
    ("Alder Falls Community Clinic", "a place where the sample's clinician worked"),
    ("Tidewater Hospital", "a place where the sample's clinician worked"),
    ("Panic attacks, when your heart has been checked", "a topic of the sample"),
    ("A gut or a night that worry keeps awake", "a topic of the sample"),
    ("When a clear result does not calm you for long", "a topic of the sample"),
    ("Worry that will not switch off", "a topic of the sample"),
    ("555-0190", "a number of the sample"),
    ("555-0191", "a number of the sample"),
    ("Celia Brandt", "a colleague of the sample"),
    ("Iris Okafor", "a colleague of the sample"),
    ("Omar Haddad", "a colleague of the sample"),
)
_FOLDED: Final = tuple(fact.casefold() for fact, _ in SAMPLE_FACTS)
_COMMENT: Final = re.compile(r"^\s*#")


def has_leftovers(text: str) -> bool:
    """Whether anything of the sample stands in it; a comment does no harm, and is told of all the same."""
    folded = text.casefold()
    for fact in _FOLDED:  # noqa: SIM110 - a plain loop, for thousands of texts are asked
        if fact in folded:
            return True
    return False


def find_leftovers(practice: Practice) -> Iterator[Problem]:
    """A problem for each line of a text file that still says what the sample says."""
    for path in practice.files:
        if not path.endswith((".toml", ".md")):
            continue
        with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123 - as above
            text = file.read()
        if not has_leftovers(text):
            continue
        name = Path(path).relative_to(practice.folder).as_posix()
        for number, line in enumerate(text.splitlines(), 1):
            if path.endswith(".toml") and _COMMENT.match(line):
                continue
            for fact, meaning in SAMPLE_FACTS:
                if fact.casefold() in line.casefold():
                    yield Problem(
                        name, number, "", f"“{fact}” is {meaning}.", "Replace it with your own."
                    )
