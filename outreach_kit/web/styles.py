"""Style sheets: the brand's colours, the faces, then the files of `assets/css` in order, as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from outreach_kit.brand import AAA_TEXT, Palette, contrast, mix, palette
from outreach_kit.practice.facts import Brand
from outreach_kit.web.fonts import WebFont

BASE_SHEETS: Final = ("tokens.css", "base.css")
SITE_SHEETS: Final = (
    *BASE_SHEETS,
    "shell.css",
    "parts.css",
    "pages.css",
    "front-desk.css",
    "helping.css",
    "print.css",
)
FORM_SHEETS: Final = ("form.css", "status.css", "ask.css")
"""Only the form and the status page need these, on top of the site's."""
DIRECTORY_SHEETS: Final = ("directory.css",)
"""A group's lists of people."""
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND: Final = re.compile(r"\s*([{};])\s*")
_AFTER: Final = re.compile(r"([:,])\s+")


def bundle_styles(
    brand: Brand, fonts: Mapping[WebFont, str], folder: Path, sheets: Iterable[str], more: str = ""
) -> str:
    """One style sheet; `fonts` gives each face's address, `more` follows all files."""
    texts = "\n".join((brand_css(brand), font_css(fonts), read_styles(folder, sheets), more))
    return squeeze_css(texts)


def read_styles(folder: Path, sheets: Iterable[str]) -> str:
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in sheets)


def brand_css(brand: Brand) -> str:
    """The brand's colours as custom properties, in a light and a dark set."""
    light = palette(brand)
    dark = darken_palette(light)
    return (
        f":root{{--band:{light.accent};--on-band:#ffffff;"
        f"{_properties(light, on_accent='#ffffff')}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{"
        f"{_properties(dark, on_accent=dark.paper)}}}}}\n"
        # Paper is white, whatever the screen was when somebody pressed “print”.
        f"@media print{{:root{{{_properties(light, on_accent='#ffffff')}}}}}"
    )


def darken_palette(light: Palette) -> Palette:
    """The same brand by night: its own ink deepened to a ground, its accent lifted until it reads."""
    ground = mix(light.ink, "#000000", 0.3)
    accent = _lifted(light.accent, ground)
    return Palette(
        accent=accent,
        accent_dark=mix(accent, "#ffffff", 0.55),
        accent_tint=mix(ground, accent, 0.14),
        ink=mix("#ffffff", ground, 0.08),
        muted=mix("#ffffff", ground, 0.28),
        line=mix(ground, "#ffffff", 0.18),
        edge=mix(ground, "#ffffff", 0.5),
        paper=ground,
        warm=mix(ground, "#ffffff", 0.05),
        alert=_lifted(light.alert, ground),
    )


def _lifted(colour: str, ground: str) -> str:
    """The colour with just enough white in it to be read on `ground` in a hurry."""
    steps = (mix(colour, "#ffffff", step / 50) for step in range(51))
    return next((step for step in steps if contrast(step, ground) >= AAA_TEXT), "#ffffff")


def _properties(colours: Palette, on_accent: str) -> str:
    rows = {
        "paper": colours.paper,
        "warm": colours.warm,
        "ink": colours.ink,
        "muted": colours.muted,
        "line": colours.line,
        "edge": colours.edge,
        "accent": colours.accent,
        "accent-strong": colours.accent_dark,
        "accent-tint": colours.accent_tint,
        "on-accent": on_accent,
        "alert": colours.alert,
        "alert-tint": mix(colours.paper, colours.alert, 0.07),
    }
    return "".join(f"--{name}:{value};" for name, value in rows.items())


def font_css(fonts: Mapping[WebFont, str]) -> str:
    # Faces lie beside the sheet: wherever the site lies, they are found by their bare names.
    # With one part a face there is nothing to choose between, and the list is longer than all else.
    ranges = "unicode-range:{}" if len({font.part for font in fonts}) > 1 else ""
    return "\n".join(
        "@font-face{"
        f'font-family:"{font.face.family}";font-style:{font.face.style};'
        f"font-weight:{font.face.weight};font-display:swap;"
        f'src:url("{PurePosixPath(address).name}") format("woff2");{ranges.format(font.unicode_range)}'
        "}"
        for font, address in fonts.items()
    )


def squeeze_css(css: str) -> str:
    """Without comments and the blanks that mean nothing; one line a rule, for a browser's tools.

    A blank before a colon stays: in a selector it says “anything inside”.
    """
    bare = _AFTER.sub(r"\1", _AROUND.sub(r"\1", _COMMENT.sub("", css)))
    return bare.replace("}", "}\n").replace(";}", "}").strip() + "\n"
