"""A table holds what its annotations say, and tells everything that is wrong with it at once."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import pytest

from outreach_kit.practice.checking import checker_of
from outreach_kit.practice.docstrings import docstrings_of
from outreach_kit.practice.facts import Fee, Hours, Place
from outreach_kit.practice.faults import Invalid, Refused
from outreach_kit.practice.plain import as_plain, by_default, is_none, unsaid
from outreach_kit.practice.shapes import After, Before, Instead, Limits, asked_last, made_from
from outreach_kit.practice.table import Facts


def even(number: int) -> int:
    if number % 2:
        raise Refused("It is odd.", "Add one.")
    return number


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Leaf(Facts):
    width: Annotated[int, Limits(1, 9), After(even)] = 2
    """In millimetres."""
    colour: Colour = Colour.RED
    note: str | None = None


class Branch(Leaf):
    name: Annotated[str, Before(str.strip), Limits(1, 5)]
    """What it is called.

    Nobody reads this line.
    """
    leaves: tuple[Leaf, ...] = ()
    alive: bool = True
    price: Annotated[Decimal, Instead(Decimal)] = Decimal(0)
    slug: str = made_from(default_factory=lambda known: str(known["name"]).lower())

    @asked_last
    def _in_leaf(self) -> None:
        if not self.alive and self.leaves:
            raise Refused("Dead branches have no leaves.", "Pick them.")


def faults(**said: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        Branch.model_validate(said)
    return [(".".join(map(str, one.place)), one.kind) for one in caught.value.faults]


def test_a_table_is_made_of_what_a_parser_gives() -> None:
    made = Branch.model_validate(
        {"name": " Oak ", "width": 4, "leaves": [{"colour": "blue"}, {}], "price": "1.50"}
    )
    assert (made.name, made.width, made.slug, made.price) == ("Oak", 4, "oak", Decimal("1.50"))
    assert made.leaves == (Leaf(colour=Colour.BLUE), Leaf())
    assert made.model_fields_set == {"name", "width", "leaves", "price"}


def test_all_that_is_wrong_is_told_at_once_and_each_thing_once() -> None:
    assert faults(
        width="4", leaves=[{"width": 3}, "x", {"widht": 2}], alive=1, colour="green", note=7
    ) == [
        ("width", "int_type"),
        ("colour", "enum"),
        ("note", "string_type"),
        ("name", "missing"),
        ("leaves.0.width", "refused"),
        ("leaves.1", "model_type"),
        ("leaves.2.widht", "extra_forbidden"),
        ("alive", "bool_type"),
    ]


@pytest.mark.parametrize(
    ("width", "kind"),
    [
        (True, "int_type"),
        (4.0, "int_type"),
        (0, "greater_than_equal"),
        (10, "less_than_equal"),
        (3, "refused"),
    ],
)
def test_a_number_is_a_number_within_its_bounds(width: object, kind: str) -> None:
    assert faults(name="Oak", width=width) == [("width", kind)]


def test_length_is_counted_of_what_was_made_of_a_text() -> None:
    assert faults(name="   ") == [("name", "too_short")]
    assert faults(name="Sycamore") == [("name", "too_long")]
    assert Branch(name="  Beech  ").name == "Beech"


def test_a_pattern_is_for_all_of_a_text() -> None:
    check = checker_of(Annotated[str, Limits(like="[a-z]+")])
    found: list[Any] = []
    assert check("oak", (), found) == "oak"
    check("oak\n", (), found)
    assert [one.kind for one in found] == ["string_pattern_mismatch"]


def test_a_table_looks_at_itself_when_each_value_is_right() -> None:
    assert faults(name="Oak", alive=False, leaves=[{}]) == [("", "refused")]
    assert faults(name="Oak", alive=False, leaves=[{"width": 0}]) == [
        ("leaves.0.width", "greater_than_equal")
    ]


def test_what_is_made_in_code_is_checked_too_and_then_stays() -> None:
    with pytest.raises(Invalid, match="It is odd"):
        Leaf(width=3)
    leaf = Leaf(width=4)
    with pytest.raises(AttributeError, match="frozen"):
        leaf.width = 6  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del leaf.width
    wider = leaf.model_copy(update={"width": 6})
    assert (leaf.width, wider.width, wider.colour) == (4, 6, Colour.RED)


def test_tables_that_say_the_same_are_the_same() -> None:
    assert Leaf(width=4) == Leaf.model_validate({"width": 4})
    assert len({Leaf(), Leaf(width=2), Leaf(width=4)}) == 2
    assert Leaf() != Branch(name="Oak")
    assert repr(Leaf()) == "Leaf(width=2, colour=<Colour.RED: 'red'>, note=None)"
    assert str(Leaf()) == "width=2 colour=<Colour.RED: 'red'> note=None"


def test_keys_come_in_the_order_of_the_source_those_extended_first() -> None:
    assert [*Branch.model_fields][:4] == ["width", "colour", "note", "name"]
    assert [name for name, key in Branch.model_fields.items() if key.is_required()] == ["name"]


def test_what_stands_below_a_key_describes_it() -> None:
    assert docstrings_of(Branch) == {
        "width": "In millimetres.",
        "name": "What it is called.\n\nNobody reads this line.",
    }
    assert Branch.model_fields["width"].description == "In millimetres."
    assert Branch.model_fields["alive"].description is None


def test_an_annotation_that_nobody_knows_is_a_mistake_in_the_program() -> None:
    for annotation in (float, dict[str, str], int | str, tuple[int, str]):
        with pytest.raises(TypeError, match="nobody knows"):
            checker_of(annotation)


def test_plain_values_are_those_of_json() -> None:
    fee = Fee(name="Session", price=Decimal("190.50"))
    whole = {"kind": "session", "name": "Session", "minutes": None, "price": "190.50"}
    assert as_plain(fee) == {**whole, "note": None, "slug": "session"}
    assert as_plain(fee, unsaid) == {"name": "Session", "price": "190.50"}
    assert as_plain(fee, by_default) == {"name": "Session", "price": "190.50", "slug": "session"}
    assert as_plain((fee,), is_none) == [{**as_plain(fee, by_default), "kind": "session"}]
    hours = Hours.model_validate({"monday": "9:00-12:00"})
    assert as_plain(hours, unsaid) == {"monday": [["09:00:00", "12:00:00"]]}


def test_a_default_is_made_only_of_what_is_there() -> None:
    with pytest.raises(Invalid) as caught:
        Place.model_validate({"city": 7, "region": "WA", "postal_code": "98101"})
    assert [one.kind for one in caught.value.faults] == ["string_type"]
