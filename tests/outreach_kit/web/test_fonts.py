"""The faces that pages load."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from outreach_kit.web import Assets
from outreach_kit.web.fonts import CORE, MORE, WebFont, plan_fonts, subset_font
from tests.outreach_kit.web.things import make_in_memory

CORE_FACES = plan_fonts("plain words")


def opened(assets: Assets, font: WebFont) -> TTFont:
    return TTFont(io.BytesIO(assets.files[assets.manifest[font.name]]))


def test_the_same_face_is_the_same_bytes(assets: Assets) -> None:
    font = CORE_FACES[0]
    again = subset_font(font, make_in_memory())
    assert again == assets.files[assets.manifest[font.name]]


@pytest.mark.parametrize("font", CORE_FACES, ids=lambda font: font.name)
def test_a_subset_goes_by_another_name_and_keeps_its_licence(assets: Assets, font: WebFont) -> None:
    loaded = opened(assets, font)
    names = {record.nameID: str(record) for record in loaded["name"].names}
    assert "Source" not in names[1] + names[3] + names[4] + names[6]
    assert names[1] == font.face.family
    assert "Source" in names[0], "the copyright names its owner"
    assert "SIL Open Font License" in names[13]


@pytest.mark.parametrize("font", CORE_FACES, ids=lambda font: font.name)
def test_a_face_stays_small_and_has_the_letters_of_english_and_spanish(
    assets: Assets, font: WebFont
) -> None:
    assert len(assets.files[assets.manifest[font.name]]) < 16_000
    characters = opened(assets, font).getBestCmap()
    assert not [char for char in "abcXYZ0189 áéíóúüñ¿¡“”‘’–—…•€" if ord(char) not in characters]


def test_an_opening_quote_has_its_whole_width(assets: Assets) -> None:
    """In the TrueType files it is as narrow as half of itself, and the next letter runs into it."""
    for font in CORE_FACES:
        assert "CFF " in opened(assets, font)


def test_letters_beyond_the_core_are_made_only_where_they_are_written() -> None:
    assert {font.part for font in plan_fonts("plain words, señor")} == {"core"}
    assert {font.part for font in plan_fonts("Łukasz")} == {"core", "more"}
    assert not CORE & MORE


def test_a_range_names_runs_of_characters() -> None:
    font = WebFont(CORE_FACES[0].face, "core", frozenset({0x41, 0x42, 0x43, 0x61}))
    assert font.unicode_range == "U+41-43,U+61"
