"""What somebody of an audience says to the person, whom they think of, and what may be shortened."""

from __future__ import annotations

from outreach_kit.paper.views.frame import Commission, Passage, passages_of
from outreach_kit.paper.wording import breakable
from outreach_kit.practice.audiences import NAME_HERE


def recommendation(commission: Commission) -> str:
    """The sentence in quotation marks; with a gap for the name where a whole group is recommended."""
    audience = commission.audience
    _ = commission.wording.gettext
    if commission.clinician:
        sentence = commission.clinician.sentence_for(audience)
    elif audience.say:
        sentence = audience.say.replace(f"{NAME_HERE}.", "…").replace(NAME_HERE, "…")
    else:
        sentence = _("I recommend …, by name. I think you will feel in good hands there.")
    return _("“{sentence}”").format(sentence=breakable(sentence))


def reasons(commission: Commission) -> list[str]:
    """What to tick for one clinician: the audience's own words, else the clinician's short ones."""
    clinician = commission.clinician
    labels = [reason.label for reason in clinician.facts.refer_when] if clinician else []
    return [breakable(one) for one in commission.audience.refer_when or labels]


def passages_among(commission: Commission, *keys: str) -> tuple[Passage, ...]:
    """The texts that stand on a sheet that has room for few; nobody is told to shorten another."""
    found = passages_of(commission, commission.clinician)
    return tuple(one for one in found if one.place.key in keys)
