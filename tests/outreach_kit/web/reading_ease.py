"""How many years of school a text asks for, by the formula of Flesch and Kincaid."""

from __future__ import annotations

import re


def grade(text: str) -> float:
    """The US school grade; syllables are counted as runs of vowels, a silent e at the end apart."""
    sentences = [one for one in re.split(r"[.?!:]+", text) if re.search(r"[A-Za-z]", one)]
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    bare = re.sub(r"(?:[^l]e|ed|es)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", bare)))
