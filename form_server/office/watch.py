"""What is noticed around a submission: where it came from, how fast, and what else comes from there.

Everything here scores; only the flood ceiling refuses, and that is far above what any clinic sends.
Long before it, a flood is kept aside, so that it rings nobody's phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from form_server.ledger import Source, SourceKind
from form_server.office.bait import judge_bait
from form_server.office.headers import origin_of
from form_server.office.oddities import odd_words
from form_server.office.page_stamp import STAMP_FIELD, PageStamp
from form_server.office.submission import Asks, Submission
from form_server.office.suspicion import Hint, Suspicion, weigh
from form_server.office.traffic import Traffic, network_of
from outreach_kit.web.fields import HONEYPOT

_HERE: Final = "here"
_CEILING_WINDOW: Final = timedelta(minutes=10)
_HABIT_WINDOW: Final = timedelta(hours=1)
_KNOWN_SENDS_MORE: Final = 10
_HERE_SENDS_MORE: Final = 250
"""Times the ceiling, for this machine and private networks together: a program of the owner's own, or
a proxy that the settings do not name, behind which all offices have one address. As much as 250
networks may send at once is more than all of them ever do, and ends a loop that never stops."""
# Beyond it, what comes is kept aside: two a minute, or with the code of a known office ten.
_FLOOD: Final = 20
_KNOWN_FLOOD: Final = 100
# From here on it is worth noticing, and no more than that: a screening day looks the same.
_BUSY_NETWORK: Final = 20  # in ten minutes
_BUSY_OFFICE: Final = 20  # in an hour
_SAME_NOTES: Final = 5  # in an hour
_NOTE_GOES_ROUND: Final = 3  # networks that send the same note in an hour
_NOTE_FLOOD: Final = 20
# Shorter notes are alike by nature: “anxiety, please call after 4”.
_TELLING_NOTE: Final = 40


@dataclass(frozen=True)
class Visit:
    """What a request says of itself beside its body; `origin` and `referer` are None when unsaid."""

    address: str | None
    origin: str | None = None
    referer: str | None = None


@dataclass(frozen=True)
class Flood:
    """Too much came from one network; `retry_after_s` is when there is room again."""

    retry_after_s: int


class Watch:
    """Safe to share between threads; each process watches for itself.

    `ceiling` is how many submissions one network may send in ten minutes, ten times that with the
    code of a known office, and far more from private networks. `own_origins` are the practice's
    sites, as browsers write an origin.
    """

    def __init__(
        self,
        stamp: PageStamp,
        clock: Callable[[], datetime],
        *,
        ceiling: int,
        asks: Asks,
        own_origins: frozenset[str],
    ) -> None:
        self.stamp = stamp
        self._ceiling = ceiling
        self._asks = asks
        self._own_origins = own_origins
        self._arrivals = Traffic(_CEILING_WINDOW, clock)
        self._habits = Traffic(_HABIT_WINDOW, clock)

    def admit(self, visit: Visit, code: str = "") -> Flood | None:
        """Counts one more arrival; or a Flood when its network has sent too many, uncounted.

        What is refused is not counted, so that a ceiling is reached and not a lock-out: a network
        goes on getting as many through as the ceiling allows.
        """
        network = network_of(visit.address)
        ceiling = self._ceiling * (_HERE_SENDS_MORE if network is None else 1)
        name = network or _HERE
        if self._arrivals.add_below(ceiling, name):
            return None
        if _is_trusted(self._asks.source(code)) and self._arrivals.add_below(
            ceiling * _KNOWN_SENDS_MORE, name
        ):
            return None
        return Flood(self._arrivals.until_next_s())

    def look(self, visit: Visit, fields: Mapping[str, object], submission: Submission) -> Suspicion:
        """What speaks against a submission and for it; call once for each, since it counts too."""
        return weigh(
            (
                *self._page_hints(fields, submission),
                *self._origin_hints(visit),
                *odd_words(submission),
                *self._crowd_hints(visit, submission),
                *_trust(submission),
            )
        )

    def _page_hints(self, fields: Mapping[str, object], submission: Submission) -> Iterator[Hint]:
        source = submission.known_source
        bait = judge_bait(
            fields.get(HONEYPOT),
            submission,
            office=source.name if source else "",
            sites=self._own_origins,
        )
        stamp = self.stamp.judge(fields.get(STAMP_FIELD))
        yield from (hint for hint in (bait, stamp) if hint is not None)

    def _origin_hints(self, visit: Visit) -> Iterator[Hint]:
        """Browsers name the origin of a form; programs and privacy tools do not, and may."""
        said = visit.origin or visit.referer
        if not said:
            return
        if said == "null":
            yield Hint.HIDDEN_ORIGIN
            return
        try:
            origin = origin_of(said)
        except ValueError:
            origin = ""
        if origin not in self._own_origins:
            yield Hint.STRANGE_ORIGIN

    def _crowd_hints(self, visit: Visit, submission: Submission) -> Iterator[Hint]:
        network = network_of(visit.address)
        if network is None:  # everybody, or nobody but the owner: a crowd says nothing
            return
        flood = _KNOWN_FLOOD if _is_trusted(submission.known_source) else _FLOOD
        seen = self._arrivals.count(network)
        if seen > _BUSY_NETWORK:
            yield Hint.BUSY_NETWORK
        if seen > flood:
            yield Hint.NETWORK_FLOOD
        office = _squeeze(submission.referrer_phone_uri or submission.referrer_office)
        if office and self._habits.add(f"office {office}") > _BUSY_OFFICE:
            yield Hint.BUSY_OFFICE
        if office and self._arrivals.add(f"office {office}") > flood:
            yield Hint.OFFICE_FLOOD
        note = _squeeze(submission.note)
        if len(note) < _TELLING_NOTE:
            return
        if self._habits.add(f"note {note}") >= _SAME_NOTES:
            yield Hint.SAME_NOTE
        if self._habits.add(f"note from {network} {note}") == 1:
            networks = self._habits.add(f"networks of {note}")
        else:
            networks = self._habits.count(f"networks of {note}")
        if networks >= _NOTE_FLOOD:
            yield Hint.NOTE_FLOOD
        elif networks >= _NOTE_GOES_ROUND:
            yield Hint.NOTE_GOES_ROUND


def _trust(submission: Submission) -> Iterator[Hint]:
    if _is_trusted(submission.known_source):
        yield Hint.KNOWN_OFFICE


def _is_trusted(source: Source | None) -> bool:
    """Whether a code proves that somebody was handed it: not on a wall, and in no directory."""
    if source is None or source.public_poster:
        return False
    return source.kind is not SourceKind.DIRECTORY


def _squeeze(text: str) -> str:
    """What stays the same when spaces, marks and capitals are varied."""
    return re.sub(r"[\W_]+", "", text.casefold())
