from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from tests.translations.faults import find_faults

ONE = "{name} has one opening."
MANY = "{name} has {count} openings."


def catalogue(*messages: tuple[str | tuple[str, str], str | tuple[str, str]]) -> Catalog:
    made = Catalog(locale="es")
    for said, translated in messages:
        made.add(said, translated, locations=[("a.py", 1)])
    return made


def faults(said: str | tuple[str, str], translated: str | tuple[str, str]) -> list[str]:
    kept = catalogue((said, translated))
    return list(find_faults(kept, kept))


@pytest.mark.parametrize(
    ("said", "translated"),
    [
        ("Hello", "Hola"),
        ("Call {phone}", "Llame al {phone}"),
        ("We call you %(within)s", "Le llamamos %(within)s"),
        ("Print at 100%", "Imprima al 100 %"),
        ((ONE, MANY), ("{name} tiene un lugar.", "{name} tiene {count} lugares.")),
        (("{count} day", "{count} days"), ("un día", "{count} días")),
        ("<b>Now</b>", "<b>Ahora</b>"),
    ],
)
def test_good_words_pass(said: str | tuple[str, str], translated: str | tuple[str, str]) -> None:
    assert faults(said, translated) == []


@pytest.mark.parametrize(
    ("said", "translated", "fault"),
    [
        ("Hello", "", "has no translation"),
        ((ONE, MANY), ("{name} tiene un lugar.", ""), "has no translation"),
        ("Call {phone}", "Llame", "lost {phone}"),
        ("Call {phone}", "Llame al {telefono}", "does not know {telefono}"),
        ("We call %(within)s", "Llamamos %(pronto)s", "lost %(within)s"),
        ((ONE, MANY), ("{name} tiene un lugar.", "{name} tiene lugares."), "lost {count}"),
        ((ONE, MANY), ("Hay un lugar.", "{name} tiene {count} lugares."), "lost {name}"),
        ("<b>Now</b>", "Ahora", "has other tags"),
        ("Hello", "Hola ", "begins or ends in a blank"),
        ("Call {phone}", "Llame al {phone", "braces that do not close"),
    ],
)
def test_each_fault_is_told(
    said: str | tuple[str, str], translated: str | tuple[str, str], fault: str
) -> None:
    assert any(fault in told for told in faults(said, translated))


def test_a_message_that_was_forgotten_is_told_with_its_file() -> None:
    told = list(find_faults(catalogue(), catalogue(("Hello", ""))))
    assert told == ["“Hello”: stands in a.py, and not in the catalogue"]


def test_a_message_that_nothing_says_any_more_is_told() -> None:
    assert list(find_faults(catalogue(("Hello", "Hola")), catalogue())) == [
        "“Hello”: nothing says it any more"
    ]


def test_a_fuzzy_message_is_told() -> None:
    kept = catalogue(("Hello", "Hola"))
    kept["Hello"].flags.add("fuzzy")
    assert list(find_faults(kept, kept)) == ["“Hello”: is marked as fuzzy"]
