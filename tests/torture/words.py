"""The referrals that the run posts: each one different, each with the same planted markers."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from tests.house.server_process import PATIENT_MARKERS

MARKERS = PATIENT_MARKERS
"""Every referral carries all of them, so that one look for each finds any leak."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def referral_words(number: int) -> dict[str, object]:
    """What the office says in posting `number`; nothing in it is changed by being tidied up."""
    return {
        "referrer_name": "Dana Whitfield",
        "referrer_office": f"Lakeside Family Medicine {number}",
        "referrer_phone": "(360) 555-0188",
        "referrer_email": f"office{number}@lakeside.example" if number % 2 else "",
        "patient_name": f"Zebulon {spelt(number).capitalize()} Quillfeather",
        "patient_phone": "(360) 555-0177",
        "reasons": ["panic", "other"] if number % 2 else ["other"],
        "patient_agreed": True,
        "voicemail_ok": number % 3 == 0,
        "plan": "Premera Zanzibar",
        "note": f"Palpitations at the harmonica rehearsal – Übung № {number}.\nCalls at four, please.",
    }


def as_json(words: dict[str, object]) -> bytes:
    return json.dumps(words).encode()


def as_form(words: dict[str, object], submission_id: str) -> bytes:
    """As a browser sends the form: a permission that was not given is not there."""
    said = {name: value for name, value in words.items() if value}
    pairs = {name: "on" if value is True else value for name, value in said.items()}
    return urlencode({**pairs, "submission_id": submission_id}, doseq=True).encode()


def unlike(words: dict[str, object], opened: dict[str, object]) -> list[str]:
    """Fields of an opened envelope that do not hold what was posted."""
    return [name for name, value in words.items() if opened.get(name, type(value)()) != value]


def spelt(number: int) -> str:
    """A name of letters alone for each number, eight letters long."""
    letters = ""
    for _ in range(8):
        number, place = divmod(number, len(_LETTERS))
        letters = _LETTERS[place] + letters
    return letters
