"""Faults as sentences: what is wrong with a field, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from form_server.office.submission import Fault, Flaw, Kind
from outreach_kit.practice import Practice
from outreach_kit.web.fields import ask_office
from outreach_kit.web.language import Words, words_in
from outreach_kit.web.patient_fields import ask_patient
from outreach_kit.web.questions import FieldMaker
from outreach_kit.web.wrong_answers import say_not_email, say_not_phone

_REASONS: Final = "reasons"


class Complaints:
    """Says faults in one language. What is missing is said as the form itself says it."""

    def __init__(self, practice: Practice, language: str) -> None:
        self._words = words_in(language)
        blank = FieldMaker({}, {})
        asked = {
            Kind.OFFICE: ask_office(blank, practice, self._words, False),
            Kind.SELF: ask_patient(blank, practice, self._words),
        }
        self._missing = {
            kind: {field.name: field.missing for group in groups for field in group.fields}
            for kind, groups in asked.items()
        }

    def say_all(self, faults: Mapping[str, Fault], kind: Kind = Kind.OFFICE) -> dict[str, str]:
        """Field name to sentence, in the order in which they were found."""
        return {name: self.say(name, fault, kind) for name, fault in faults.items()}

    def say(self, name: str, fault: Fault, kind: Kind = Kind.OFFICE) -> str:
        _ = self._words.gettext
        match fault.flaw:
            case Flaw.MISSING:
                return self._missing[kind].get(name) or _("Please fill this in.")
            case Flaw.TOO_LONG | Flaw.TOO_MANY:
                return _say_length(name, fault, self._words)
            case Flaw.LINE_BREAK:
                return _("A line break stands in it. Write it on one line.")
            case Flaw.CONTROL | Flaw.BROKEN:
                return _("A character in it cannot be read. Please type it again.")
            case Flaw.NOT_TEXT:
                return _("Text is expected here. Send it as one plain text.")
            case Flaw.TWICE:
                return _("It came more than once with different text. Send it once.")
            case Flaw.NOT_PHONE:
                return say_not_phone(self._words)
            case Flaw.GONE:
                return _(
                    "This time is not free any more. Pick another, or none: then we call by the "
                    "time that we promise."
                )
            case Flaw.NOT_EMAIL:
                return say_not_email(self._words)


def _say_length(name: str, fault: Fault, words: Words) -> str:
    if fault.flaw is Flaw.TOO_MANY or name == _REASONS:
        return words.gettext("These are too many reasons. Pick the ones that matter most.")
    return words.ngettext(
        "It is {over} character too long. Keep it to {limit}.",
        "It is {over} characters too long. Keep it to {limit}.",
        fault.over,
    ).format(over=fault.over, limit=fault.limit)
