"""The practice's mark: the same letter on every device, whatever fonts it has."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from outreach_kit.brand import palette
from outreach_kit.practice import Practice
from outreach_kit.web.mark import draw_mark, initial_of
from tests.outreach_kit.web.things import change_facts

PATH = "{http://www.w3.org/2000/svg}path"


def named(practice: Practice, name: str) -> Practice:
    return change_facts(practice, practice={"name": name})


def outline(practice: Practice) -> str:
    (path,) = ET.fromstring(draw_mark(practice)).iter(PATH)
    return path.attrib["d"]


def test_it_is_the_practices_initial_as_an_outline_on_its_accent(practice: Practice) -> None:
    mark = ET.fromstring(draw_mark(practice))
    (ground,) = mark.iter("{http://www.w3.org/2000/svg}rect")
    assert ground.attrib["fill"] == palette(practice.brand).accent
    assert initial_of(practice) == "H"
    assert outline(practice) != outline(named(practice, "Alder Falls Therapy"))
    assert "text" not in draw_mark(practice), "a letter that the device sets in a face of its own"


@pytest.mark.parametrize("name", ["مركز المرفأ", "“<&>”", "心理咨询"])
def test_a_name_in_another_script_has_the_doorway(practice: Practice, name: str) -> None:
    doorway = outline(named(practice, "—"))
    assert doorway
    assert outline(named(practice, name)) == doorway


def test_a_letter_that_becomes_two_as_a_capital_has_the_doorway_too(practice: Practice) -> None:
    assert initial_of(named(practice, "ß-Klinik")) == "SS"
    assert outline(named(practice, "ß-Klinik")) == outline(named(practice, "—"))
