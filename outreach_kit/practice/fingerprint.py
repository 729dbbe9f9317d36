"""A clinician's facts in a few letters, one group for each kind of fact, so that a change can be named.

A therapist writes it into `directories.toml` after pasting a text into a directory; the build compares.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from outreach_kit.practice.plain import as_plain, by_default

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice
    from outreach_kit.practice.people import Clinician

_LETTERS: Final = 4
"""Of 32 each: one change in a million goes unseen."""
FINGERPRINT: Final = rf"^[a-z2-7]{{{_LETTERS}}}(-[a-z2-7]{{{_LETTERS}}})*$"


class Kind(StrEnum):
    """What a directory's text is made from, in the order of the groups; a new one comes last."""

    NICHE = "niche"
    PROFILE = "profile"
    APPROACHES = "approaches"
    FEES = "fees"
    PLANS = "plans"
    PLACE = "place"


def fingerprint(practice: Practice, clinician: Clinician) -> str:
    """Like `k3f9-b2ma-…`: equal for equal facts, in whatever language the practice is told."""
    home = practice.origin or practice
    whose = home.clinician(clinician.slug) or clinician
    return "-".join(_shorten(_facts_of(kind, home, whose)) for kind in Kind)


def changed_since(then: str, now: str) -> Iterator[Kind]:
    """The kinds of facts that differ; kinds that the older fingerprint did not know are passed over."""
    for kind, old, new in zip(Kind, then.split("-"), now.split("-"), strict=False):
        if old != new:
            yield kind


def _facts_of(kind: Kind, practice: Practice, clinician: Clinician) -> object:
    facts = clinician.facts
    match kind:
        case Kind.NICHE:
            return facts.niche
        case Kind.PROFILE:
            return sorted((tag, prose.text) for tag, prose in clinician.profile.items())
        case Kind.APPROACHES:
            return facts.approaches, facts.ages, facts.languages
        case Kind.FEES:
            return practice.fees, practice.booking.consultation_price
        case Kind.PLANS:
            return practice.plans_of(clinician), practice.insurance.superbills
        case Kind.PLACE:
            towns = [(one.city, one.region) for one in practice.sites_of(clinician)]
            return towns, facts.in_person, facts.telehealth


def _shorten(facts: object) -> str:
    """Blanks and line ends do not count: an editor that wraps a text has not changed it."""
    text = json.dumps(_plain(facts), ensure_ascii=False, default=str)
    digest = hashlib.sha256(" ".join(text.replace("\\n", " ").split()).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_LETTERS]


def _plain(facts: object) -> object:
    """Without what was left out, so that a fact that can be told from tomorrow on changes nothing."""
    return as_plain(facts, by_default)
