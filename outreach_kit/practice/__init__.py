"""The practice's vocabulary: what a practice folder may say, read into memory and checked."""

from outreach_kit.practice.clinician import ClinicianFile, ReferWhen
from outreach_kit.practice.facts import PracticeFile
from outreach_kit.practice.loading import load_practice
from outreach_kit.practice.model import Clinician, Page, Practice, Prose

__all__ = [
    "Clinician",
    "ClinicianFile",
    "Page",
    "Practice",
    "PracticeFile",
    "Prose",
    "ReferWhen",
    "load_practice",
]
