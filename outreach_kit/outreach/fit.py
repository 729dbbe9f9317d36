"""The practice's own lists beside one referral, so that its fit is weighed by them."""

from __future__ import annotations

from collections.abc import Collection

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician

AGE_BANDS = {"child": (0, 12), "teen": (13, 17), "adult": (18, 64), "older": (65, 150)}
"""The form's age bands, as ages in years; the last has no end."""


@frozen
class Reason:
    """A line of the list; `was_said` when the referral ticked it."""

    text: str
    was_said: bool


@frozen
class FitLists:
    """`cautions` say what speaks against a fit in words; empty when nothing does."""

    refer_when: tuple[Reason, ...]
    not_fit: tuple[str, ...]
    cautions: tuple[str, ...]


def weigh_fit(clinician: Clinician, *, reasons: Collection[str], age_band: str) -> FitLists:
    """`reasons` are labels or slugs as they were sent; the decision stays a person's."""
    said = {reason.casefold() for reason in reasons}
    return FitLists(
        refer_when=tuple(
            Reason(one.label, bool(said & {one.label.casefold(), one.slug, one.text.casefold()}))
            for one in clinician.facts.refer_when
        ),
        not_fit=clinician.facts.not_fit,
        cautions=_cautions(clinician, age_band),
    )


def _cautions(clinician: Clinician, age_band: str) -> tuple[str, ...]:
    ages, band = clinician.facts.ages, AGE_BANDS.get(age_band)
    if band is None:
        return ()
    youngest, oldest = band
    if oldest < ages.youngest:
        return (f"Their age is below {ages.youngest}, the youngest that {clinician.name} sees.",)
    if ages.oldest is not None and youngest > ages.oldest:
        return (f"Their age is above {ages.oldest}, the oldest that {clinician.name} sees.",)
    return ()
