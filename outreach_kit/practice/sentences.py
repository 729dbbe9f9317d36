"""Where a sentence ends. Light: a build that looks at one changed text imports this and not the model."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’)]*(?=\s+[\"'“‘(]*[A-Z0-9À-Þ¿¡]|\s*$)")
_ABBREVIATION: Final = re.compile(
    r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Mx|Rev|Fr|Sr|Jr|St|Ste|vs|No|Inc|e\.g|i\.e|approx|Ph|M\.D|Ph\.D)\.$"
)


def split_sentences(text: str) -> list[str]:
    """The sentences a reader would see; initials and titles (“Dr. J. Ito”) do not end one."""
    sentences: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[match.end() :].strip() and _ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences
