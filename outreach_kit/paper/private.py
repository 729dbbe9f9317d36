"""Sheets about one patient: made in memory when somebody asks for one, and never by the build.

Nothing of them touches the disk, and what the typesetter complains of is never quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from outreach_kit.brand import black_and_white, palette
from outreach_kit.errors import HandoffError
from outreach_kit.paper.fonts import gather_fonts, search_fonts
from outreach_kit.paper.glyphs import unprintable
from outreach_kit.paper.press import TypesettingFailed, compile_pdf
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.wording import wording_in
from outreach_kit.places import PAPER
from outreach_kit.practice import Practice


class NotPrintable(HandoffError):
    """No font here has some of the characters; it says which, and nothing around them."""

    def __init__(self, characters: frozenset[str]) -> None:
        self.characters = characters
        super().__init__(
            f"No font on this server has {', '.join(sorted(characters))}. Write it otherwise, or "
            "write it on the paper by hand."
        )


def frame(
    practice: Practice, title: str, language: str, paper: Paper, *, for_fax: bool = False
) -> dict[str, Any]:
    """What every sheet of the house is told beside its own words; a fax knows black and white."""
    colours = palette(practice.brand)
    return {
        "title": title,
        "author": practice.name,
        "description": title,
        "keywords": [],
        "language": language.split("-")[0],
        "region": language.partition("-")[2] or None,
        "direction": wording_in(language).direction,
        "paper": paper.typst_name,
        "palette": asdict(black_and_white(colours) if for_fax else colours),
    }


def set_private(template: str, data: Mapping[str, Any], timestamp: int) -> tuple[bytes, int]:
    """PDF/UA-1 and its number of pages. Raises NotPrintable."""
    pdf, reports = set_reporting(template, data, timestamp)
    return pdf, next(one["pages"] for one in reports if one["kind"] == "pages")


def set_reporting(
    template: str, data: Mapping[str, Any], timestamp: int
) -> tuple[bytes, tuple[Mapping[str, Any], ...]]:
    """PDF/UA-1 and what the sheet reported of itself. Raises NotPrintable."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    missing: frozenset[str] = frozenset()
    with TemporaryDirectory(prefix="handoff-fonts-") as cache:
        folder = gather_fonts(Path(cache))
        for system in (False, True):
            fonts = search_fonts(folder, None, system=system)
            compiler = typst.Compiler(root=str(PAPER), font_paths=fonts, ignore_system_fonts=True)
            try:
                pdf, reports = compile_pdf(compiler, str(PAPER / template), inputs, timestamp)
            except typst.TypstError as error:
                missing = unprintable(error.diagnostic)
                if not missing:
                    # Not chained: what the typesetter says may quote the patient.
                    raise TypesettingFailed(f"{template} does not compile") from None
                continue
            return pdf, reports
    raise NotPrintable(missing)
