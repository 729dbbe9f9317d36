"""What somebody's title and an office's name say about role and kind; the preview shows the guess."""

from __future__ import annotations

import re
from typing import Final

from form_server.ledger import PersonRole, SourceKind

_ROLES: Final = (
    (PersonRole.RECEPTIONIST, r"reception\w*|front desk|scheduler|scheduling"),
    (PersonRole.ASSISTANT, r"medical assistant|\bC?MA\b|assistant"),
    (PersonRole.SOCIAL_WORKER, r"social work\w*|\bL[IC]+SW\b|\bMSW\b|case manager"),
    (PersonRole.MANAGER, r"manager|administrator|director"),
    (PersonRole.NURSE, r"nurse|\bA?RNP?\b|\bLPN\b|\bNP\b"),
    (PersonRole.COUNSELOR, r"counsel+or|\bLMHC\b|\bLPC\b|therapist|psycholog\w+"),
    (PersonRole.MINISTER, r"pastor|minister|rabbi|imam|priest|chaplain|reverend|deacon"),
    (PersonRole.TEACHER, r"teacher|principal|dean|professor"),
    (
        PersonRole.PHYSICIAN,
        r"physician|doctor|\bM\.?D\b|\bD\.?O\b|\bPA(?:-C)?\b|pediatric\w+|psychiatr\w+",
    ),
)
_KINDS: Final = (
    (SourceKind.SCHOOL, r"\bschools?\b|elementary|academy|college|university"),
    (
        SourceKind.CONGREGATION,
        r"\bchurch\b|\btemple\b|\bparish\b|synagogue|mosque|congregation|ministry",
    ),
    (SourceKind.AGENCY, r"\bagency\b|department of|\bcounty\b|\bservices of\b"),
)


def guess_role(title: str) -> PersonRole:
    for role, words in _ROLES:
        if re.search(words, title, re.IGNORECASE):
            return role
    return PersonRole.OTHER


def guess_kind(name: str) -> SourceKind | None:
    """None where the name says nothing: a new one is an office, and a known one stays what it is."""
    for kind, words in _KINDS:
        if re.search(words, name, re.IGNORECASE):
            return kind
    return None
