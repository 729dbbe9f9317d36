"""First-call times that clinicians hold, as choices in a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_moment
from outreach_kit.web.questions import Field, FieldMaker

FIRST_CALL = "first_call"


@frozen
class HeldTime:
    """One free time; `starts_at` is aware, `clinician` a slug."""

    id: str
    starts_at: dt.datetime
    clinician: str


def say_time(held: HeldTime, practice: Practice, words: Words, today: dt.date) -> str:
    """“Tuesday, November 24, 2:30 PM”, and with whom where there are several."""
    moment = say_moment(practice, held.starts_at, words, today)
    clinician = practice.clinician(held.clinician)
    if clinician is None or not practice.is_group:
        return moment
    return words.gettext("{moment}, with {name}").format(moment=moment, name=clinician.name)


def ask_first_call(
    make: FieldMaker,
    practice: Practice,
    words: Words,
    times: Sequence[HeldTime],
    today: dt.date,
    label: str,
) -> Field:
    """The choice among the times, hidden while there is none: then a script may still fill it."""
    _ = words.gettext
    rows = ((one.id, say_time(one, practice, words, today)) for one in times)
    return make.choice(
        FIRST_CALL,
        label,
        (("", _("No fixed time")), *rows),
        hint=_("Times that are free now."),
        hidden=not times,
    )
