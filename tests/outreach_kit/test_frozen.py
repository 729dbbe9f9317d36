"""A frozen value does what a frozen dataclass does."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from outreach_kit.frozen import frozen


@frozen
class Door:
    """Where somebody knocks."""

    name: str
    steps: int = 0
    hours: tuple[str, ...] = ()
    knocks: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.steps < 0:
            raise ValueError("no door lies below the ground")


@dataclass(frozen=True)
class Plain:
    """The same as the standard library makes it."""

    name: str
    steps: int = 0
    hours: tuple[str, ...] = ()
    knocks: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)


@frozen
class Gate(Door):
    width_cm: int = 90


@frozen
class Shut:
    names: list[str] = field(default_factory=list, hash=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shut)

    def __repr__(self) -> str:
        return "shut"


def test_values_come_by_place_or_by_name_and_defaults_fill_the_rest() -> None:
    for made in (Door("phone", 2), Door(steps=2, name="phone"), Door("phone", steps=2)):
        assert (made.name, made.steps, made.hours, made.knocks) == ("phone", 2, (), {})
        assert list(vars(made)) == list(vars(Plain("phone", 2)))
    assert Door("a").knocks is not Door("a").knocks


def test_what_fits_no_field_is_refused() -> None:
    make: Callable[..., Door] = Door
    cases: list[tuple[tuple[object, ...], dict[str, object]]] = [
        ((), {}),
        (("a", 1, (), {}), {}),
        (("a",), {"name": "b"}),
        (("a",), {"knocks": {}}),
        (("a",), {"bell": 1}),
    ]
    for given, named in cases:
        with pytest.raises(TypeError, match="Door"):
            make(*given, **named)


def test_what_it_has_to_say_of_its_values_is_asked_of_each() -> None:
    with pytest.raises(ValueError, match="below the ground"):
        Door("cellar", -1)
    with pytest.raises(ValueError, match="below the ground"):
        replace(Gate("yard"), steps=-1)


def test_nothing_can_be_assigned_or_deleted() -> None:
    door = Door("phone")
    with pytest.raises(FrozenInstanceError):
        door.steps = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del door.name
    assert door == Door("phone")


def test_equal_are_values_of_one_class_whose_compared_fields_are() -> None:
    door = Door("phone", 1)
    door.knocks["nine"] = 1
    assert door == Door("phone", 1)
    assert hash(door) == hash(Door("phone", 1)) == hash(Plain("phone", 1))
    assert len({door, Door("phone", 1), Door("phone", 2), Gate("phone", 1)}) == 3
    others: list[object] = [Plain("phone", 1), "phone", None]
    assert all(door != other for other in others)


def test_methods_of_its_own_stay() -> None:
    assert repr(Shut()) == "shut"
    assert Shut(["a"]) == Shut(["b"])
    assert hash(Shut(["a"])) == hash(Shut(["b"]))


def test_the_standard_library_takes_it_for_a_dataclass() -> None:
    gate = Gate("yard", 1, width_cm=120)
    assert [one.name for one in fields(gate)] == ["name", "steps", "hours", "knocks", "width_cm"]
    assert replace(gate, steps=2) == Gate("yard", 2, (), 120)
    assert asdict(gate) == {
        "name": "yard", "steps": 1, "hours": (), "knocks": {}, "width_cm": 120
    }  # fmt: skip
    assert repr(gate) == "Gate(name='yard', steps=1, hours=(), width_cm=120)"
    assert pickle.loads(pickle.dumps(gate)) == gate
    match gate:
        case Gate(name, steps):
            assert (name, steps) == ("yard", 1)
