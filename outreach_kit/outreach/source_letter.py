"""Words to a source, drafted for a person to read and mend: thanks, the niche, and the ask.

Each message has the niche and the ask in it. There is no place for a patient: what is typed beside
the draft goes through `name_check` before it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.outreach.next_message import Message


@frozen
class Letter:
    """`name` is a person's or an office's, or empty. `promise` says what becomes of all others."""

    name: str
    niche: str
    signed: tuple[str, ...]
    promise: str = ""
    phone: str = ""


@frozen
class _Words:
    dear: str
    dear_nobody: str
    opening: Mapping[Message, str]
    niche: str
    ask: str
    call: str
    close: str


_EN: Final = _Words(
    dear="Dear {name},",
    dear_nobody="Hello,",
    opening={
        Message.HELLO: "I work close to you, and I would like to be of use to the people you care for.",
        Message.NICHE_AGAIN: "Thank you for thinking of me when somebody needs help. So that nobody you "
        "send has to look twice, let me say again whom I can help most.",
        Message.THANKS: "Thank you for thinking of me when somebody needs help. Your word is often what "
        "lets them pick up the phone.",
        Message.RESTOCK: "Thank you for handing my cards on. You may be running low, so I will bring new "
        "ones.",
        Message.FOLLOW_UP: "Thank you for all you do for the people who come to you. I think of you, and "
        "wanted to say so.",
    },
    niche="Whom I help: {niche}",
    ask="When you next meet someone like that, may I count on you to send them to me?",
    call="You can reach me at {phone}.",
    close="With thanks,",
)
_ES: Final = _Words(
    dear="Buenos días, {name}:",
    dear_nobody="Buenos días:",
    opening={
        Message.HELLO: "Trabajo cerca de ustedes y quisiera ser útil a las personas que atienden.",
        Message.NICHE_AGAIN: "Gracias por pensar en mí cuando alguien necesita ayuda. Para que nadie "
        "tenga que buscar dos veces, le digo otra vez a quién puedo ayudar más.",
        Message.THANKS: "Gracias por pensar en mí cuando alguien necesita ayuda. Muchas veces es su "
        "palabra la que les anima a llamar.",
        Message.RESTOCK: "Gracias por repartir mis tarjetas. Puede que queden pocas: le llevo nuevas.",
        Message.FOLLOW_UP: "Gracias por todo lo que hace por las personas que acuden a usted. Pienso en "
        "ustedes y quería decírselo.",
    },
    niche="A quién ayudo: {niche}",
    ask="Cuando vea a alguien así, ¿puedo contar con que me lo envíe?",
    call="Puede llamarme al {phone}.",
    close="Con gratitud,",
)
_LANGUAGES: Final[Mapping[str, _Words]] = MappingProxyType({"en": _EN, "es": _ES})


def write_card(message: Message, letter: Letter, language: str) -> str:
    """The same for a card that has its own greeting, close and imprint: shorter by those."""
    words = _LANGUAGES.get(language.split("-")[0], _EN)
    ask = " ".join(part for part in (words.ask, letter.promise) if part)
    return "\n\n".join((words.opening[message], letter.niche, ask))


def write_letter(message: Message, letter: Letter, language: str) -> str:
    """A draft; its paragraphs are parted by empty lines. English where a language has no words."""
    words = _LANGUAGES.get(language.split("-")[0], _EN)
    call = [words.call.format(phone=letter.phone)] if letter.phone else []
    promise = [letter.promise] if letter.promise else []
    paragraphs = [
        words.dear.format(name=letter.name) if letter.name else words.dear_nobody,
        words.opening[message],
        words.niche.format(niche=letter.niche),
        " ".join([words.ask, *promise, *call]),
        "\n".join([words.close, *letter.signed]),
    ]
    return "\n\n".join(paragraphs)
