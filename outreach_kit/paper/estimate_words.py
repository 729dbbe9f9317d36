"""The words of a good-faith estimate, in the languages it is given in.

What the notices must say stands in 45 CFR 149.610(c)(1)(viii) to (xii): that it is an estimate, that
further services may be scheduled separately, the right to dispute a bill and how, and that it is no
contract. The amounts and the telephone number are those of the federal dispute process.
"""

from __future__ import annotations

from collections.abc import Mapping

from outreach_kit.frozen import frozen


@frozen
class EstimateWords:
    title: str
    for_whom: str
    born_on: str
    made_on: str
    first_visit: str
    covers: str
    until: str
    by_whom: str
    tax_id: str
    where: str
    online: str
    service: str
    visits: str
    price: str
    cost: str
    total: str
    minutes: str
    codes: str
    notes_heading: str
    notes: tuple[str, ...]
    dispute_heading: str
    dispute: tuple[str, ...]


_EN = EstimateWords(
    title="Good-faith estimate",
    for_whom="For",
    born_on="Date of birth",
    made_on="Made on",
    first_visit="First visit",
    covers="Covers",
    until="{first} to {last}",
    by_whom="From",
    tax_id="Tax ID",
    where="Where",
    online="Online",
    service="Service",
    visits="Visits",
    price="Each",
    cost="Expected cost",
    total="Expected total",
    minutes="{count} minutes",
    codes="Service code and diagnosis code, where there are any",
    notes_heading="What this estimate is",
    notes=(
        (
            "It shows what you can expect to be charged, as far as that is known today. What you need "
            "may change; then we talk about it first, and the cost may differ."
        ),
        (
            "Other services that are part of your care may have to be scheduled separately. They are "
            "not in this estimate."
        ),
        "It is not a contract. You do not have to take any of these services from us.",
    ),
    dispute_heading="If a bill is higher",
    dispute=(
        (
            "You may dispute a bill that is $400 or more above this estimate. Tell us first if you like: "
            "you can ask us to bring the bill down to the estimate, to agree on another amount, or for "
            "financial help."
        ),
        (
            "You may also start a dispute with the U.S. Department of Health and Human Services within "
            "120 calendar days of the date on the first bill. It costs $25. If the reviewer agrees with "
            "you, you pay the price of this estimate; if not, you pay the higher amount."
        ),
        "A dispute does not change how well you are cared for.",
        (
            "Forms and more: www.cms.gov/nosurprises/consumers or 1-800-985-3059. Keep this page, or "
            "take a picture of it; you may need it."
        ),
    ),
)

_ES = EstimateWords(
    title="Estimación de buena fe",
    for_whom="Para",
    born_on="Fecha de nacimiento",
    made_on="Hecha el",
    first_visit="Primera cita",
    covers="Cubre",
    until="{first} a {last}",
    by_whom="De",
    tax_id="Número fiscal",
    where="Dónde",
    online="En línea",
    service="Servicio",
    visits="Citas",
    price="Cada una",
    cost="Costo esperado",
    total="Total esperado",
    minutes="{count} minutos",
    codes="Código del servicio y del diagnóstico, si los hay",
    notes_heading="Qué es esta estimación",
    notes=(
        (
            "Muestra lo que puede esperar que se le cobre, según lo que se sabe hoy. Lo que necesita "
            "puede cambiar; entonces lo hablamos primero, y el costo puede ser otro."
        ),
        (
            "Puede haber otros servicios de su atención que se programen aparte. No están en esta "
            "estimación."
        ),
        "No es un contrato. No tiene que recibir ninguno de estos servicios de nosotros.",
    ),
    dispute_heading="Si una factura es más alta",
    dispute=(
        (
            "Puede disputar una factura que supere esta estimación en $400 o más. Si quiere, díganoslo "
            "primero: puede pedir que la factura baje a lo estimado, acordar otra cantidad o pedir "
            "ayuda económica."
        ),
        (
            "También puede iniciar una disputa con el Departamento de Salud y Servicios Humanos de "
            "EE. UU. dentro de 120 días calendario desde la fecha de la primera factura. Cuesta $25. Si "
            "le dan la razón, paga el precio de esta estimación; si no, paga la cantidad mayor."
        ),
        "Una disputa no cambia la atención que recibe.",
        (
            "Formularios y más: www.cms.gov/nosurprises/consumers o 1-800-985-3059. Guarde esta hoja o "
            "tómele una foto; puede necesitarla."
        ),
    ),
)

_LANGUAGES: Mapping[str, EstimateWords] = {"en": _EN, "es": _ES}


def estimate_words(language: str) -> EstimateWords:
    """The words in a language, or in English when it has none of its own."""
    return _LANGUAGES.get(language.split("-")[0], _EN)
