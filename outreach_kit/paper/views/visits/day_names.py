"""The days off by the names that people use: the calendars that know the dates know them in English only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_SHORTER: Final[Mapping[str, str]] = {
    "Juneteenth National Independence Day": "Juneteenth",
    "Martin Luther King Jr. Day": "Martin Luther King Day",
}
_SPANISH: Final[Mapping[str, str]] = {
    "New Year's Day": "Año Nuevo",
    "Martin Luther King Jr. Day": "Día de Martin Luther King",
    "Lincoln's Birthday": "Natalicio de Lincoln",
    "Presidents' Day": "Día de los Presidentes",
    "Washington's Birthday": "Natalicio de Washington",
    "Good Friday": "Viernes Santo",
    "Cesar Chavez Day": "Día de César Chávez",
    "Memorial Day": "Día de los Caídos",
    "Juneteenth National Independence Day": "Juneteenth",
    "Independence Day": "Día de la Independencia",
    "Labor Day": "Día del Trabajo",
    "Columbus Day": "Día de la Raza",
    "Indigenous Peoples' Day": "Día de los Pueblos Indígenas",
    "Election Day": "Día de las Elecciones",
    "Veterans Day": "Día de los Veteranos",
    "Thanksgiving Day": "Día de Acción de Gracias",
    "Day After Thanksgiving": "Día después de Acción de Gracias",
    "Friday After Thanksgiving": "Día después de Acción de Gracias",
    "Native American Heritage Day": "Día de la Herencia Indígena",
    "Christmas Eve": "Nochebuena",
    "Christmas Day": "Navidad",
    "Day After Christmas": "Día después de Navidad",
    "New Year's Eve": "Fin de Año",
}
_NAMES: Final[Mapping[str, Mapping[str, str]]] = {"en": _SHORTER, "es": _SPANISH}


def say_names(known_as: str, language: str) -> list[str]:
    """“Christmas Day (observed); Christmas Eve” as [“Christmas Day”, “Christmas Eve”].

    In the language where it has a name of its own for the day, and in English else.
    """
    names = _NAMES.get(language.split("-")[0], {})
    said = (re.sub(r"\s*\([^()]*\)$", "", one).strip() for one in known_as.split(";"))
    return [(names.get(one) or _SHORTER.get(one) or one).replace("'", "’") for one in said]
