"""What one patient needs in a colleague: as they said it, and as the desk understood it since.

What the desk understood is sealed beside the referral: only who can open the one reads the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.referral.case import Case
from form_server.desk.referral.said import Said
from form_server.ledger import Referral
from outreach_kit.outreach.kinds import Kind, kinds_of, name_kinds
from outreach_kit.outreach.matching import Need
from outreach_kit.practice import Practice


@dataclass(frozen=True)
class Understood:
    """`kinds` are slugs, and `words` what no list has. None where the patient's own words stand."""

    kinds: tuple[str, ...] = ()
    words: str = ""
    online: bool = False
    within_miles: int | None = None


def need_of(said: Said, understood: Understood | None, practice: Practice) -> Need:
    """What the desk understood counts for the kinds; the rest is as it was said."""
    known = understood or Understood()
    picked = _kinds(known, practice)
    return Need(
        kinds=picked or name_kinds(said.reasons, practice),
        plan=said.plan,
        language=said.language,
        age_band=said.age_band,
        online_in=practice.address.region if known.online else "",
        within_miles=known.within_miles,
    )


def read_understood(case: Case) -> Understood | None:
    sealed = case.desk.ledger.placements.sought([case.referral.id])
    return open_understood(case.keyring, case.referral, sealed)


def open_understood(
    keyring: Keyring, referral: Referral, sealed: Mapping[str, bytes]
) -> Understood | None:
    """None when nothing is kept, and when it does not open: then the patient's own words stand."""
    found = sealed.get(referral.id)
    if found is None:
        return None
    try:
        fields = json.loads(keyring.open_part(referral, _part(referral), found))
        return Understood(
            kinds=tuple(fields["kinds"]),
            words=fields["words"],
            online=fields["online"],
            within_miles=fields["within_miles"],
        )
    except (Unreadable, ValueError, KeyError, TypeError):
        return None


def keep_understood(case: Case, understood: Understood) -> None:
    """Raises NotNow when the referral was closed or moved meanwhile."""
    words = json.dumps(asdict(understood))
    sealed = case.keyring.seal_part(case.referral, _part(case.referral), words)
    ledger = case.desk.ledger
    ledger.placements.keep_sought(case.referral, sealed, actor=case.user.actor)


def _kinds(understood: Understood, practice: Practice) -> tuple[Kind, ...]:
    known = {kind.slug: kind for kind in kinds_of(practice)}
    ticked = (known[slug] for slug in understood.kinds if slug in known)
    typed = (text.strip() for text in understood.words.replace(";", ",").split(","))
    return (*ticked, *name_kinds(filter(None, typed), practice))


def _part(referral: Referral) -> str:
    return f"sought:{referral.id}"
