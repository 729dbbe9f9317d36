"""Whether a patient's name stands in what somebody typed on a card: then it is not printed.

Compared are the people whom this source sent, in parts too, and everybody else of late by their whole
name; only as far as this user can open what they are named in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from form_server.desk.inbox.rows import open_or_none
from form_server.desk.owed.item import Sight
from form_server.desk.thanks.drafts import Draft
from form_server.ledger import Referral
from form_server.ledger.listing import Sieve
from outreach_kit.outreach.name_check import find_names, find_whole_names

_LOOKED_BACK: Final = timedelta(days=730)
_MOST_OF_ONE: Final = 200
_MOST_OF_ALL: Final = 1000
_AROUND: Final = 24


@dataclass(frozen=True)
class Written:
    """What is to be printed for a draft."""

    draft: Draft
    to: str
    words: str

    @property
    def is_own(self) -> bool:
        """Whether somebody typed in it."""
        known = {"", self.draft.to, *self.draft.people}
        return self.words != self.draft.words or self.to not in known

    @property
    def text(self) -> str:
        return f"{self.to}\n{self.words}" if self.to not in self.draft.people else self.words


@dataclass(frozen=True)
class Checked:
    """What to say at each card, by its key; `opened` counts the referrals that were looked into."""

    errors: Mapping[str, str]
    opened: int


def check_names(sight: Sight, cards: Sequence[Written]) -> Checked:
    """A draft that nobody touched has no place for a patient, and is not looked at."""
    typed = [one for one in cards if one.is_own]
    if not typed:
        return Checked({}, 0)
    everybody, opened = _names(sight, _newest(sight, None, _MOST_OF_ALL))
    errors = {}
    for one in typed:
        theirs, looked = _names(sight, _sent_by(sight, one.draft.card.source))
        opened += looked
        found = find_names(one.text, theirs, own_words=one.draft.own_words)
        found += find_whole_names(one.text, everybody)
        if found:
            errors[one.draft.key] = _refusal(one.text, dict.fromkeys(found))
    return Checked(errors, opened)


def _sent_by(sight: Sight, source: str) -> Sequence[Referral]:
    """The newest from this source; for offices without a code, all that the card thanks for."""
    if source:
        return _newest(sight, source, _MOST_OF_ONE)
    ids = sight.desk.ledger.owing.behind(sight.keyring.inbox_ids, "", sight.now)
    return sight.desk.ledger.listing.of(ids[:_MOST_OF_ONE])


def _newest(sight: Sight, source: str | None, most: int) -> tuple[Referral, ...]:
    since = sight.now - _LOOKED_BACK
    sieve = Sieve(tuple(sight.keyring.inbox_ids), source=source, since=since)
    return sight.desk.ledger.listing.page(sieve, sight.now, limit=most).referrals


def _names(sight: Sight, referrals: Iterable[Referral]) -> tuple[list[str], int]:
    said = [found for one in referrals if (found := open_or_none(sight.keyring, one))]
    names = [name for one in said for name in (one.patient_name, one.guardian_name) if name]
    return names, len(said)


def _refusal(text: str, found: Iterable[str]) -> str:
    places = ", ".join(_place(text, word) for word in found)
    return f"A patient may be meant here: {places}. Take the name out: a source is never told who came."


def _place(text: str, word: str) -> str:
    """“… say hello to Maria for me”: the word with what stands around it."""
    at = re.search(re.escape(word), text, re.IGNORECASE)
    if at is None:
        return f"“{word}”"
    start, end = max(0, at.start() - _AROUND), min(len(text), at.end() + _AROUND)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return f"“{before}{' '.join(text[start:end].split())}{after}”"
