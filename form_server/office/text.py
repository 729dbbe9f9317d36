"""Text as strangers send it, made fit to keep: visible, in one direction, on as many lines as allowed.

What nobody can see is dropped, because it is pasted by accident far more often than by design.
What cannot be part of any name or note is refused, so that nothing is stored other than as read.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from form_server.office.submission import Flaw

# Overrides, embeddings and isolates (UAX #9), direction marks, zero-width spaces and joiners of
# words, soft hyphens, invisible operators, annotations, tags and variation supplements. The joiners
# U+200C and U+200D stay: Persian and Indic names are misspelt without them.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_SPACES: Final = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_END: Final = re.compile("\r\n|[\r\u2028\u2029]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class TextRefused(Exception):
    """A text has a flaw; the text itself is not repeated."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.value)


def clean_line(raw: str) -> str:
    """One line without spaces at its ends; empty when nothing in it can be seen. Raises TextRefused."""
    if is_plain(raw):
        return raw.strip()
    text = _clean(raw)
    if "\n" in text:
        raise TextRefused(Flaw.LINE_BREAK)
    return text


def clean_lines(raw: str) -> str:
    """Lines parted by `\\n`, none with spaces at its end. Raises TextRefused."""
    if is_plain(raw):
        return raw.strip()
    return "\n".join(line.strip() for line in _clean(raw).split("\n")).strip()


def showable(raw: str) -> str:
    """What can be put back into a form: the text without whatever made it refused."""
    text = _SURROGATE.sub("", _LINE_END.sub("\n", raw))
    return _UNSEEN.sub("", _CONTROL.sub("", text))


def is_plain(raw: str) -> bool:
    """Whether there is nothing to clean: nearly every field of nearly every referral."""
    return raw.isascii() and raw.isprintable() and "  " not in raw


def _clean(raw: str) -> str:
    if _SURROGATE.search(raw):
        raise TextRefused(Flaw.BROKEN)
    text = _LINE_END.sub("\n", raw)
    if _CONTROL.search(text):
        raise TextRefused(Flaw.CONTROL)
    text = _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()
    return text if _is_visible(text) else ""


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LNPS" for char in text)
