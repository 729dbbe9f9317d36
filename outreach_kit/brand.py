"""The practice's colours, one set for screen and paper, and the arithmetic that says they can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice.facts import Brand, BrandPreset

AA_TEXT: Final = 4.5
"""Least contrast of running text (WCAG 2.2, 1.4.3)."""
AAA_TEXT: Final = 7.0
"""Least contrast of text that must be read in a hurry (WCAG 2.2, 1.4.6)."""
AA_SHAPE: Final = 3.0
"""Least contrast of the edge of a field or a sign (WCAG 2.2, 1.4.11)."""
_HEX: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@frozen
class Palette:
    """Colours by what they are for, each as `#rrggbb`. One accent; everything else serves it."""

    accent: str
    """Links, buttons, rules, filled bands; white text stands on it."""
    accent_dark: str
    """Headings, and the accent while it is pressed."""
    accent_tint: str
    """A wash behind a box; ink and muted text stand on it."""
    ink: str
    """Running text."""
    muted: str
    """Secondary text: labels, captions, fine print."""
    line: str
    """Hairlines that only decorate."""
    edge: str
    """The outline of a field or button that must be seen."""
    paper: str
    """The page."""
    warm: str
    """A warm neutral for whole sections; ink and muted text stand on it."""
    alert: str
    """The text of an error or a warning."""


_PRESETS: Final[Mapping[BrandPreset, Palette]] = MappingProxyType(
    {
        BrandPreset.HARBOR: Palette(
            accent="#1f5a5e",
            accent_dark="#143f43",
            accent_tint="#eaf2f1",
            ink="#1b2426",
            muted="#4c5a5d",
            line="#c3d2d1",
            edge="#6f8285",
            paper="#ffffff",
            warm="#f8f4ec",
            alert="#9a2617",
        ),
        BrandPreset.CEDAR: Palette(
            accent="#84401f",
            accent_dark="#5c2b13",
            accent_tint="#f7eee8",
            ink="#26201c",
            muted="#5f534b",
            line="#dccbc0",
            edge="#8a776b",
            paper="#ffffff",
            warm="#f6f4ea",
            alert="#a11d2b",
        ),
        BrandPreset.PLUM: Palette(
            accent="#5d2f5f",
            accent_dark="#412043",
            accent_tint="#f4eef4",
            ink="#231f25",
            muted="#57505a",
            line="#d6c9d7",
            edge="#807286",
            paper="#ffffff",
            warm="#f8f4ee",
            alert="#9a2617",
        ),
    }
)


def palette(brand: Brand) -> Palette:
    """The preset's colours; a practice's own accent brings the colours that follow from it."""
    preset = _PRESETS[brand.preset]
    if brand.accent is None:
        return preset
    accent = brand.accent.lower()
    return Palette(
        accent=accent,
        accent_dark=mix(accent, "#000000", 0.32),
        accent_tint=mix(accent, "#ffffff", 0.915),
        ink=preset.ink,
        muted=preset.muted,
        line=mix(accent, "#ffffff", 0.74),
        edge=preset.edge,
        paper=preset.paper,
        warm=preset.warm,
        alert=preset.alert,
    )


def black_and_white(colours: Palette) -> Palette:
    """The same without any colour or tint, for what goes through a fax machine."""
    black, white = "#000000", "#ffffff"
    return replace(
        colours,
        accent=black,
        accent_dark=black,
        accent_tint=white,
        ink=black,
        muted=black,
        line=black,
        edge=black,
        warm=white,
        alert=black,
    )


def accent_complaint(brand: Brand) -> tuple[str, str] | None:
    """What is wrong with a practice's own accent and what to do about it, or None."""
    if brand.accent is None:
        return None
    ratio = contrast(brand.accent, "#ffffff")
    if ratio >= AA_TEXT:
        return None
    return (
        f"The accent {brand.accent} is too pale to read on white (contrast {ratio:.1f}).",
        f"Use a darker one; {darkened(brand.accent)} reaches {AA_TEXT}.",
    )


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21, whichever is the lighter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it for sRGB."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it, in sRGB."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darkened(colour: str, target: float = AA_TEXT) -> str:
    """The same hue with just enough black in it to reach `target` on white."""
    steps = (mix(colour, "#000000", step / 50) for step in range(51))
    return next(step for step in steps if contrast(step, "#ffffff") >= target)


def _channels(colour: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #1f5a5e")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
