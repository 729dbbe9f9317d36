"""What is said where the folder is silent, in each language in which the program itself speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from outreach_kit.practice.audiences import Audience

Said = TypeVar("Said")

NOT_FIT_PROMISES: Final[Mapping[str, str]] = {
    "en": "Refer anyone you worry about. I will help you find who is right.",
    "es": "Refiera a quien le preocupe. Yo le ayudaré a encontrar a la persona indicada.",
}
HOUSE_PROMISES: Final[Mapping[str, str]] = {
    "en": "Refer anyone you worry about. We will help you find who is right.",
    "es": "Refiera a quien le preocupe. Le ayudaremos a encontrar a la persona indicada.",
}
"""What a group promises as one; each of its clinicians promises for themselves."""
RECOMMENDATIONS: Final[Mapping[str, str]] = {
    "en": "I recommend {name}, by name. I think you will feel in good hands there.",
    "es": "Le recomiendo a {name}. Creo que ahí estará en buenas manos.",
}
PHYSICIANS: Final[Mapping[str, Audience]] = {
    "en": Audience(
        slug="physicians",
        name="Physicians’ offices",
        person="patient",
        people="patients",
        who="physicians, nurses, medical assistants and front desks",
        place="office",
    ),
    "es": Audience(
        slug="physicians",
        name="Consultorios médicos",
        person="paciente",
        people="pacientes",
        who="personal médico, de enfermería, de asistencia médica y de recepción",
        place="consultorio",
    ),
}


def said_in(sayings: Mapping[str, Said], language: str) -> Said:
    """The saying in that language or its main form (“es” for “es-MX”); English else."""
    return sayings.get(language) or sayings.get(language.split("-")[0]) or sayings["en"]


def is_built_in(audiences: tuple[Audience, ...]) -> bool:
    """Whether these are what a practice without `audiences.toml` has."""
    return any(audiences == (one,) for one in PHYSICIANS.values())
