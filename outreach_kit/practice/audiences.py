"""What `audiences.toml` may say: how to speak with those who refer, each kind in its own words."""

from __future__ import annotations

import re
from typing import Annotated, Final

from outreach_kit.practice.facts import Facts, Lines, Slugs
from outreach_kit.practice.sentences import split_sentences
from outreach_kit.practice.shapes import After, Limits, asked_last
from outreach_kit.practice.values import Line, Slug, refuse, refuse_twins

NAME_HERE: Final = "{name}"
"""Where the clinician's name goes in the sentence that an audience says."""


def check_one_sentence(text: str) -> str:
    if len(split_sentences(text)) > 1:
        raise refuse("It has more than one sentence.", "Say it in one.")
    return text


def check_name_here(text: str) -> str:
    if re.search(r"[{}]", text.replace(NAME_HERE, "")):
        raise refuse(
            "A curly bracket stands in it.",
            f"Only {NAME_HERE} is filled in, with the clinician's name.",
        )
    return text


OneSentence = Annotated[Line, After(check_one_sentence)]
Saying = Annotated[Line, After(check_name_here)]


class Audience(Facts):
    """One kind of office that refers, and the words that belong to it."""

    slug: Slug
    """Its name in addresses and file names: “schools”."""
    name: Line
    """As a heading: “Schools”."""
    person: Line
    """Whom they send, one of them: “student”."""
    people: Line
    """Whom they send: “students”."""
    who: Line
    """Whom a sheet speaks to, by role: “counselors, teachers and school nurses”."""
    place: Line | None = None
    """What they call where they work: “school”."""
    opening: OneSentence | None = None
    """One sentence with which their page and sheet begin."""
    refer_when: Lines = ()
    """Whom to send, as they would say it; the clinician's own list serves when this is missing."""
    say: Saying | None = None
    """What they can say to the person; {name} becomes the clinician's. Else the clinician's own sentence."""
    how: Lines = ()
    """How somebody is handed over there, step by step."""
    clinicians: Slugs = ()
    """In a group: who is for them, by the names of the folders. All, when this is missing."""


class AudiencesFile(Facts):
    """The whole of `audiences.toml`; without one, offices are physicians' offices."""

    audience: Annotated[tuple[Audience, ...], Limits(most=20)] = ()
    """One [[audience]] table for each; the first is the one that sheets are made for by default."""

    @asked_last
    def _differ(self) -> None:
        refuse_twins("audiences", (one.slug for one in self.audience))
