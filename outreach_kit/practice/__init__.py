"""The practice's vocabulary: what a practice folder may say, read into memory and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach_kit.late import fetch_late

if TYPE_CHECKING:
    from outreach_kit.practice.audiences import Audience
    from outreach_kit.practice.clinician import ClinicianFile, ReferWhen
    from outreach_kit.practice.facts import PracticeFile
    from outreach_kit.practice.loading import load_practice
    from outreach_kit.practice.model import Practice
    from outreach_kit.practice.people import Clinician
    from outreach_kit.practice.resources import ColleaguesFile, HelpLine, ListedColleague
    from outreach_kit.practice.trainings import Training
    from outreach_kit.practice.untranslated import Untranslated
    from outreach_kit.practice.writings import Note, Page, Prose, Topic

_HOMES: Final = {
    "Audience": "audiences",
    "Clinician": "people",
    "ClinicianFile": "clinician",
    "ColleaguesFile": "resources",
    "HelpLine": "resources",
    "ListedColleague": "resources",
    "Note": "writings",
    "Page": "writings",
    "Practice": "model",
    "PracticeFile": "facts",
    "Prose": "writings",
    "ReferWhen": "clinician",
    "Topic": "writings",
    "Training": "trainings",
    "Untranslated": "untranslated",
    "load_practice": "loading",
}
__getattr__ = fetch_late(__name__, _HOMES)

__all__ = [
    "Audience",
    "Clinician",
    "ClinicianFile",
    "ColleaguesFile",
    "HelpLine",
    "ListedColleague",
    "Note",
    "Page",
    "Practice",
    "PracticeFile",
    "Prose",
    "ReferWhen",
    "Topic",
    "Training",
    "Untranslated",
    "load_practice",
]
