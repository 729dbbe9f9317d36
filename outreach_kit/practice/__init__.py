"""The practice's vocabulary: what a practice folder may say, read into memory and checked."""

from outreach_kit.practice.audiences import Audience
from outreach_kit.practice.clinician import ClinicianFile, ReferWhen
from outreach_kit.practice.facts import PracticeFile
from outreach_kit.practice.loading import load_practice
from outreach_kit.practice.model import Clinician, Practice
from outreach_kit.practice.resources import ColleaguesFile, HelpLine, ListedColleague
from outreach_kit.practice.trainings import Training
from outreach_kit.practice.untranslated import Untranslated
from outreach_kit.practice.writings import Note, Page, Prose, Topic

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
