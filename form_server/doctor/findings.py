"""What a check finds: a verdict, on what, in which words, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"  # works, and may not for ever
    FAIL = "fail"  # a referral would be lost, late or seen


@dataclass(frozen=True)
class Finding:
    """`todo` is empty when all is well."""

    verdict: Verdict
    subject: str
    words: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{self.verdict:4}  {self.subject}: {self.words} {self.todo}".rstrip()


Findings = Iterable[Finding]


def ok(subject: str, words: str) -> Finding:
    return Finding(Verdict.OK, subject, words)


def warn(subject: str, words: str, todo: str) -> Finding:
    return Finding(Verdict.WARN, subject, words, todo)


def fail(subject: str, words: str, todo: str = "") -> Finding:
    return Finding(Verdict.FAIL, subject, words, todo)
