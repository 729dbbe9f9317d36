"""The domain's own rules: what would cost a therapist referrals, found before an office finds it.

Errors stop a build; advice is printed and can be silenced by its rule's name in `practice.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.clinician import OPENINGS_FRESH_DAYS
from outreach_kit.practice.lines import Key, find_key_lines, line_of
from outreach_kit.practice.model import Clinician, Practice
from outreach_kit.practice.prose import parse_prose, plain_text
from outreach_kit.practice.values import split_sentences

SPEECH_WORDS: Final = (75, 100)
SPEECH_WORDS_A_MINUTE: Final = 150


@dataclass(frozen=True)
class Advice:
    """One finding of one rule: where, what, what to do, and why it matters (one sentence)."""

    rule: str
    problem: Problem
    why: str


def advise(practice: Practice, today: dt.date) -> tuple[Advice, ...]:
    """Every finding that is not silenced, in the order of the files."""
    silenced = set(practice.facts.advice.silence)
    findings = [finding for rule in _RULES for finding in rule(practice, today)]
    return tuple(
        sorted(
            (one for one in findings if one.rule not in silenced),
            key=lambda one: (one.problem, one.rule),
        )
    )


def speech_words(clinician: Clinician, language: str) -> list[str]:
    """The words of the elevator speech as they are spoken."""
    prose = clinician.elevator_speech.get(language) or next(
        iter(clinician.elevator_speech.values())
    )
    return plain_text(parse_prose(prose.text)).split()


def speech_seconds(words: int) -> int:
    """How long so many words take at 150 words a minute."""
    return round(words * 60 / SPEECH_WORDS_A_MINUTE)


def _at(practice: Practice, file: str, path: Key, what: str, todo: str) -> Problem:
    """A problem on the line where `path` stands; on the whole file when the key is not there."""
    text = (practice.folder / file).read_text(encoding="utf-8-sig")
    line = line_of(find_key_lines(text), path)
    return Problem(file, line, ".".join(map(str, path)), what, todo)


def _clinician_file(clinician: Clinician) -> str:
    return f"clinicians/{clinician.slug}/clinician.toml"


def _speech(practice: Practice, _today: dt.date) -> Iterator[Advice]:
    low, high = SPEECH_WORDS
    for clinician in practice.clinicians:
        for prose in clinician.elevator_speech.values():
            text = plain_text(parse_prose(prose.text))
            count = len(text.split())
            if not low <= count <= high:
                direction = "Cut" if count > high else "Add"
                gap = count - high if count > high else low - count
                yield Advice(
                    "speech-length",
                    Problem(
                        prose.file, 0, "",
                        f"The elevator speech has {count} words, {speech_seconds(count)} seconds.",
                        f"{direction} at least {gap}: {low} to {high} words are about thirty seconds.",
                    ),
                    "A busy person listens for half a minute.",
                )  # fmt: skip
            if not text.rstrip("”’\"'").endswith("?"):
                yield Advice(
                    "speech-question",
                    Problem(
                        prose.file, 0, "", "The elevator speech does not end in a question.",
                        "Ask for one person: “Whom have you seen this month who …?”",
                    ),
                    "A question turns a speech into a conversation.",
                )  # fmt: skip


def _credentials_first(practice: Practice, _today: dt.date) -> Iterator[Advice]:
    for clinician in practice.clinicians:
        for prose in (*clinician.profile.values(), *clinician.elevator_speech.values()):
            first = (split_sentences(plain_text(parse_prose(prose.text))) or [""])[0]
            named = [
                c for c in clinician.facts.credentials if re.search(rf"\b{re.escape(c)}\b", first)
            ]
            if named or re.search(
                r"\b(licensed|degree|graduated|certified)\b", first, re.IGNORECASE
            ):
                yield Advice(
                    "credentials-first",
                    Problem(
                        prose.file, prose.line, "", "The first sentence speaks of credentials.",
                        "Begin with the patient; credentials are one line further down.",
                    ),
                    "People look for themselves first, and for your degrees later.",
                )  # fmt: skip


def _openings(practice: Practice, today: dt.date) -> Iterator[Advice]:
    for clinician in practice.clinicians:
        openings = clinician.facts.openings
        if openings and not openings.fresh(today):
            age = (today - openings.on).days
            what = (
                f"The openings were counted {age} days ago and are no longer shown."
                if age > 0
                else "The openings are dated in the future and are not shown."
            )
            yield Advice(
                "openings-stale",
                _at(
                    practice, _clinician_file(clinician), ("openings", "on"), what,
                    f"Count again and date it; a count is shown for {OPENINGS_FRESH_DAYS} days.",
                ),
                "An office that sends somebody to a full practice does not send the next one.",
            )  # fmt: skip


def _missing_facts(practice: Practice, _today: dt.date) -> Iterator[Advice]:
    gaps: tuple[tuple[str, bool, Key, str, str, str], ...] = (
        (
            "no-fees", not practice.fees, ("fees",), "No fee is named.",
            "Add a [[fees]] table for the first session and one for the usual one.",
            "The front desk is asked what it costs before anything else.",
        ),
        (
            "no-plans", not practice.insurance.plans and not practice.insurance.note,
            ("insurance",), "Nothing is said about insurance.",
            "Name the plans, or say in a note that you are out of network.",
            "Offices send people to whoever takes their plan.",
        ),
        (
            "no-fax", practice.contact.fax is None, ("contact",), "There is no fax number.",
            "Add one if you have it; many clinics still refer only by fax.",
            "Phone, fax and form are equal doors.",
        ),
        (
            "no-form", practice.identity.form_url is None, ("practice",), "There is no form address.",
            "Put the form server online and name it as form_url; until then phone and fax remain.",
            "Without it the form and its QR codes are left out.",
        ),
        (
            "no-booking", practice.booking.url is None, ("booking",), "There is no booking address.",
            "Name it under [booking] as url, if people may book by themselves.",
            "Some people would rather tap than talk.",
        ),
    )  # fmt: skip
    for rule, is_missing, path, what, todo, why in gaps:
        if is_missing:
            yield Advice(rule, _at(practice, "practice.toml", path, what, todo), why)


_RULES: Final[tuple[Callable[[Practice, dt.date], Iterator[Advice]], ...]] = (
    _speech,
    _credentials_first,
    _openings,
    _missing_facts,
)
