"""`clinicians/<slug>/`: one folder for each clinician, with the facts, the prose and the portrait."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.front import take_apart
from outreach_kit.practice.misspelt import CLINICIAN_NAMES, complain_of_misspelt
from outreach_kit.practice.overlays import OverlayReader
from outreach_kit.practice.people import Clinician
from outreach_kit.practice.portrait import check_portrait
from outreach_kit.practice.reading import Reader
from outreach_kit.practice.translation import lay_clinician
from outreach_kit.practice.values import SLUG_PATTERN
from outreach_kit.practice.words import ClinicianWords
from outreach_kit.practice.writings import Prose

_WANTED: Final[Mapping[str, str]] = {
    "profile": "Write the profile that people read before they call.",
    "elevator-speech": (
        "Write what you say in thirty seconds: 75 to 100 words, ending in a question."
    ),
}
_PROSE: Final = CLINICIAN_NAMES[".md"]


class ClinicianReader:
    """Reads all clinicians; what further languages say of them stays in `words`."""

    def __init__(self, reader: Reader, overlays: OverlayReader, main: str) -> None:
        self._reader = reader
        self._overlays = overlays
        self._main = main
        self.words: dict[str, dict[str, ClinicianWords]] = {}
        """By language, then by the clinician's slug."""
        self.slugs: list[str] = []
        """Of all clinicians, also of those that could not be read."""

    def read(self) -> Iterator[Clinician]:
        home = self._reader.folder / "clinicians"
        folders = sorted(one for one in home.glob("*") if one.is_dir()) if home.is_dir() else []
        folders = [one for one in folders if not one.name.startswith((".", "_"))]
        if not folders:
            self._reader.complain(
                home, 0, "", "No clinician is described.",
                "Add clinicians/your-name/clinician.toml.",
            )  # fmt: skip
        self.slugs = [one.name for one in folders]
        for folder in folders:
            if clinician := self._clinician(folder):
                yield clinician

    def _clinician(self, folder: Path) -> Clinician | None:
        if not re.fullmatch(SLUG_PATTERN, folder.name):
            self._reader.complain(
                folder, 0, "", f"“{folder.name}” cannot stand in a web address.",
                "Name the folder with small letters and hyphens, like “nora-ellison”.",
            )  # fmt: skip
        path = folder / "clinician.toml"
        if not path.is_file():
            self._reader.complain(
                path, 0, "", "The file is missing.", "Every clinician folder needs one."
            )
            return None
        names = sorted(one.name for one in folder.iterdir())
        facts = self._reader.toml(path, ClinicianFile)
        for language, words in self._overlays.read(path, names, ClinicianWords, facts).items():
            self.words.setdefault(language, {})[folder.name] = words
        prose = self._prose(folder, names)
        complain_of_misspelt(self._reader, folder, names, CLINICIAN_NAMES)
        portrait = self._portrait(path, facts)
        if facts is None:
            return None
        return Clinician(
            folder.name,
            lay_clinician(facts, None, self._main),
            profile=prose["profile"],
            elevator_speech=prose["elevator-speech"],
            resume=prose["resume"],
            portrait=portrait,
            language=self._main,
        )

    def _prose(self, folder: Path, names: list[str]) -> dict[str, dict[str, Prose]]:
        found: dict[str, dict[str, Prose]] = {name: {} for name in _PROSE}
        for name in names:
            named = take_apart(name, self._main)
            if named and named.slug in found:
                text = self._reader.text(folder / name)
                found[named.slug][named.language] = self._reader.prose(
                    folder / name, "…" if text is None else text
                )
        for name, todo in _WANTED.items():
            if not found[name]:
                self._reader.complain(folder / f"{name}.md", 0, "", "The file is missing.", todo)
        return found

    def _portrait(self, path: Path, facts: ClinicianFile | None) -> Path | None:
        if facts is None or facts.portrait is None:
            return None
        picture = path.parent / facts.portrait
        if complaint := check_portrait(picture, path.parent):
            self._reader.complain_at(path, ("portrait",), *complaint)
            return None
        self._reader.note_file(picture)
        return picture
