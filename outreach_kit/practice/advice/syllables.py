"""How hard a text reads: the formulas of Flesch and Kincaid (English) and Szigriszt-Pazos (Spanish).

Both want syllables. Counted by a few rules of each spelling, they come out wrong for single words by
one now and then; over a whole text the errors cancel out to a tenth of a grade, and no dictionary has
to be carried along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

WORDS_KEPT: Final = 20_000
"""A thousand profiles share most of their words."""
SENTENCES_KEPT: Final = 500
"""Those of one text."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_GROUP: Final = re.compile(r"[aeiouy]+")
_ENDING: Final = re.compile(r"[’'](?:s|ll|re|ve|d|m)$")
_MUTE: Final = re.compile(
    r"(?<=[aeiouy][^aeiouy])e(?=(?:ments?|ful|less|ness|ly|ty|things?|times?|body|one|fore|work|teen)$)"
)
"""The e inside “statement”, “something”, “safety”."""
_SILENT: Final = re.compile(
    r"(?:(?<![aeiouy])e|(?<![aeioutd])ed|(?<![aeioucgszx])(?<!sh)(?<!ch)es)$"
)
"""A last e, and the one in “learned” and “makes” but not those in “wanted” and “places”."""
_SYLLABIC_LE: Final = re.compile(r"[bcdfgkptz]les?$")
_APART: Final = re.compile(
    r"ia(?!l$|lly|n$|ns$|r$|ge)|[rn]ial$|io(?!n|us)(?<!avio)|[dvr]ious$|i[ue]m$|iet|lien|quie"
    r"|(?<![tc])ience|^science|eo(?!us|pl|n$)|[aei].*ea$|crea|^reac|eum|^nuclea"
    r"|ua(?!r|ge|nt|d|s)|u[eo]l$|oem|(?<![gq])ui[dn]|^suic|[^q]uous|ier$|iest$|ying$|[eo]ing$"
)
"""Vowels beside each other that are spoken apart: “area”, “client”, “ruin”, “playing”."""
_SPOKEN: Final = {"every": "evry", "business": "bizness"}
_STRONG: Final = "aeoáéó"
_SPANISH_GROUP: Final = re.compile(r"[aeiouáéíóúü]+(?:y\b)?|y\b")
_SPANISH_MUTE_U: Final = re.compile(r"(?<=[gq])u(?=[eiéí])")


@lru_cache(maxsize=SENTENCES_KEPT)
def words_of(text: str) -> tuple[str, ...]:
    """A sentence is asked for its words by each step of a count."""
    return tuple(_WORD.findall(text))


def flesch_kincaid(sentences: Sequence[str]) -> float:
    """The US school grade of an English text (Kincaid and others, 1975). `sentences` have words."""
    words, syllables = _count(sentences, english_syllables)
    return 0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59


def szigriszt(sentences: Sequence[str]) -> float:
    """The ease of a Spanish text, 0 to 100 (Szigriszt-Pazos, 1993); 55 and above is normal or easier.

    The bands are those of the INFLESZ scale (Barrio-Cantalejo and others, 2008).
    """
    words, syllables = _count(sentences, spanish_syllables)
    return 206.835 - 62.3 * syllables / words - words / len(sentences)


@lru_cache(maxsize=WORDS_KEPT)
def english_syllables(word: str) -> int:
    bare = _ENDING.sub("", word.lower().replace("’", "'"))
    for written, spoken in _SPOKEN.items():
        if bare.startswith(written):
            bare = spoken + bare[len(written) :]
    bare = _MUTE.sub("", bare)
    cut = bare if _SYLLABIC_LE.search(bare) else _SILENT.sub("", bare)
    contracted = bare.endswith("n't") and bare not in {"don't", "won't", "can't", "aren't"}
    count = len(_GROUP.findall(cut.replace("qu", "q"))) + len(_APART.findall(bare))
    return max(1, count + contracted)


@lru_cache(maxsize=WORDS_KEPT)
def spanish_syllables(word: str) -> int:
    """Two strong vowels, and an accented weak one beside a strong one, are spoken apart."""
    bare = _SPANISH_MUTE_U.sub("", word.lower())
    count = 0
    for group in _SPANISH_GROUP.findall(bare):
        count += 1
        for one, other in pairwise(group):
            count += _apart(one, other)
    return max(1, count)


def _apart(one: str, other: str) -> bool:
    strong = one in _STRONG, other in _STRONG
    return all(strong) or (any(strong) and bool({one, other} & set("íú")))


def _count(sentences: Sequence[str], syllables: Callable[[str], int]) -> tuple[int, int]:
    words = [word for sentence in sentences for word in words_of(sentence)]
    return len(words), sum(map(syllables, words))
