"""The site's faces: what the pages need of Source Sans and Source Serif, as woff2.

The SIL Open Font License reserves the name “Source” for the unchanged fonts, so a subset goes by
another family name; copyright and licence stay inside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from outreach_kit.frozen import frozen
from outreach_kit.installed import version_of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

Cache = Callable[[str, Callable[[], bytes]], bytes]
"""`cache(key, make)` gives the bytes kept under `key`, or makes, keeps and gives them."""


@frozen
class Face:
    """One style of a family; `name` is its asset's name below `fonts/`."""

    name: str
    package: str
    distribution: str
    file: str
    family: str
    weight: int
    style: str


_SANS: Final = ("font_source_sans_pro", "font-source-sans-pro")
_SERIF: Final = ("font_source_serif_pro", "font-source-serif-pro")

# The OpenType files, not the TrueType ones: in those some composites (“ is one) take the width of
# their first part, and browsers set the next letter over them.
FACES: Final = (
    Face("sans", *_SANS, "SourceSansPro-Regular.otf", "Handoff Sans", 400, "normal"),
    Face("sans-semibold", *_SANS, "SourceSansPro-Semibold.otf", "Handoff Sans", 600, "normal"),
    Face("sans-italic", *_SANS, "SourceSansPro-It.otf", "Handoff Sans", 400, "italic"),
    Face("serif-semibold", *_SERIF, "SourceSerifPro-Semibold.otf", "Handoff Serif", 600, "normal"),
)

CORE: Final = frozenset(
    {*range(0x20, 0x7F), 0xA0}
    | {ord(char) for char in "áéíóúüñçèàöäÁÉÍÓÚÜÑÇÈÀÖÄ¡¿§©«»®°±¶·×"}
    | {ord(char) for char in "‐‑–—‘’“”•…′€™←→−≥✓"}
    | {0x202F}
)
"""English and Spanish with their punctuation: what nearly every page needs, in about 9 kB a face."""
MORE: Final = frozenset({*range(0xA1, 0x180), 0x218, 0x219, 0x21A, 0x21B}) - CORE
"""The rest of Latin-1 and Latin Extended-A; made only for a practice that writes with them."""

_FEATURES: Final = ("kern", "liga", "locl", "mark", "mkmk", "ccmp", "calt")
_RECIPE: Final = 1
"""Goes up when the steps below change, so that no cache hands out an older subset."""


@frozen
class WebFont:
    """A subset of a face, and the characters for which a browser should fetch it."""

    face: Face
    part: str
    characters: frozenset[int]

    @property
    def name(self) -> str:
        suffix = "" if self.part == "core" else f"-{self.part}"
        return f"fonts/{self.face.name}{suffix}.woff2"

    @property
    def unicode_range(self) -> str:
        return ",".join(f"U+{first:X}-{last:X}" if last > first else f"U+{first:X}"
                        for first, last in _runs(sorted(self.characters)))  # fmt: skip


def plan_fonts(text: str) -> tuple[WebFont, ...]:
    """The subsets that a site with such text needs; `text` may repeat itself."""
    parts = [("core", CORE)]
    if not MORE.isdisjoint(map(ord, set(text))):
        parts.append(("more", MORE))
    return tuple(WebFont(face, part, chars) for face in FACES for part, chars in parts)


def subset_font(font: WebFont, cache: Cache) -> bytes:
    """The woff2 file; the same bytes for the same versions of fonts and fontTools."""
    versions = "-".join(
        version_of(name) for name in ("fonttools", "brotli", font.face.distribution)
    )
    return cache(f"{font.name}-{_RECIPE}-{versions}", lambda: _subset(font))


def _subset(font: WebFont) -> bytes:
    import io
    from importlib import resources

    from fontTools import subset  # late: 0.3 s, and the cache nearly always has the file

    options = subset.Options(
        flavor="woff2",
        layout_features=list(_FEATURES),
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_legacy=False,
        recalc_timestamp=False,
    )
    source = resources.files(font.face.package) / "files" / font.face.file
    with resources.as_file(source) as path, subset.load_font(str(path), options) as loaded:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=font.characters)
        subsetter.subset(loaded)
        _rename(loaded, font.face)
        out = io.BytesIO()
        subset.save_font(loaded, out, options)
    return out.getvalue()


def _rename(loaded: TTFont, face: Face) -> None:
    postscript = f"{face.family}-{face.weight}{face.style}".replace(" ", "")
    names = {1: face.family, 3: postscript, 4: f"{face.family} {face.weight}", 6: postscript}
    for record in loaded["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    outlines = loaded["CFF "].cff
    outlines.fontNames[0] = postscript
    for top in outlines.topDictIndex:
        top.FamilyName, top.FullName = names[1], names[4]


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
