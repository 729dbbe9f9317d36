"""What may be said to a machine: two names and a number.

Whoever else listens learns of no therapy, no office and no reason; so the practice's name and the
caller's credentials stay out of it, in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from form_server.desk.referral.said import Said
from outreach_kit.outreach.reply_words import language_of


@dataclass(frozen=True)
class _Words:
    hello: str
    calling_for: str
    call_back: str
    thanks: str
    heading: str


_WORDS: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        "en": _Words(
            "Hello, this is {caller}.",
            "Hello, this is {caller}, calling for {person}.",
            "Please call me back at",
            "Thank you, and have a good day.",
            "In English",
        ),
        "es": _Words(
            "Hola, le habla {caller}.",
            "Hola, le habla {caller}. Llamo para hablar con {person}.",
            "Por favor, devuélvame la llamada al",
            "Gracias, y que tenga un buen día.",
            "In Spanish, their language",
        ),
    }
)


@dataclass(frozen=True)
class Voicemail:
    """`greeting`, `call_back`, the number and `thanks` are spoken in this order; `heading` says in
    which language, for who reads it."""

    language: str
    heading: str
    greeting: str
    call_back: str
    callback: str
    thanks: str


def write_voicemails(said: Said, caller: str, callback: str) -> tuple[Voicemail, ...]:
    """In English, and in the patient's language as well where these words know it; empty where
    they permitted no voicemail."""
    if not said.voicemail_ok:
        return ()
    languages = dict.fromkeys(("en", language_of(said.language)))
    return tuple(_write(one, said, caller, callback) for one in languages)


def _write(language: str, said: Said, caller: str, callback: str) -> Voicemail:
    words = _WORDS[language]
    person = next(iter((said.guardian_name or said.patient_name).split()), "")
    greeting = words.calling_for if person else words.hello
    return Voicemail(
        language=language,
        heading=words.heading,
        greeting=greeting.format(caller=caller.split(",")[0].strip(), person=person),
        call_back=words.call_back,
        callback=callback,
        thanks=words.thanks,
    )
