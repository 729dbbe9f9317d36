"""What a person is told who has to wait for room: drafts in English and Spanish.

Whoever else reads a text message learns of no reason, no office and no therapy; so the message names
a person and a telephone number. Every draft says when they hear again, and that they need not wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from outreach_kit.first_call import say_day
from outreach_kit.frozen import frozen
from outreach_kit.outreach.tongues import language_code

_MONTHS_ES: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_DAYS_ES: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


class Stage(StrEnum):
    """What there is to tell: a place is offered, there is still no room, or there is room now."""

    PLACE = "place"
    STILL = "still"
    ROOM = "room"


@frozen
class Teller:
    """Who tells whom; `first_name` and `clinician` may be empty, `phone` is the practice's."""

    first_name: str
    caller: str
    clinician: str
    phone: str
    next_on: dt.date


@frozen
class WaitingWords:
    """`says` is read out; `text` fits a text message; `mail` is the body of an e-mail."""

    language: str
    says: tuple[str, ...]
    text: str
    subject: str
    mail: str


@frozen
class _Words:
    hello: str
    hello_nobody: str
    here: str
    opening: Mapping[Stage, str]
    opening_with: Mapping[Stage, str]
    listed: Mapping[Stage, str]
    again: str
    else_: str
    urgent: str
    ask: Mapping[Stage, str]
    text: Mapping[Stage, str]
    subject: str


_WORDS: Final[Mapping[str, _Words]] = {
    "en": _Words(
        hello="Hello {name},",
        hello_nobody="Hello,",
        here="this is {caller}.",
        opening={
            Stage.PLACE: "I would like to see you soon, and we have no opening at the moment.",
            Stage.STILL: "You are on our list. There is no opening yet, and I have not forgotten you.",
            Stage.ROOM: "There is an opening for you now.",
        },
        opening_with={
            Stage.PLACE: "{clinician} would like to see you, and has no opening at the moment.",
            Stage.STILL: "You are on the list for {clinician}. There is no opening yet, and I have not "
            "forgotten you.",
            Stage.ROOM: "{clinician} has an opening for you now.",
        },
        listed={
            Stage.PLACE: "I can keep a place for you on our list, and the order on it is kept.",
            Stage.STILL: "Your place on the list is kept.",
            Stage.ROOM: "I keep it for you until you have answered.",
        },
        again="You will hear from me by {day}, even if nothing has opened by then.",
        else_="You do not have to wait for us. If you want somebody sooner, call me at {phone} and I "
        "will help you find the right person.",
        urgent="If it gets worse, do not wait: call or text 988, day or night. In danger call 911.",
        ask={
            Stage.PLACE: "Would you like that place, and which days and times would suit you?",
            Stage.STILL: "Do you still want to wait, and do your days and times still suit?",
            Stage.ROOM: "Would you like it, and which days and times suit you?",
        },
        text={
            Stage.PLACE: "There is no opening yet. You are on the list, and you will hear from me by "
            "{day}. You need not wait: call {phone} and I will help you find somebody sooner.",
            Stage.STILL: "There is no opening yet, and your place is kept. You will hear from me by "
            "{day}. You need not wait: call {phone} and I will help you find somebody sooner.",
            Stage.ROOM: "There is an opening for you now. Please call me at {phone} by {day} to say "
            "whether you want it.",
        },
        subject="Your place on the list",
    ),
    "es": _Words(
        hello="Hola, {name}:",
        hello_nobody="Hola:",
        here="le habla {caller}.",
        opening={
            Stage.PLACE: "Quisiera verle pronto, y ahora mismo no tenemos lugar.",
            Stage.STILL: "Está en nuestra lista. Todavía no hay lugar, y no me he olvidado de usted.",
            Stage.ROOM: "Ahora hay un lugar para usted.",
        },
        opening_with={
            Stage.PLACE: "{clinician} quisiera verle, y ahora mismo no tiene lugar.",
            Stage.STILL: "Está en la lista de {clinician}. Todavía no hay lugar, y no me he olvidado "
            "de usted.",
            Stage.ROOM: "{clinician} tiene ahora un lugar para usted.",
        },
        listed={
            Stage.PLACE: "Puedo guardarle un lugar en nuestra lista, y el orden de la lista se respeta.",
            Stage.STILL: "Su lugar en la lista sigue guardado.",
            Stage.ROOM: "Se lo guardo hasta que me conteste.",
        },
        again="Tendrá noticias mías a más tardar el {day}, aunque no se haya abierto un lugar.",
        else_="No tiene que esperarnos. Si quiere a alguien antes, llámeme al {phone} y le ayudo a "
        "encontrar a la persona adecuada.",
        urgent="Si empeora, no espere: llame al 988 y oprima 2, o mande un texto con la palabra AYUDA "
        "al 988, de día o de noche. Si hay peligro, llame al 911.",
        ask={
            Stage.PLACE: "¿Quiere ese lugar? ¿Qué días y horas le convienen?",
            Stage.STILL: "¿Quiere seguir esperando? ¿Le convienen los mismos días y horas?",
            Stage.ROOM: "¿Lo quiere? ¿Qué días y horas le convienen?",
        },
        text={
            Stage.PLACE: "Todavía no hay lugar. Está en la lista, y tendrá noticias mías a más tardar "
            "el {day}. No tiene que esperar: llame al {phone} y le ayudo a encontrar a alguien antes.",
            Stage.STILL: "Todavía no hay lugar; el suyo en la lista sigue guardado. Tendrá noticias "
            "mías a más tardar el {day}. Si quiere a alguien antes, llame al {phone} y le ayudo.",
            Stage.ROOM: "Ahora hay un lugar para usted. Por favor llámeme al {phone} a más tardar el "
            "{day} para decirme si lo quiere.",
        },
        subject="Su lugar en la lista",
    ),
}
_TEXT_HELLO: Final = {
    "en": ("Hello, this is {caller}.", "Hello {name}, this is {caller}."),
    "es": ("Hola, le habla {caller}.", "Hola, {name}. Le habla {caller}."),
}
_TEXT_URGENT: Final = {
    "en": "If it gets worse, call or text 988, any time.",
    "es": "Si empeora, llame al 988 y oprima 2, a cualquier hora.",
}


def write_waiting(teller: Teller, language: str, stage: Stage = Stage.PLACE) -> WaitingWords:
    """Drafts, to be read before they go. `language` as anybody writes it; English where there are
    no words for it."""
    code = language_code(language)
    code = code if code in _WORDS else "en"
    words, name = _WORDS[code], teller.first_name
    day = _say_day_es(teller.next_on) if code == "es" else say_day(teller.next_on)
    facts = {
        "name": name,
        "caller": teller.caller,
        "clinician": teller.clinician,
        "phone": teller.phone,
        "day": day,
    }
    hello = (words.hello if name else words.hello_nobody).format(**facts)
    opening = words.opening_with if teller.clinician else words.opening
    begins = f"{words.here} {opening[stage]}".format(**facts)
    further = f"{words.again} {words.else_}".format(**facts)
    ends = () if stage is Stage.ROOM else (words.again.format(**facts), words.else_.format(**facts))
    last = words.text[Stage.ROOM].format(**facts) if stage is Stage.ROOM else further
    greeting = _TEXT_HELLO[code][bool(name)].format(name=name, caller=teller.caller)
    return WaitingWords(
        language=code,
        says=(f"{hello} {begins}", words.listed[stage], *ends, words.urgent, words.ask[stage]),
        text=f"{greeting} {words.text[stage].format(**facts)} {_TEXT_URGENT[code]}",
        subject=words.subject,
        mail="\n\n".join((hello, _upper(begins), last, words.urgent, teller.caller)),
    )


def next_word_on(today: dt.date, weeks: int) -> dt.date:
    """The day by which they hear again; a Monday to Friday, because somebody has to be there."""
    day = today + dt.timedelta(weeks=weeks)
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _say_day_es(day: dt.date) -> str:
    return f"{_DAYS_ES[day.weekday()]} {day.day} de {_MONTHS_ES[day.month - 1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
