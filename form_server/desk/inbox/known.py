"""Who sends people that no form knows: the directories, and friends.

A directory's name is nobody's secret, so its source is kept readable from the first time on, and the
figures cover it. Friends and former clients share one source: which of them it was stays sealed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from form_server.desk.console import Desk
from form_server.ledger import CodeTaken, Source, SourceKind

_DRAWS: Final = 5


@dataclass(frozen=True)
class Usual:
    code: str
    name: str
    kind: SourceKind


USUAL: Final = (
    Usual("psychology-today", "Psychology Today", SourceKind.DIRECTORY),
    Usual("zencare", "Zencare", SourceKind.DIRECTORY),
    Usual("goodtherapy", "GoodTherapy", SourceKind.DIRECTORY),
    Usual("manhattan-alternative", "Manhattan Alternative", SourceKind.DIRECTORY),
    Usual("therapyden", "TherapyDen", SourceKind.DIRECTORY),
    Usual("insurance-directory", "An insurance plan’s directory", SourceKind.DIRECTORY),
    Usual("friend", "A friend or former client", SourceKind.FRIEND),
)
KEPT_AS: Final = (
    (SourceKind.OFFICE, "an office"),
    (SourceKind.COLLEAGUE, "a colleague"),
    (SourceKind.SCHOOL, "a school"),
    (SourceKind.CONGREGATION, "a congregation"),
    (SourceKind.AGENCY, "an agency"),
    (SourceKind.DIRECTORY, "a directory"),
)
"""What a new name can be kept readable as. Not as a friend: that would be a person's name."""


def suggest(sources: Sequence[Source]) -> tuple[str, ...]:
    """Names for the list below the field: those known, then the usual ones."""
    known = [one.name for one in sources]
    same = {_same(name) for name in known}
    return (*known, *(one.name for one in USUAL if _same(one.name) not in same))


def find_source(desk: Desk, typed: str, kept_as: SourceKind | None, *, actor: str) -> Source | None:
    """The source that a name or code stands for; a new one when it is usual, or is to be kept.

    None for a name that stays sealed.
    """
    wanted = _same(typed)
    if not wanted:
        return None
    for one in desk.ledger.sources.all():
        if wanted in {_same(one.name), _same(one.code)}:
            return one
    usual = next((one for one in USUAL if wanted in {_same(one.name), one.code}), None)
    if usual is not None:
        return _add(desk, usual.code, usual.name, usual.kind, actor)
    if kept_as is None:
        return None
    return _add(desk, _slug(typed), typed, kept_as, actor)


def _add(desk: Desk, code: str, name: str, kind: SourceKind, actor: str) -> Source:
    """Under another code where this one belongs to somebody else."""
    for draw in range(_DRAWS):
        try:
            free = code if draw == 0 else f"{code}-{secrets.token_hex(2)}"
            return desk.ledger.sources.add(free, name, kind, actor=actor)
        except CodeTaken:
            continue
    raise CodeTaken(code)


def _slug(name: str) -> str:
    """A code that stands in an address and on paper; a name without Latin letters has one drawn."""
    plain = re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-")
    return plain or f"source-{secrets.token_hex(3)}"


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
