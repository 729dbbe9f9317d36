"""What in a submission's own words is odd: links, markup, letters of two scripts, numbers that cannot be.

Each is a hint among others. Notes in any language, with any accent, are as good as any.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from form_server.office.submission import Submission
from form_server.office.suspicion import Hint

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\[\]]{2,}", re.IGNORECASE)
_BARE_DOMAIN: Final = re.compile(
    r"(?<![@\w.-])[\w-]+\.(?:com|net|org|info|biz|ru|cn|xyz|top|shop|site|online|club|icu)\b"
    r"(?![\w@])",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(
    r"</?(?:a|b|i|u|p|br|div|font|img|script|style|iframe|span|h\d|strong)\b[^>]{0,300}>"
    r"|\[/?(?:url|link|img|b|i)\b[^\]]{0,300}\]",
    re.IGNORECASE,
)
_SAME_LETTER: Final = re.compile(r"([^\W_])\1{9,}")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MANY_WORDS: Final = 8
_NORTH_AMERICAN: Final = re.compile(r"tel:\+1(\d{3})(\d{3})(\d{4})\b")
_COUNTED: Final = "01234567890"


def odd_words(submission: Submission) -> Iterator[Hint]:
    """The hints, perhaps the same one twice."""
    note = submission.note
    if links := _count_links(note):
        yield Hint.LINK if links == 1 else Hint.LINKS
    lines = _lines(submission)
    names = "\n".join(lines)
    together = f"{note}\n{names}"
    # A directory's name may end in .com, so only whole addresses count where a name belongs. Without
    # a dot and without a slash nothing is an address: a glance that spares most searches.
    if ("." in names or "/" in names) and any(map(_ADDRESS.search, lines)):
        yield Hint.LINK_FOR_NAME
    if ("<" in together or "[" in together) and any(map(_MARKUP.search, (note, *lines))):
        yield Hint.MARKUP
    if not together.isascii() and any(map(_mixes_letters, (note, *lines))):
        yield Hint.MIXED_LETTERS
    if _repeats(note):
        yield Hint.REPETITION
    phones = (submission.patient_phone_uri, submission.referrer_phone_uri)
    if not all(map(_is_possible, phones)):
        yield Hint.IMPOSSIBLE_PHONE


def _count_links(note: str) -> int:
    if "." not in note and "://" not in note:
        return 0
    return len(_ADDRESS.findall(note)) + len(_BARE_DOMAIN.findall(_ADDRESS.sub(" ", note)))


def _lines(submission: Submission) -> tuple[str, ...]:
    return (
        submission.patient_name,
        submission.referrer_name,
        submission.referrer_office,
        submission.referrer_role,
        submission.guardian_name,
        submission.best_time,
        submission.language,
        submission.plan,
    )


def _mixes_letters(text: str) -> bool:
    """Whether one word has Latin and Cyrillic letters, which look alike: written to pass filters."""
    return any(
        len(set(map(_script, word)) & {"LATIN", "CYRILLIC"}) > 1 for word in _WORD.findall(text)
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _repeats(note: str) -> bool:
    if _SAME_LETTER.search(note):
        return True
    words = _WORD.findall(note.casefold())
    if len(words) < _MANY_WORDS or len(set(words)) > len(words) // 2 + 1:
        return False
    return Counter(words).most_common(1)[0][1] > len(words) // 2


def _is_possible(uri: str) -> bool:
    """Whether a number can be one by the North American plan; numbers elsewhere nearly always can."""
    match = _NORTH_AMERICAN.match(uri)
    if not match:
        return not uri.startswith("tel:+0")  # no country has it
    area, exchange, line = match.groups()
    number = area + exchange + line
    starts = area[0] in "01" or exchange[0] in "01" or area[1:] == "11" or exchange[1:] == "11"
    return not (starts or len(set(number)) == 1 or number in _COUNTED)
