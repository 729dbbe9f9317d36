"""Every preset can be read, and a colour of one's own is judged before it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_kit.brand import (
    AA_SHAPE,
    AA_TEXT,
    AAA_TEXT,
    accent_complaint,
    contrast,
    darkened,
    palette,
)
from outreach_kit.practice.facts import Brand, BrandPreset

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_matches_the_published_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_word_is_no_colour() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        contrast("teal", "#ffffff")


@pytest.mark.parametrize("preset", BrandPreset)
def test_every_preset_can_be_read(preset: BrandPreset) -> None:
    colours = palette(Brand(preset=preset))
    for ground in (colours.paper, colours.warm, colours.accent_tint):
        assert contrast(colours.ink, ground) >= AAA_TEXT
        assert contrast(colours.accent_dark, ground) >= AAA_TEXT
        for text in (colours.muted, colours.accent, colours.alert):
            assert contrast(text, ground) >= AA_TEXT
        assert contrast(colours.edge, ground) >= AA_SHAPE
    assert contrast("#ffffff", colours.accent) >= AA_TEXT


def test_an_own_accent_replaces_the_presets_and_brings_its_tints() -> None:
    own = palette(Brand(preset=BrandPreset.PLUM, accent="#123A7D"))
    assert own.accent == "#123a7d"
    assert own.accent_tint != palette(Brand(preset=BrandPreset.PLUM)).accent_tint


def test_a_pale_accent_is_refused_with_one_that_would_do() -> None:
    complaint = accent_complaint(Brand(accent="#ffd400"))
    assert complaint is not None
    suggestion = complaint[1].split(";")[1].split()[0]
    assert accent_complaint(Brand(accent=suggestion)) is None


def test_a_preset_or_a_dark_accent_needs_no_complaint() -> None:
    assert accent_complaint(Brand()) is None
    assert accent_complaint(Brand(accent="#1f5a5e")) is None


@given(COLOURS)
def test_darkening_always_ends_in_something_readable(colour: str) -> None:
    assert contrast(darkened(colour), "#ffffff") >= AA_TEXT


@given(COLOURS)
def test_text_on_the_tint_of_any_usable_accent_can_be_read(colour: str) -> None:
    own = palette(Brand(accent=darkened(colour)))
    assert contrast(own.ink, own.accent_tint) >= AAA_TEXT
    assert contrast(own.muted, own.accent_tint) >= AA_TEXT
