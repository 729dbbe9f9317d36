"""What a person is told who has to wait for room: drafts in English and Spanish, and whose turn it is.

Whoever else reads a text message learns of no reason, no office and no therapy; so the message names
a person and a telephone number. Every draft says when they hear again, and that they need not wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from outreach_kit.outreach.capacity import Need, Room, current_rooms, suggest_inside
from outreach_kit.outreach.script import say_day
from outreach_kit.outreach.tongues import language_code
from outreach_kit.practice import Practice

_MONTHS_ES: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_DAYS_ES: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


@dataclass(frozen=True)
class Teller:
    """Who tells whom; `first_name` and `clinician` may be empty, `phone` is the practice's."""

    first_name: str
    caller: str
    clinician: str
    phone: str
    next_on: dt.date


@dataclass(frozen=True)
class WaitingWords:
    """`says` is read out; `text` fits a text message; `mail` is the body of an e-mail."""

    language: str
    says: tuple[str, ...]
    text: str
    subject: str
    mail: str


@dataclass(frozen=True)
class _Words:
    hello: str
    hello_nobody: str
    here: str
    full: str
    full_with: str
    listed: str
    again: str
    else_: str
    urgent: str
    ask: str
    text: str
    subject: str


_WORDS: Final[Mapping[str, _Words]] = {
    "en": _Words(
        hello="Hello {name},",
        hello_nobody="Hello,",
        here="this is {caller}.",
        full="I would like to see you soon, and we have no opening at the moment.",
        full_with="{clinician} would like to see you, and has no opening at the moment.",
        listed="I can keep a place for you on our list, and the order on it is kept.",
        again="You will hear from me by {day}, even if nothing has opened by then.",
        else_="You do not have to wait for us. If you want somebody sooner, call me at {phone} and I "
        "will help you find the right person.",
        urgent="If it gets worse, do not wait: call or text 988, day or night. In danger call 911.",
        ask="Would you like that place, and which days and times would suit you?",
        text="Hello{name}, this is {caller}. There is no opening yet. You are on the list, and you "
        "will hear from me by {day}. You need not wait: call {phone} and I will help you find "
        "somebody sooner. If it gets worse, call or text 988, any time.",
        subject="Your place on the list",
    ),
    "es": _Words(
        hello="Hola, {name}:",
        hello_nobody="Hola:",
        here="le habla {caller}.",
        full="Quisiera verle pronto, y ahora mismo no tenemos lugar.",
        full_with="{clinician} quisiera verle, y ahora mismo no tiene lugar.",
        listed="Puedo guardarle un lugar en nuestra lista, y el orden de la lista se respeta.",
        again="Tendrá noticias mías a más tardar el {day}, aunque no se haya abierto un lugar.",
        else_="No tiene que esperarnos. Si quiere a alguien antes, llámeme al {phone} y le ayudo a "
        "encontrar a la persona adecuada.",
        urgent="Si empeora, no espere: llame al 988 y marque 2, o mande un texto con la palabra AYUDA "
        "al 988, de día o de noche. Si hay peligro, llame al 911.",
        ask="¿Quiere ese lugar? ¿Qué días y horas le convienen?",
        text="Hola{name}, le habla {caller}. Todavía no hay lugar. Está en la lista, y tendrá "
        "noticias mías a más tardar el {day}. No tiene que esperar: llame al {phone} y le ayudo "
        "a encontrar a alguien antes. Si empeora, llame al 988 y marque 2, a cualquier hora.",
        subject="Su lugar en la lista",
    ),
}


def write_waiting(teller: Teller, language: str) -> WaitingWords:
    """Drafts, to be read before they go. `language` as anybody writes it; English where there are
    no words for it."""
    code = language_code(language)
    code = code if code in _WORDS else "en"
    words, name = _WORDS[code], teller.first_name
    day = _say_day_es(teller.next_on) if code == "es" else say_day(teller.next_on)
    hello = words.hello.format(name=name) if name else words.hello_nobody
    here = words.here.format(caller=teller.caller)
    full = words.full_with.format(clinician=teller.clinician) if teller.clinician else words.full
    again = words.again.format(day=day)
    elsewhere = words.else_.format(phone=teller.phone)
    return WaitingWords(
        language=code,
        says=(f"{hello} {here} {full}", words.listed, again, elsewhere, words.urgent, words.ask),
        text=words.text.format(
            name=f" {name}" if name else "", caller=teller.caller, day=day, phone=teller.phone
        ),
        subject=words.subject,
        mail="\n\n".join(
            (hello, _upper(f"{here} {full}"), f"{again} {elsewhere}", words.urgent, teller.caller)
        ),
    )


def next_word_on(today: dt.date, weeks: int) -> dt.date:
    """The day by which they hear again; a Monday to Friday, because somebody has to be there."""
    day = today + dt.timedelta(weeks=weeks)
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


@dataclass(frozen=True)
class Waiter:
    """Somebody on the list, as far as an offer needs to know; `clinician` is a slug, or empty.

    `offered` is the slug of who had room when it was offered, or empty.
    """

    id: str
    need: Need
    clinician: str = ""
    offered: str = ""


def plan_offers(
    practice: Practice, board: Sequence[Room], waiters: Sequence[Waiter], today: dt.date
) -> dict[str, tuple[str, ...]]:
    """Who may be offered room with whom, by waiter: clinicians' slugs, the best first.

    Each opening is thought of once, for the first in order whom it suits. What was offered already
    is spoken for, whatever its place, until they say yes or no.
    """
    left = {
        room: room.count
        for clinician in practice.clinicians
        for room in current_rooms(clinician, board, today)
    }
    for slug in (one.offered for one in waiters if one.offered):
        _take([room for room in left if room.clinician == slug], left)
    offers: dict[str, tuple[str, ...]] = {}
    for one in (waiter for waiter in waiters if not waiter.offered):
        free = {
            suggestion.clinician.slug: [room for room in suggestion.rooms if left[room]]
            for suggestion in suggest_inside(practice, board, one.need, today)
            if one.clinician in {"", suggestion.clinician.slug}
        }
        slugs = tuple(slug for slug, rooms in free.items() if rooms)
        if slugs:
            _take(free[slugs[0]], left)
            offers[one.id] = slugs
    return offers


def _take(rooms: Sequence[Room], left: dict[Room, int]) -> None:
    """One place, from the room that suits the fewest: who has no choice keeps a chance."""
    narrow_first = sorted(rooms, key=lambda one: -sum(map(bool, (one.language, one.plan))))
    room = next((one for one in narrow_first if left[one]), None)
    if room is not None:
        left[room] -= 1


def _say_day_es(day: dt.date) -> str:
    return f"{_DAYS_ES[day.weekday()]} {day.day} de {_MONTHS_ES[day.month - 1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
