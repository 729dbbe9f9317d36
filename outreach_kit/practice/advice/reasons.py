"""“Refer when” and “not the right fit”: lists short enough to be read at a front desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look, clinician_file
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.lines import Key

LINES: Final = (3, 7)
LINE_WORDS: Final = 18
AUDIENCES_FILE: Final = "audiences.toml"


def _refer_when(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        yield from _counted(
            look, clinician_file(clinician), ("refer_when",), len(clinician.facts.refer_when),
            "“Refer when”", "the people whom you most want to be sent",
        )  # fmt: skip
    for place, audience in enumerate(look.practice.audiences):
        if audience.refer_when:
            yield from _counted(
                look, AUDIENCES_FILE, ("audience", place, "refer_when"), len(audience.refer_when),
                f"“Refer when” for {audience.people}", "whom they see most",
            )  # fmt: skip


def _not_fit(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        yield from _counted(
            look, clinician_file(clinician), ("not_fit",), len(clinician.facts.not_fit),
            "“Not the right fit”", "who is better served elsewhere",
        )  # fmt: skip


def _counted(
    look: Look, file: str, key: Key, count: int, list_name: str, wanted: str
) -> Iterator[Problem]:
    low, high = LINES
    if not low <= count <= high:
        lines = "1 line" if count == 1 else f"{count} lines"
        todo = f"Name {wanted}, in {low} to {high} lines."
        yield look.at_key(file, key, f"{list_name} has {lines}.", todo)


def _long_lines(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        facts = clinician.facts
        file = clinician_file(clinician)
        reasons = [one.text for one in facts.refer_when]
        yield from _long(look, file, ("refer_when",), reasons, "text")
        yield from _long(look, file, ("not_fit",), facts.not_fit)
    for place, audience in enumerate(look.practice.audiences):
        yield from _long(
            look, AUDIENCES_FILE, ("audience", place, "refer_when"), audience.refer_when
        )


def _long(look: Look, file: str, key: Key, lines: Sequence[str], *inner: str) -> Iterator[Problem]:
    for place, line in enumerate(lines):
        if (words := len(line.split())) > LINE_WORDS:
            yield look.at_key(
                file, (*key, place, *inner), f"The line has {words} words.",
                f"Keep it to {LINE_WORDS}: what an office sees, not what it means.",
            )  # fmt: skip


CHECKS: Final = (
    Check(
        Rule(
            "refer-when-lines",
            f"“refer when” has fewer than {LINES[0]} or more than {LINES[1]} lines",
            "Nobody at a desk keeps a long list in mind, and a very short one brings few to mind.",
        ),
        _refer_when,
    ),
    Check(
        Rule(
            "not-fit-lines",
            f"“not the right fit” has fewer than {LINES[0]} or more than {LINES[1]} lines",
            "An honest list of whom not to send spares a person a second call, and the office a mistake.",
        ),
        _not_fit,
    ),
    Check(
        Rule(
            "line-long",
            f"a line of one of these lists has more than {LINE_WORDS} words",
            "A line that is not taken in at one glance is not taken in.",
        ),
        _long_lines,
    ),
)
