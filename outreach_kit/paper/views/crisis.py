"""Whom to call when somebody is not safe, as sheets say it: in the sheet's words, then for other readers.

911 answers in the United States and in Canada, and so does 988; its interpreters, its branches and its
Spanish line are those of the States.
"""

from __future__ import annotations

from typing import Any, Final

from outreach_kit.crisis_words import ENGLISH, SPANISH, speaks_spanish, told_in
from outreach_kit.paper.views.frame import Commission

_NUMBERS: Final = {"call_911": "911", "call_988": "988", "text_988": "988"}


def crisis(commission: Commission) -> dict[str, Any]:
    """For a sheet that an office keeps, which has room for whoever reads the sheet and for nobody else."""
    _ = commission.wording.gettext
    if commission.practice.address.country not in {"US", "CA"}:
        lines = [_("Not safe now? Call your local emergency number.")]
    else:
        lines = _in_own_words(commission) or [
            _("Not safe now? Call 911."),
            _("Crisis line: call or text 988."),
        ]
    return {"heading": _("Not for emergencies"), "lines": lines}


def not_safe(commission: Commission) -> dict[str, Any]:
    """For a sheet that the person holds or reads on a wall; `lines` begin with what to do."""
    _ = commission.wording.gettext
    country = commission.practice.address.country
    if country not in {"US", "CA"}:
        lines = [_("Call your local emergency number. Do not wait for us.")]
    else:
        lines = _in_own_words(commission) or [
            _("Call 911."),
            _("Or call or text 988, day or night."),
        ]
    if country == "US":
        lines.append(_("It is free. Veterans: press 1."))
    return {"heading": _("Not safe now?"), "lines": lines, "others": _for_others(commission)}


def _in_own_words(commission: Commission) -> list[str]:
    """The sentence of a language in which the program says nothing else; else nothing."""
    told = told_in(commission.language)
    if told is None or commission.practice.address.country != "US":
        return []
    return [told.sentence.format(name=f"“{told.name}”", **_NUMBERS)]


def _for_others(commission: Commission) -> list[dict[str, str]]:
    """What the line says for those who read another language than the sheet's, each in that language."""
    language = commission.language
    if commission.practice.address.country != "US" or speaks_spanish(language):
        return []
    told = {"es": SPANISH} if told_in(language) is None else {"en": ENGLISH, "es": SPANISH}
    return [{"language": tag, "text": text.format(**_NUMBERS)} for tag, text in told.items()]
