"""The field that nobody sees, and what it means when something stands in it.

Browsers and password managers fill in fields that they cannot place, with what they know of their
user: the office's website, its name, an e-mail address. That is no machine's doing, and must not cost
a referral anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from form_server.office.submission import Submission
from form_server.office.suspicion import Hint

# Words that stand in many names of offices and many addresses of shops; they show no kinship.
_COMMON: Final = frozenset(
    [
        "and",
        "associates",
        "care",
        "center",
        "centre",
        "clinic",
        "community",
        "counseling",
        "counselling",
        "department",
        "doctor",
        "family",
        "general",
        "group",
        "health",
        "healthcare",
        "hospital",
        "house",
        "medical",
        "medicine",
        "mental",
        "north",
        "office",
        "online",
        "partners",
        "physicians",
        "practice",
        "primary",
        "school",
        "services",
        "south",
        "the",
        "therapy",
        "west",
        "east",
    ]
)
_SHORTEST_WORD: Final = 4
_SHORTEST_PART: Final = 5
_SHORTEST_NUMBER: Final = 7
_LONGEST_NAME: Final = 40


def judge_bait(
    value: object, submission: Submission, *, office: str = "", sites: Iterable[str] = ()
) -> Hint | None:
    """What the hidden field's value hints at; None when it is empty.

    A browser there may also fill in the name of the `office` that the code stands for, or one of
    the practice's own `sites`.
    """
    text = _text_of(value)
    if not text:
        return None
    host = _host_of(text)
    is_site = bool(host) and any(_is_same_site(host, site) for site in sites)
    is_own = is_site or _is_own(text, [*_said_by(submission), office])
    return Hint.BAIT_FILLED_IN if is_own else Hint.BAIT_TAKEN


def _text_of(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return " ".join(str(one) for one in values if one is not None and one is not False).strip()


def _said_by(submission: Submission) -> list[str]:
    """What a browser could have filled in elsewhere on the same page, and kept for here."""
    return [
        submission.referrer_name,
        submission.referrer_office,
        submission.referrer_role,
        submission.referrer_phone,
        submission.referrer_email,
        submission.referrer_fax,
        submission.patient_name,
        submission.patient_phone,
        submission.patient_email,
        submission.guardian_name,
    ]


def _is_own(text: str, said: Iterable[str]) -> bool:
    filled, digits, host = text.casefold(), _digits(text), _host_of(text)
    for one in (text.casefold() for text in said if text):
        if one == filled or _contains(one, filled) or _contains(filled, one):
            return True
        if len(digits) >= _SHORTEST_NUMBER and digits[-10:] == _digits(one)[-10:]:
            return True
        if host and (_is_same_site(host, one) or _shares_word(host.rpartition(".")[0], one)):
            return True
        if len(filled) <= _LONGEST_NAME and "/" not in filled and _shares_word(filled, one):
            return True
    return False


def _contains(whole: str, part: str) -> bool:
    return len(part) >= _SHORTEST_PART and part in whole


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _host_of(text: str) -> str:
    """The host of an address as people write one, or the domain of an e-mail address."""
    if any(char.isspace() for char in text):
        return ""
    bare = text.casefold()
    if "@" in bare and "://" not in bare:
        return bare.rpartition("@")[2]
    try:
        host = urlsplit(bare if "://" in bare else f"https://{bare}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""


def _is_same_site(host: str, said: str) -> bool:
    other = _host_of(said)
    return bool(other) and (f".{host}".endswith(f".{other}") or f".{other}".endswith(f".{host}"))


def _shares_word(text: str, name: str) -> bool:
    """Whether a word of a name stands in it: “Alder Falls Family Medicine” in alderfalls.example."""
    words = re.findall(rf"\w{{{_SHORTEST_WORD},}}", name.casefold())
    return any(word in text for word in words if word not in _COMMON)
