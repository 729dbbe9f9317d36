"""Cards and icons of a build: drawn once, and only where they can be linked to."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.publish import pictures
from outreach_kit.publish.cache import ByteCache
from outreach_kit.publish.pictures import Easel
from tests.outreach_kit.web.things import change_facts

SITE = "https://harborstreet.example"
GROUP = Path(__file__).parents[2] / "samples" / "group_practice"


@pytest.fixture(scope="module")
def sample() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def easel(practice: Practice, folder: Path) -> Easel:
    return Easel(practice, folder, ByteCache(folder))


def planned(practice: Practice, folder: Path) -> list[str]:
    """The names of the cards, none of which is drawn."""
    return list(Easel(practice, folder, lambda _key, _make: b"drawn").cards(SITE))


def test_a_practice_of_one_has_one_card_for_each_language(sample: Practice, tmp_path: Path) -> None:
    assert planned(sample, tmp_path) == ["card/en/"]
    spoken = change_facts(sample, practice={"languages": ("en", "es")})
    assert planned(spoken, tmp_path) == ["card/en/", "card/es/"]


def test_a_group_has_one_for_each_clinician_besides(tmp_path: Path) -> None:
    group = load_practice(GROUP)
    names = planned(group, tmp_path)
    assert len(names) == len(set(names)) == len(group.languages) * (1 + len(group.clinicians))


def test_a_very_large_house_is_shared_with_one_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = load_practice(GROUP)
    monkeypatch.setattr(pictures, "MOST_OWN_CARDS", len(group.clinicians) - 1)
    assert planned(group, tmp_path) == [f"card/{one}/" for one in group.languages]


def test_without_a_public_address_no_card_is_drawn(sample: Practice, tmp_path: Path) -> None:
    assert easel(sample, tmp_path).cards(None) == {}


def test_what_is_unchanged_comes_from_the_cache(sample: Practice, tmp_path: Path) -> None:
    first, second = easel(sample, tmp_path), easel(sample, tmp_path)
    made = {**first.cards(SITE), **first.icons()}
    assert {**second.cards(SITE), **second.icons()} == made
    cache = second.cache
    assert isinstance(cache, ByteCache)
    assert cache.misses == 0

    other = easel(change_facts(sample, brand={"preset": "plum"}), tmp_path)
    assert {**other.cards(SITE), **other.icons()}.keys() == made.keys()
    assert not set(other.icons().values()) & set(made.values())


def test_browsers_find_their_icons_where_they_look_for_them(
    sample: Practice, tmp_path: Path
) -> None:
    icons = easel(sample, tmp_path).icons()
    assert list(icons) == ["favicon.ico", "apple-touch-icon.png"]
    assert icons["favicon.ico"].startswith(b"\x00\x00\x01\x00")
    assert icons["apple-touch-icon.png"].startswith(b"\x89PNG")
    assert all(len(one) < 6_000 for one in icons.values())


def test_what_no_font_can_write_has_no_card_and_stops_no_build(
    sample: Practice, tmp_path: Path
) -> None:
    (nora,) = sample.clinicians
    facts = nora.facts.model_copy(update={"name": "\U0001378c"})
    unknown = dataclasses.replace(sample, clinicians=(dataclasses.replace(nora, facts=facts),))
    assert easel(unknown, tmp_path).cards(SITE) == {}
