"""The words of replies, in the languages they are written in.

What goes to a patient names no practice and no kind of care: whoever else reads it learns of a call
and a time. What goes to a source says what the status page says. Placeholders stand in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from outreach_kit.frozen import frozen


class Ending(StrEnum):
    """How a referral ended, as far as somebody is answered about it."""

    SCHEDULED = "scheduled"
    ATTENDED = "attended"
    UNATTENDED = "unattended"
    REDIRECTED = "redirected"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"


@frozen
class ReplyWords:
    """`whom` is “your patient” for those who treat, and another word for everybody else."""

    hello: str
    hello_nobody: str
    this_is: str
    dear: str
    dear_nobody: str
    to_patient: Mapping[Ending, str]
    appointment_unknown: str
    colleagues_to_patient: str
    safety: str
    sent_on: str
    regarding: str
    your_patient: str
    the_person: str
    to_source: Mapping[Ending, str]
    appointment_on: str
    colleagues_to_source: str
    niche: str
    consent: str
    nothing_more: str
    thanks: str
    subject: str
    remark: str
    letter_title: str


_EN = ReplyWords(
    hello="Hello {name},",
    hello_nobody="Hello,",
    this_is="this is {caller}.",
    dear="Dear {name},",
    dear_nobody="Hello,",
    to_patient={
        Ending.SCHEDULED: "We meet on {when}. To change it, call me at {phone}.",
        Ending.ATTENDED: "Thank you for coming. If a question comes up before we meet again, call me "
        "at {phone}.",
        Ending.UNATTENDED: "I missed you at our appointment. That happens. If you would still like "
        "to come, call me at {phone}, and we will find another time.",
        Ending.REDIRECTED: "I am not the best person for what you need, and I want you to find who "
        "is.{colleagues} If that does not work out, call me at {phone}: I will help you look on.",
        Ending.UNREACHABLE: "I tried to reach you a few times. Call me at {phone} whenever it suits "
        "you. There is nothing to explain.",
        Ending.WITHDRAWN: "Thank you for telling me. If you change your mind, call me at {phone} at "
        "any time.",
    },
    appointment_unknown="I am glad that we found a time. To change it, call me at {phone}.",
    colleagues_to_patient=" I suggest {names}.",
    safety="If you are ever not safe, call 911, or call or text 988, day and night.",
    sent_on="Thank you for your referral of {day} (receipt: {receipt}).",
    regarding="About: {patient}",
    your_patient="your patient",
    the_person="the person you sent",
    to_source={
        Ending.SCHEDULED: "{Whom} has an appointment with us{on}.",
        Ending.ATTENDED: "{Whom} came to an appointment{on}.",
        Ending.UNATTENDED: "{Whom} had an appointment with us{on} and did not come. We have "
        "offered another.",
        Ending.REDIRECTED: "Somebody else fits better, and we helped to find them.{colleagues}",
        Ending.UNREACHABLE: "We tried on several days. {Whom} can call us at any time.",
        Ending.WITHDRAWN: "We spoke with {whom}, who does not want an appointment now. Our door "
        "stays open.",
    },
    appointment_on=" on {day}",
    colleagues_to_source=" For needs like these we suggest {names}.",
    niche="For the next one: {niche}",
    consent="They agreed that we tell you this. More than this we say only when they ask us to.",
    nothing_more="It arrived, and we take care of each one. How it goes on stays between {whom} and "
    "us, unless they agree that we tell you.",
    thanks="Thank you for your trust. If you wonder about somebody else, call me.",
    subject="A reply from {practice}",
    remark="If this reached you by mistake, please delete it and call {phone}. In an emergency do not "
    "wait for us: call 911, or call or text 988.",
    letter_title="Reply to your referral",
)

_ES = ReplyWords(
    hello="Hola, {name}:",
    hello_nobody="Hola:",
    this_is="le habla {caller}.",
    dear="Buenos días, {name}:",
    dear_nobody="Buenos días:",
    to_patient={
        Ending.SCHEDULED: "Nos vemos el {when}. Si necesita cambiarlo, llámeme al {phone}.",
        Ending.ATTENDED: "Gracias por venir. Si tiene una pregunta antes de la próxima vez, llámeme "
        "al {phone}.",
        Ending.UNATTENDED: "Le esperé en nuestra cita. No pasa nada. Si todavía quiere venir, "
        "llámeme al {phone} y buscamos otra hora.",
        Ending.REDIRECTED: "No soy la mejor persona para lo que usted necesita, y quiero que la "
        "encuentre.{colleagues} Si eso no resulta, llámeme al {phone}: le ayudo a seguir buscando.",
        Ending.UNREACHABLE: "Le llamé algunas veces. Puede llamarme al {phone} cuando le convenga. "
        "No tiene que explicar nada.",
        Ending.WITHDRAWN: "Gracias por decírmelo. Si cambia de idea, llámeme al {phone} cuando "
        "quiera.",
    },
    appointment_unknown="Me alegra que hayamos encontrado una hora. Si necesita cambiarla, llámeme "
    "al {phone}.",
    colleagues_to_patient=" Le sugiero a {names}.",
    safety="Si alguna vez no se siente a salvo, llame al 911, o llame al 988 y oprima 2, o envíe "
    "AYUDA al 988, de día y de noche.",
    sent_on="Gracias por enviarnos a alguien el {day} (recibo: {receipt}).",
    regarding="Sobre: {patient}",
    your_patient="su paciente",
    the_person="la persona que usted envió",
    to_source={
        Ending.SCHEDULED: "{Whom} tiene una cita con nosotros{on}.",
        Ending.ATTENDED: "{Whom} vino a una cita{on}.",
        Ending.UNATTENDED: "{Whom} tenía una cita con nosotros{on} y no vino. Le ofrecimos otra.",
        Ending.REDIRECTED: "Otra persona es más adecuada, y ayudamos a encontrarla.{colleagues}",
        Ending.UNREACHABLE: "Llamamos a {whom} varios días sin éxito. Puede llamarnos cuando quiera.",
        Ending.WITHDRAWN: "Hablamos con {whom}, que por ahora no quiere una cita. Nuestra puerta "
        "sigue abierta.",
    },
    appointment_on=" el {day}",
    colleagues_to_source=" Para necesidades como estas sugerimos a {names}.",
    niche="Para la próxima vez: {niche}",
    consent="Esa persona aceptó que se lo digamos. Más que esto solo lo decimos si ella lo pide.",
    nothing_more="Llegó, y cuidamos de cada persona. Lo que sigue queda entre {whom} y nosotros, "
    "salvo que acepte que se lo digamos.",
    thanks="Gracias por su confianza. Si piensa en alguien más, llámeme.",
    subject="Una respuesta de {practice}",
    remark="Si esto le llegó por error, bórrelo y llame al {phone}. En una emergencia no nos espere: "
    "llame al 911, o llame al 988 y oprima 2, o envíe AYUDA al 988.",
    letter_title="Respuesta a su referencia",
)

_LANGUAGES: Mapping[str, ReplyWords] = {"en": _EN, "es": _ES}


def reply_words(language: str) -> ReplyWords:
    """The words in a language, or in English when it has none of its own."""
    return _LANGUAGES.get(language.split("-")[0], _EN)


def language_of(said: str) -> str:
    """“es” for a patient's language that was typed as “Spanish”, “Español” or “es”; else “en”."""
    word = said.strip().casefold()
    return "es" if word.startswith(("span", "españ", "espan", "castell")) or word == "es" else "en"
