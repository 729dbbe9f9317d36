"""The crisis lines as every page shows them: in its own language, and in the two that 988 answers in."""

from __future__ import annotations

import functools
from typing import Final

from markupsafe import Markup

from outreach_kit.crisis_words import ENGLISH, SPANISH, speaks_spanish, told_in
from outreach_kit.frozen import frozen
from outreach_kit.web.trust import trusted

_CALL: Final = {
    "call_911": '<a href="tel:911">911</a>',
    "call_988": '<a href="tel:988">988</a>',
    "text_988": '<a href="sms:988">988</a>',
}


@frozen
class Other:
    """What a line says for those who read another language than the page's."""

    language: str
    text: Markup


@frozen
class Crisis:
    here: Markup | None
    """The page's language; None where the catalogue says it, or nobody."""
    others: tuple[Other, ...]


@functools.cache
def crisis_in(language: str) -> Crisis:
    told = told_in(language)
    in_english = Other("en", trusted(ENGLISH.format(**_CALL)))
    in_spanish = Other("es", trusted(SPANISH.format(**_CALL)))
    if told is None:
        return Crisis(None, () if speaks_spanish(language) else (in_spanish,))
    spoken = f'<bdi lang="en" dir="ltr">“{told.name}”</bdi>'
    return Crisis(trusted(told.sentence.format(name=spoken, **_CALL)), (in_english, in_spanish))
