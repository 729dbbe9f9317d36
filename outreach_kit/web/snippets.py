"""A page in a search engine's list: its title and description, in the room that there is for them."""

from __future__ import annotations

import re
from typing import Final

from outreach_kit.practice import Practice, Prose
from outreach_kit.practice.advice.text import HEADINGS, lines_in
from outreach_kit.practice.sentences import split_sentences

LONGEST_TITLE: Final = 60
SHORTEST_DESCRIPTION: Final = 50
LONGEST_DESCRIPTION: Final = 160
"""In characters; what is longer is cut by those who show it, wherever it happens to end."""
_LEGAL_FORM: Final = re.compile(
    r",? +(?:P\.?L\.?L\.?C|L\.?L\.?C|L\.?L\.?P|P\.?L\.?C|P\.?C|P\.?S|P\.?A|Inc|Corp|Ltd)\.?$"
)
_CUT: Final = "…"


def name_page(title: str, practice: Practice) -> str:
    """The page's title with as much of the practice's name after it as there is room for."""
    if title == practice.name:
        town = f"{title} · {practice.address.city}, {practice.address.region}"
        return town if len(town) <= LONGEST_TITLE else _cut_name(title)
    for name in (practice.name, _LEGAL_FORM.sub("", practice.name)):
        if len(whole := f"{title} · {name}") <= LONGEST_TITLE:
            return whole
    return _cut_name(title)


def describe_in_short(text: str, practice: Practice) -> str:
    """The text up to the last sentence for which there is room; one that is very short says whose it is.

    A first sentence that is too long is cut at a word. Empty for an empty text.
    """
    text = " ".join(text.split())
    if text and len(text) < SHORTEST_DESCRIPTION:
        place = f"{practice.name}, {practice.address.city}, {practice.address.region}."
        text = f"{text if text.endswith(('.', '?', '!')) else f'{text}.'} {place}"
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    kept = ""
    for sentence in split_sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > LONGEST_DESCRIPTION:
            break
        kept = longer
    return kept if len(kept) >= SHORTEST_DESCRIPTION else _cut(text, LONGEST_DESCRIPTION)


def opening_of(prose: Prose) -> str:
    """The first paragraphs, as many as a description could hold; empty for a text of headings alone."""
    found = ""
    for tag, line in lines_in(prose):
        if tag in HEADINGS:
            continue
        found = f"{found} {line}".strip()
        if len(found) > LONGEST_DESCRIPTION:
            break
    return found


def _cut_name(title: str) -> str:
    """Without the last of a list of credentials, or else cut at a word."""
    while len(title) > LONGEST_TITLE and ", " in title:
        title = title.rpartition(", ")[0]
    return title if len(title) <= LONGEST_TITLE else _cut(title, LONGEST_TITLE)


def _cut(text: str, most: int) -> str:
    words = text[: most - len(_CUT) + 1].rsplit(" ", 1)[0] if " " in text[:most] else text
    return words[: most - len(_CUT)].rstrip(",;:–—- ") + _CUT
