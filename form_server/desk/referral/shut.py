"""What comes before everything else on the page: that it cannot be read, or must be read first."""

from __future__ import annotations

from dataclasses import dataclass

from form_server.desk.referral.case import Case


@dataclass(frozen=True)
class Shut:
    """`is_purged` when nothing is left to open; else the envelope does not open for this user."""

    is_purged: bool
    receipt: str


@dataclass(frozen=True)
class Risk:
    """Words of risk stand in the note."""


def build_shut(case: Case) -> Shut | None:
    return Shut(case.is_purged, case.referral.receipt) if case.said is None else None


def build_risk(case: Case) -> Risk | None:
    return Risk() if case.said and "read_first" in case.referral.flags else None
