"""Kinds of need, by which people are sent on: the practice's own lists, and free words.

What a practice wants to be sent has slugs of its own. What it does not take is what it sends on most,
so each line of that list is a kind too, under a slug made from its words.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice

_OTHER = "other"
_SMALL = frozenset(
    {
        "a", "an", "and", "any", "anyone", "anybody", "as", "at", "for", "from", "in", "is", "of",
        "on", "or", "that", "the", "their", "to", "under", "who", "with",
    }
)  # fmt: skip
_SLUG_LETTERS = 60


@frozen
class Kind:
    """`slug` is empty for what somebody said in words of their own."""

    slug: str
    label: str


def kinds_sent_on(practice: Practice) -> tuple[Kind, ...]:
    """What the practice says it does not take, once each, in its own order."""
    lines = (line for one in practice.clinicians for line in one.facts.not_fit)
    return tuple({slug_of(line): Kind(slug_of(line), line) for line in lines}.values())


def kinds_of(practice: Practice) -> tuple[Kind, ...]:
    """What it sends on first, then what it wants itself: a full practice sends that on as well."""
    wanted = (Kind(one.slug, one.label) for one in practice.reasons if one.slug != _OTHER)
    return (*kinds_sent_on(practice), *wanted)


def name_kinds(said: Iterable[str], practice: Practice) -> tuple[Kind, ...]:
    """Reasons as slugs, labels or free words, as kinds; “something else” says nothing."""
    known = {kind.slug: kind for kind in kinds_of(practice)}
    for reason in practice.reasons:
        spelled = Kind(reason.slug, reason.label)
        known |= dict.fromkeys((reason.label.casefold(), reason.text.casefold()), spelled)
    known |= {kind.label.casefold(): kind for kind in kinds_sent_on(practice)}
    found = (known.get(one) or known.get(one.casefold()) or Kind("", one) for one in said)
    kinds = {kind: None for kind in found if kind.label.strip() and kind.slug != _OTHER}
    return tuple(kind for kind in kinds if kind.label.casefold() != _OTHER)


def covers(needs: Collection[str], need_words: Iterable[str], kind: Kind) -> bool:
    """Whether a colleague's list has it, by slug or by words that say the same or less."""
    if kind.slug and kind.slug in needs:
        return True
    wanted = _stems(kind.label)
    if not wanted:
        return False
    return any(words <= wanted or wanted <= words for words in map(_stems, need_words) if words)


def slug_of(line: str) -> str:
    """“An eating disorder” as `an-eating-disorder`; it lasts as long as the line's words do."""
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:_SLUG_LETTERS].rstrip("-")


@functools.lru_cache(maxsize=8192)  # a directory says the same words again and again
def _stems(text: str) -> frozenset[str]:
    """Its words without the small ones, and in the singular as far as an s at the end tells."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _SMALL)
