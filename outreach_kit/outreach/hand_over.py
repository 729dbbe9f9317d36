"""What is said when somebody is sent on: to the colleague without the patient, to the patient by name.

Nothing here says what brings the patient: a colleague hears that on the telephone, and only then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.outreach.tongues import language_code


@frozen
class Named:
    """A colleague as a patient is told of them; all but the name may be empty."""

    name: str
    practice: str = ""
    phone: str = ""
    web: str = ""


@frozen
class Asking:
    """How a colleague is asked: `says` on the telephone and `then` what to do, or a mail."""

    says: tuple[str, ...]
    then: str
    subject: str
    body: str


@frozen
class _Words:
    hello: str
    hello_nobody: str
    one: str
    several: str
    order: str
    back: str
    end: str


_WORDS: Final[Mapping[str, _Words]] = {
    "en": _Words(
        hello="Hello {name},",
        hello_nobody="Hello,",
        one="Thank you for your trust. I want you to have the right person, and that is somebody "
        "else. I recommend, by name:",
        several="Thank you for your trust. I want you to have the right person, and that is "
        "somebody else. I recommend these people, by name:",
        order="Start with whoever you like; it is fine to call more than one.",
        back="If this does not work out soon, call me at {phone}. I will keep looking with you.",
        end="Kind regards,",
    ),
    "es": _Words(
        hello="Hola, {name}:",
        hello_nobody="Hola:",
        one="Gracias por su confianza. Quiero que tenga a la persona adecuada, y es otra persona. "
        "Le recomiendo, por su nombre, a:",
        several="Gracias por su confianza. Quiero que tenga a la persona adecuada, y es otra "
        "persona. Le recomiendo, por su nombre, a estas personas:",
        order="Empiece por quien quiera; está bien llamar a más de una.",
        back="Si pronto no encuentra lugar, llámeme al {phone}. Seguiré buscando con usted.",
        end="Un saludo cordial,",
    ),
}


def ask_colleague(colleague: str, *, caller: str, practice: str, phone: str) -> Asking:
    """The call, and the mail for when nobody answers; neither says anything of the patient."""
    first = colleague.split()[0] if colleague.split() else ""
    return Asking(
        says=(
            f"Hello {first}, this is {caller} at {practice}." if first else f"This is {caller}.",
            "I have somebody I would like to send you. Do you have room, and is this a good time?",
        ),
        then="If it is yes, say what they need, their age, their plan and how soon. Ask when the "
        "first visit could be, and who calls whom.",
        subject="Somebody I would like to send you",
        body="\n\n".join(
            (
                f"Hello {first}," if first else "Hello,",
                "I have somebody I would like to send you. Do you have room for one more person?",
                f"Please call me at {phone}. I will tell you more then, and nothing by e-mail.",
                f"Thank you,\n{caller}\n{practice}",
            )
        ),
    )


def tell_patient(
    colleagues: Sequence[Named],
    *,
    first_name: str,
    signed_by: str,
    phone: str,
    language: str = "en",
) -> str:
    """The text that names colleagues to a patient, to be reviewed before it goes; never a reason.

    `language` as anybody writes it; what there are no words for is said in English. Raises
    ValueError without a colleague.
    """
    if not colleagues:
        raise ValueError("nobody to name")
    words = _WORDS.get(language_code(language), _WORDS["en"])
    parts = [
        words.hello.format(name=first_name) if first_name else words.hello_nobody,
        words.one if len(colleagues) == 1 else words.several,
        "\n".join(f"- {_line(one)}" for one in colleagues),
        *([words.order] if len(colleagues) > 1 else []),
        words.back.format(phone=phone),
        f"{words.end}\n{signed_by}",
    ]
    return "\n\n".join(parts)


def _line(one: Named) -> str:
    where = f" ({one.practice})" if one.practice else ""
    return ", ".join((f"{one.name}{where}", *(way for way in (one.phone, one.web) if way)))
