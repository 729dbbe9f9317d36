"""The card beside a shared link: whole, light, and no sheet."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from PIL import Image

from outreach_kit.brand import palette
from outreach_kit.paper import CATALOGUE, Press
from outreach_kit.paper.icons import FAVICON_SIDES_PX, draw_favicon, draw_home_screen
from outreach_kit.paper.moulds import SOCIAL_TEMPLATE
from outreach_kit.paper.social import (
    SOCIAL_SIZE_PX,
    social_card,
    squeeze_card,
)
from outreach_kit.practice import Practice, load_practice
from outreach_kit.web.mark import draw_mark
from tests.outreach_kit.paper import folders
from tests.outreach_kit.paper.conftest import SITE_URL
from tests.outreach_kit.paper.right_to_left import arabic, lend_arabic

SAMPLES = Path(__file__).parents[2] / "samples"
MOST_BYTES = 60_000
LONGEST_NICHE = "Wort " * 83 + "Wort."


def draw(press: Press, practice: Practice) -> Image.Image:
    data = social_card(practice, None, SITE_URL)
    drawn = press.picture(SOCIAL_TEMPLATE, data, practice)
    assert drawn
    with_portrait = data["card"]["portrait"] is not None
    squeezed = squeeze_card(drawn, with_portrait=with_portrait)
    assert len(squeezed) < MOST_BYTES
    return Image.open(io.BytesIO(squeezed)).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def near(one: tuple[int, ...] | float | None, other: tuple[int, ...]) -> bool:
    """Alike, though few colours are left."""
    assert isinstance(one, tuple)
    return all(abs(a - b) <= 6 for a, b in zip(one, other, strict=True))


def inked(picture: Image.Image, box: tuple[int, int, int, int], ground: tuple[int, ...]) -> bool:
    """Whether anything but the ground is in the box."""
    return any(not near(colour, ground) for _, colour in picture.crop(box).getcolors(99_999) or ())


def test_the_sample_is_a_light_card_in_its_own_colours(press: Press, sample: Practice) -> None:
    card, colours = draw(press, sample), palette(sample.brand)
    assert card.size == SOCIAL_SIZE_PX
    assert near(card.getpixel((5, 5)), rgb(colours.warm))
    assert near(card.getpixel((980, 600)), rgb(colours.accent))


def test_it_says_who_whom_they_help_and_where(sample: Practice) -> None:
    said = social_card(sample, None, "https://www.harborstreet.example/")["card"]
    assert said["name"] == "Nora Ellison"
    assert said["below"] == ["LICSW", "Harbor Street Counseling PLLC"]
    assert said["niche"] == sample.clinicians[0].facts.niche
    assert [one.replace("\u200b", "") for one in said["where"]] == [
        "Alder Falls, WA",
        "harborstreet.example",
    ]


def test_who_works_online_only_names_the_states_and_no_town(sample: Practice) -> None:
    (nora,) = sample.clinicians
    facts = nora.facts.model_copy(update={"in_person": False, "telehealth": ("OR", "WA")})
    online = dataclasses.replace(sample, clinicians=(dataclasses.replace(nora, facts=facts),))
    assert social_card(online, None, None)["card"]["where"] == ["Online in OR, WA"]


def test_a_group_has_its_own_card_and_one_for_each_clinician(tmp_path: Path) -> None:
    group = folders.group(tmp_path)
    whole, first = (
        social_card(group, one, SITE_URL)["card"] for one in (None, group.clinicians[0])
    )
    assert (whole["name"], whole["niche"]) == (group.name, group.niche)
    assert whole["below"] == []
    assert first["below"][-1] == group.name


def test_a_clinician_is_where_that_clinician_sees_people() -> None:
    rivers = load_practice(SAMPLES / "group_practice")
    wheres = {
        one.slug: social_card(rivers, one, None)["card"]["where"] for one in rivers.clinicians
    }
    assert wheres["ana-ruiz"] == ["Alder Falls, WA", "Port Wren, WA"]
    assert ["Port Wren, WA"] in wheres.values()


def test_the_longest_words_stay_within_the_card(press: Press, sample: Practice) -> None:
    (nora,) = sample.clinicians
    facts = nora.facts.model_copy(
        update={
            "name": "Marguerite Okonkwo-Villanueva-Thistlethwaite von Hohenstein-Whittaker",
            "credentials": ("PhD", "ABPP", "LICSW", "CGP", "Board Certified in Geropsychology"),
            "niche": LONGEST_NICHE,
        }
    )
    name = "The Northern Peninsula Center for Cognitive and Acceptance-Based Psychotherapies, PLLC"
    identity = sample.facts.practice.model_copy(update={"name": name})
    long = dataclasses.replace(
        sample,
        clinicians=(dataclasses.replace(nora, facts=facts),),
        facts=sample.facts.model_copy(update={"practice": identity}),
    )
    card, ground = draw(press, long), rgb(palette(long.brand).warm)
    for margin in ((0, 0, 1200, 55), (0, 0, 70, 630), (0, 585, 820, 630), (776, 0, 826, 630)):
        assert not inked(card, margin, ground), margin
    assert inked(card, (76, 500, 770, 580), ground)


def test_from_right_to_left_the_words_stand_on_the_right(press: Press, tmp_path: Path) -> None:
    practice = arabic(tmp_path / "practice")
    lend_arabic(tmp_path / "practice", tmp_path / "cache")
    card, colours = draw(press, practice), palette(practice.brand)
    assert near(card.getpixel((200, 610)), rgb(colours.accent))
    assert not near(card.getpixel((980, 610)), rgb(colours.accent))
    assert near(card.getpixel((1100, 66)), rgb(colours.accent)), "the bar over the name"


def test_a_latin_name_keeps_its_order_on_a_card_from_right_to_left(
    press: Press, tmp_path: Path
) -> None:
    practice = arabic(tmp_path / "practice")
    lend_arabic(tmp_path / "practice", tmp_path / "cache")
    (nora,) = practice.clinicians
    named = dataclasses.replace(nora, facts=nora.facts.model_copy(update={"name": "Mmmmmmmm Iill"}))
    card = draw(press, dataclasses.replace(practice, clinicians=(named,)))
    ground = rgb(palette(practice.brand).warm)
    room = (450, 80, 1130, 160)
    inks = [x for x in range(room[0], room[2]) if inked(card, (x, room[1], x + 1, room[3]), ground)]
    gap = max(range(1, len(inks)), key=lambda at: inks[at] - inks[at - 1])
    assert inks[-1] > 1100, "it stands on the right"
    assert gap > len(inks) - gap, "the wide word comes first"


def test_a_portrait_takes_the_place_of_the_initials(
    press: Press, sample: Practice, tmp_path: Path
) -> None:
    picture = tmp_path / "me.jpg"
    Image.linear_gradient("L").resize((800, 1000)).convert("RGB").save(picture)
    (nora,) = sample.clinicians
    seen = dataclasses.replace(sample, clinicians=(dataclasses.replace(nora, portrait=picture),))
    card = draw(press, seen)
    assert not near(card.getpixel((980, 600)), rgb(palette(sample.brand).accent))


def test_what_no_font_can_write_has_no_card(press: Press, sample: Practice) -> None:
    (nora,) = sample.clinicians
    facts = nora.facts.model_copy(update={"name": "李明"})
    unknown = dataclasses.replace(sample, clinicians=(dataclasses.replace(nora, facts=facts),))
    data = social_card(unknown, None, SITE_URL)
    assert press.picture(SOCIAL_TEMPLATE, data, unknown) is None


def test_it_is_no_sheet() -> None:
    assert CATALOGUE
    assert SOCIAL_TEMPLATE not in {sheet.template for sheet in CATALOGUE}


@pytest.mark.parametrize("full", [False, True])
def test_the_mark_is_light_on_the_accent_and_holds_a_round_cut(
    sample: Practice, full: bool
) -> None:
    icon = Image.open(io.BytesIO(draw_home_screen(draw_mark(sample, full=full)))).convert("RGB")
    assert icon.size == (180, 180)
    accent = rgb(palette(sample.brand).accent)
    assert near(icon.getpixel((1, 1)), accent) is full
    cut = 0.4 * 180  # what a home screen that cuts circles leaves
    light = [
        (x, y)
        for x in range(12, 168)
        for y in range(12, 168)
        if near(icon.getpixel((x, y)), (255, 255, 255))
    ]
    assert len(light) > 1_500
    assert all((x - 90) ** 2 + (y - 90) ** 2 <= cut**2 for x, y in light)


def test_a_favicon_holds_each_size_drawn_by_itself(sample: Practice) -> None:
    icon = Image.open(io.BytesIO(draw_favicon(draw_mark(sample))))
    assert icon.format == "ICO"
    assert icon.info["sizes"] == {(side, side) for side in FAVICON_SIDES_PX}
