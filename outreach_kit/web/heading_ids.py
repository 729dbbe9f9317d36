"""What each heading of the owner's words is called, so that a link can lead to it.

The name is made of the heading's own letters, in any script: `#not-for-emergencies`, `#مواعيد-العمل`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from outreach_kit.practice.prose import Node, plain_text, walk

HEADING: Final = re.compile(r"h[1-6]")
PLACES_OF_OURS: Final = frozenset(
    {"main", "facts", "fit", "more", "next", "now", "speech", "clinicians", "clinicians-heading"}
    | {"helpers", "first-step", "colophon-practice", "colophon-reach", "colophon-crisis"}
)
"""What the pages around the owner's words call their own places."""
_UNNAMED: Final = "section"
_LONGEST: Final = 60


def name_headings(tree: Node) -> Iterator[str]:
    """A name for each heading, in reading order, no two alike; of two the second ends in “-2”."""
    taken = set(PLACES_OF_OURS)
    for node in walk(tree):
        if not HEADING.fullmatch(node[0]):
            continue
        wanted = slugify(plain_text(node)) or _UNNAMED
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted}-{count}"
        taken.add(name)
        yield name


def slugify(text: str) -> str:
    """The letters, marks and digits of any script in small letters, hyphens between the words.

    Marks stay: without its vowel signs a word of Hindi falls into pieces. Directions are dropped with
    all else that is not seen, so that nothing turns the address around.
    """
    composed = unicodedata.normalize("NFC", text).lower()
    seen = (one for one in composed if unicodedata.category(one) != "Cf")
    kept = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in seen)
    words = kept.split()
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    return "-".join(words)[:_LONGEST]
