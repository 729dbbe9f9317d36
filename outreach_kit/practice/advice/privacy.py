"""What the page on privacy owes whoever is about to write down somebody's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import PRACTICE_FILE, Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.advice.text import main_form

_SLUG: Final = "privacy"
_OWED: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "what the form asks for": r"\bforms?\b|\bask(?:s|ed)? (?:only )?for\b|\bcollect",
        "who reads it": (
            r"\bwho (?:sees|reads|opens|can)\b|\bnobody else\b|\bno one else\b|\bopens it\b"
            r"|\bonly (?:I|we|the|your|my|our)\b|\bshare[ds]?\b|\balone\b"
            r"|\b(?:reads?|sees?|opens?) (?:it|them|what)\b"
        ),
        "how long it is kept": (
            r"\bdelet|\berase|\bdestroy|\bhow long\b|\bretain|\bretention\b"
            r"|\b(?:kept|keeps?|stored?|stores)\b[^.]{0,60}\b(?:days|months|years?|until|long|after)\b"
        ),
        "whether visits are followed": (
            r"\bcookie|\btrack|\bfollows? you\b|\banalytics\b|\bthird part|\bstatistics\b"
            r"|\b(?:count|follow|record|measur|log)\w*\b[^.]{0,30}\bvisit"
            r"|\bvisit(?:s|ors)?\b[^.]{0,30}\b(?:count|follow|record|measur|log)"
        ),
    },
    "es": {
        "what the form asks for": r"\bformulario|\bpid[ei]|\bpedimos\b|\brecopil|\brecab",
        "who reads it": (
            r"\bquién(?:es)? (?:la|lo|los|las)?\s?(?:ve|lee|abre|puede)|\bnadie más\b|\bcompart"
            r"|\b(?:solo|sólo|únicamente) (?:la|el|quien|yo|su|nuestr)"
        ),
        "how long it is kept": (
            r"\bborra|\belimin|\bdestru|\bcuánto tiempo\b"
            r"|\b(?:guard|conserv)\w*\b[^.]{0,60}\b(?:días|meses|años?|hasta|durante|mientras)\b"
        ),
        "whether visits are followed": (
            r"\bcookie|\brastre|\bsigue a\b|\bseguimiento\b|\bterceros\b|\bestadísticas\b"
            r"|\b(?:cont|cuent|regist|mid)\w*\b[^.]{0,30}\bvisita"
        ),
    },
}
"""What finds each thing in the page's words. Pages in other languages are not judged."""


def _without_page(look: Look) -> Iterator[Problem]:
    practice = look.practice
    if practice.identity.form_url is None or practice.page_in(practice.language, _SLUG):
        return
    yield look.at_key(
        PRACTICE_FILE, ("practice", "form_url"), "There is a form, and no page on privacy.",
        "Write pages/privacy.md: what the form asks for, who reads it, how long it is kept, and "
        "whether visits are followed. The form leads to it.",
    )  # fmt: skip


def _silent(look: Look) -> Iterator[Problem]:
    if look.practice.identity.form_url is None:
        return
    for page in look.practice.pages:
        owed = _OWED.get(main_form(page.language))
        if page.slug != _SLUG or owed is None:
            continue
        text = look.text(page.body)
        missing = [name for name, said in owed.items() if not re.search(said, text, re.IGNORECASE)]
        if missing:
            yield Problem(
                page.body.file, page.body.line, "", f"The page does not say {_join(missing)}.",
                "Say it in a sentence each; the sample practice’s page shows how short that can be.",
            )  # fmt: skip


def _join(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


CHECKS: Final = (
    Check(
        Rule(
            "no-privacy", "there is a form and no page pages/privacy.md",
            "Whoever is to write down a patient’s name wants to know first who will read it.",
        ),
        _without_page,
    ),
    Check(
        Rule(
            "privacy-silent",
            "the page on privacy leaves out what the form asks for, who reads it, how long it is kept, "
            "or whether visits are followed",
            "What is left out is what a careful office will suppose the worst of.",
        ),
        _silent,
    ),
)  # fmt: skip
