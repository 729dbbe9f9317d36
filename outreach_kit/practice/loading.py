"""From a practice folder to a Practice, or to every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from outreach_kit.errors import ContentError, Problem
from outreach_kit.practice.articles import read_notes, read_pages, read_topics
from outreach_kit.practice.audiences import Audience, AudiencesFile
from outreach_kit.practice.built_in import PHYSICIANS, said_in
from outreach_kit.practice.clinician_folders import ClinicianReader
from outreach_kit.practice.directories import DirectoriesFile, Listing
from outreach_kit.practice.facts import PracticeFile
from outreach_kit.practice.lines import Key
from outreach_kit.practice.misspelt import PRACTICE_NAMES, complain_of_misspelt
from outreach_kit.practice.model import Practice
from outreach_kit.practice.overlays import OverlayReader
from outreach_kit.practice.people import Clinician
from outreach_kit.practice.reading import Model, Reader
from outreach_kit.practice.resources import ColleaguesFile, ResourcesFile
from outreach_kit.practice.trainings import Training, TrainingsFile
from outreach_kit.practice.translation import Overlay
from outreach_kit.practice.words import (
    AudiencesWords,
    ClinicianWords,
    PracticeWords,
    ResourcesWords,
    TrainingsWords,
)


def load_practice(folder: Path) -> Practice:
    """Read and check a whole practice folder.

    Raises ContentError with every problem found, sorted by file and line. A TOML file with a
    syntax error yields that one problem; all other files are still read.
    """
    return _Loader(folder).load()


class _Loader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader = Reader(folder)

    def load(self) -> Practice:
        path = self._folder / "practice.toml"
        if not path.is_file():
            raise ContentError([self._missing_practice()])
        facts = self._reader.toml(path, PracticeFile)
        languages = facts.practice.languages if facts else None
        main = languages[0] if languages else "en"
        names = sorted(one.name for one in self._folder.iterdir())
        complain_of_misspelt(self._reader, self._folder, names, PRACTICE_NAMES)
        overlays = OverlayReader(self._reader, languages)
        people = ClinicianReader(self._reader, overlays, main)
        clinicians = tuple(people.read())
        audiences = self._audiences(main, people.slugs)
        trainings = self._trainings(audiences)
        resources = self._optional("resources.toml", ResourcesFile)
        trusted = self._optional("colleagues.toml", ColleaguesFile)
        listings = self._listings(people.slugs)
        words = (
            overlays.read(path, names, PracticeWords, facts),
            people.words,
            overlays.read(
                self._folder / "audiences.toml", names, AudiencesWords,
                None if audiences is None else AudiencesFile(audience=audiences),
            ),
            overlays.read(
                self._folder / "trainings.toml", names, TrainingsWords,
                None if trainings is None else TrainingsFile(training=trainings),
            ),
            overlays.read(self._folder / "resources.toml", names, ResourcesWords, resources),
        )  # fmt: skip
        if facts:
            self._check_clinicians(facts, clinicians)
        pages = read_pages(self._reader, main)
        all_read = len(clinicians) == len(people.slugs)
        reasons = dict.fromkeys(
            reason.slug for one in clinicians for reason in one.facts.refer_when
        )
        topics = read_topics(self._reader, main, reasons if reasons and all_read else None)
        notes = read_notes(self._reader, main, audiences)
        if self._reader.problems or facts is None:
            raise ContentError(self._reader.problems)
        return Practice(
            folder=self._folder,
            facts=facts,
            clinicians=clinicians,
            pages=pages,
            audiences=audiences or (said_in(PHYSICIANS, main),),
            trainings=trainings or (),
            notes=notes,
            topics=topics,
            lines=resources.line if resources else (),
            trusted=trusted,
            listings=listings,
            overlays=_overlays(*words),
            files=self._reader.files,
        )

    def _missing_practice(self) -> Problem:
        what = (
            f"There is no practice.toml in {self._folder}."
            if self._folder.is_dir()
            else f"There is no folder {self._folder}."
        )
        return Problem(
            "practice.toml", 0, "", what, "Make a practice with: python build.py --new DIR"
        )

    def _audiences(self, main: str, clinicians: list[str]) -> tuple[Audience, ...] | None:
        """None when the file is there and cannot be read."""
        path = self._folder / "audiences.toml"
        built_in = (said_in(PHYSICIANS, main),)
        if not path.is_file():
            return built_in
        file = self._reader.toml(path, AudiencesFile)
        if file is None:
            return None
        for place, one in enumerate(file.audience):
            self._check(path, ("audience", place, "clinicians"), one.clinicians, clinicians)
        return file.audience or built_in

    def _trainings(self, audiences: tuple[Audience, ...] | None) -> tuple[Training, ...] | None:
        """None when the file is there and cannot be read."""
        path = self._folder / "trainings.toml"
        if not path.is_file():
            return ()
        file = self._reader.toml(path, TrainingsFile)
        if file is None:
            return None
        for place, one in enumerate(file.training):
            if audiences is not None:
                known = [audience.slug for audience in audiences]
                self._check(path, ("training", place, "audiences"), one.audiences, known)
        return file.training

    def _listings(self, clinicians: list[str]) -> tuple[Listing, ...]:
        """In a group every entry in a directory says whose it is."""
        path = self._folder / "directories.toml"
        file = self._optional(path.name, DirectoriesFile)
        for place, one in enumerate(file.directory if file else ()):
            key = ("directory", place, "clinician")
            if one.clinician is None and len(clinicians) > 1:
                self._reader.complain_at(
                    path, key, f"Nothing says whose entry in {one.whole_name} this is.",
                    f"Add clinician, one of: {', '.join(clinicians)}.",
                )  # fmt: skip
            elif one.clinician is not None and one.clinician not in clinicians:
                self._reader.complain_at(
                    path, key, f"Nobody’s folder is called “{one.clinician}”.",
                    f"There are: {', '.join(clinicians) or 'none'}.",
                )  # fmt: skip
        return file.directory if file else ()

    def _optional(self, name: str, model: type[Model]) -> Model | None:
        """None when the file is not there, and when it cannot be read."""
        path = self._folder / name
        return self._reader.toml(path, model) if path.is_file() else None

    def _check_clinicians(self, facts: PracticeFile, clinicians: Iterable[Clinician]) -> None:
        """Each is where the practice is, and takes what the practice takes."""
        sites = [one.slug for one in (facts.address, *facts.sites)]
        for one in clinicians:
            path = self._folder / "clinicians" / one.slug / "clinician.toml"
            self._check(path, ("sites",), one.facts.sites, sites)
            self._check(path, ("plans",), one.facts.plans, [*facts.insurance.plans])

    def _check(self, path: Path, key: Key, slugs: Iterable[str], known: list[str]) -> None:
        """Every slug must be the name of something that is there."""
        for place, slug in enumerate(slugs):
            if slug not in known:
                self._reader.complain_at(
                    path, (*key, place), f"Nothing is called “{slug}”.",
                    f"There are: {', '.join(known) or 'none'}.",
                )  # fmt: skip


def _overlays(
    practice: dict[str, PracticeWords],
    clinicians: dict[str, dict[str, ClinicianWords]],
    audiences: dict[str, AudiencesWords],
    trainings: dict[str, TrainingsWords],
    resources: dict[str, ResourcesWords],
) -> dict[str, Overlay]:
    languages = sorted({*practice, *clinicians, *audiences, *trainings, *resources})
    return {
        language: Overlay(
            practice=practice.get(language, PracticeWords()),
            clinicians=clinicians.get(language, {}),
            audiences=audiences.get(language, AudiencesWords()).audience,
            trainings=trainings.get(language, TrainingsWords()).training,
            lines=resources.get(language, ResourcesWords()).line,
        )
        for language in languages
    }
