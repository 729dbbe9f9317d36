"""The typefaces: a folder with the OTF faces that the sheets are set in, and who helps out."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from typing import Final

import typst

from outreach_kit.errors import MachineError

_SANS: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_SERIF: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_WHEELS: Final = (
    ("font_source_sans_pro", "SourceSansPro", _SANS),
    ("font_source_serif_pro", "SourceSerifPro", _SERIF),
)


class FontMissing(MachineError):
    """A face that the sheets are set in is not installed."""

    def __init__(self, face: str) -> None:
        self.face = face
        super().__init__(
            f"The font {face} is not installed. Install the requirements again: "
            "python -m pip install -r requirements.txt"
        )


def gather_fonts(cache: Path) -> Path:
    """A folder under `cache` that holds the OTF faces and nothing else; filled once.

    The wheels keep OTF and TTF of each face side by side, and a compiler that is shown both mixes
    them by the order of the directory.
    """
    folder = cache / "otf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for face in _faces():
            if not (folder / face.name).exists():
                _place(face, folder / face.name)
    except OSError as error:
        raise MachineError(
            f"The fonts cannot be put into {folder}: {error.strerror}. Check that it can be written."
        ) from error
    return folder


def search_fonts(
    folder: Path, own: Path | None, *, system: bool, built_in: bool = False
) -> typst.Fonts:
    """What a compiler may choose from; the system's fonts only when nothing else will do."""
    paths = [str(folder), *([str(own)] if own is not None and own.is_dir() else [])]
    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=built_in, font_paths=paths
    )


def _faces() -> tuple[Path, ...]:
    faces: list[Path] = []
    for module, family, styles in _WHEELS:
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:
            raise FontMissing(family)
        home = Path(spec.origin).parent / "files"
        for style in styles:
            face = home / f"{family}-{style}.otf"
            if not face.is_file():
                raise FontMissing(f"{family}-{style}")
            faces.append(face)
    return tuple(faces)


def _place(face: Path, target: Path) -> None:
    """A link where the file system has them, else a copy; safe when two processes do it at once."""
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        beside.symlink_to(face)
    except OSError:
        shutil.copyfile(face, beside)
    beside.replace(target)
