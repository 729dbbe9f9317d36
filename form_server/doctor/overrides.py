"""Whether the desk says something else than the practice folder, of which the website is built."""

from __future__ import annotations

from typing import Final

from form_server.current_practice import CurrentPractice
from form_server.doctor.findings import Findings, ok, warn
from form_server.ledger import Ledger
from outreach_kit.practice import Practice

_TODO: Final = (
    "If it is to last, write it into practice.toml, run `python build.py`, and use the folder's at "
    "the desk under Settings."
)


def check_overrides(practice: Practice, ledger: Ledger) -> Findings:
    now = CurrentPractice(practice, ledger)()
    changed = [
        word
        for word, differs in (
            ("hours and closings", now.hours != practice.hours),
            ("the promise", now.promise != practice.promise),
        )
        if differs
    ]
    if changed:
        said = " and ".join(changed)
        yield warn("desk", f"changed {said}; a built website still says what it was.", _TODO)
    else:
        yield ok("desk", "hours and promise are those of the practice folder.")
