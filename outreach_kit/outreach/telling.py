"""What a referral source may be told: everything, that it arrived, or nothing at all.

An outcome is the patient's to give away. A consent that the source's own form took counts for those
who treat; a minister, a school or an agency that does not treat needs the one that the practice took.
"""

from __future__ import annotations

from enum import StrEnum

from outreach_kit.frozen import frozen


class Telling(StrEnum):
    NOTHING = "nothing"
    """No word goes out: the patient wrote themselves, or a friend or a directory sent them."""
    THANKS = "thanks"
    """That it arrived and is cared for; nothing of how it went."""
    OUTCOME = "outcome"


@frozen
class Asker:
    """Who would be told. `is_private` is a friend, a client or a directory: they get no word."""

    wrote_themselves: bool
    is_private: bool
    treats: bool


def may_learn(asker: Asker, *, form_consent: bool, own_consent: bool) -> Telling:
    """`form_consent` was ticked in the source's form, `own_consent` was given to the practice."""
    if asker.wrote_themselves or asker.is_private:
        return Telling.NOTHING
    if own_consent or (form_consent and asker.treats):
        return Telling.OUTCOME
    return Telling.THANKS
