"""Frozen values whose classes are made in a tenth of the time that `dataclass(frozen=True)` takes.

That writes the source of seven methods for each class and compiles it, whenever a program starts: half a
millisecond a class, and a build has two hundred of them before it has read a word. Here the methods are
written once and go by the names of the fields. All else is the standard library's, which `fields`,
`replace` and `asdict` work on: a class is declared as one declares a dataclass.

Nothing here is for mutable classes, for `slots` or for an order; those stay with `dataclass`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, NoReturn, TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Made]) -> type[Made]:
    """The class with what a frozen dataclass has; a method that it has written itself stays."""
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # else `dataclass` has `inspect` find out a signature
    own = dict(vars(cls))
    dataclass(init=False, repr=False, eq=False)(cls)
    every = fields(cls)  # type: ignore[arg-type]
    compared = [one.name for one in every if one.compare]
    hashed = [one.name for one in every if (one.compare if one.hash is None else one.hash)]
    methods: dict[str, Callable[..., object]] = {
        "__init__": _make_init(every, has_more=hasattr(cls, "__post_init__")),
        "__eq__": _make_eq(compared),
        "__hash__": _make_hash(hashed),
        "__repr__": _make_repr([one.name for one in every if one.repr]),
        "__setattr__": _refuse_to_assign,
        "__delattr__": _refuse_to_delete,
    }
    for name, method in methods.items():
        if (
            own.get(name) is None
        ):  # Python itself puts None where there is an `__eq__` and no `__hash__`
            setattr(cls, name, method)
    return cls


def _make_init(every: Sequence[Field[Any]], *, has_more: bool) -> Callable[..., None]:
    taken = tuple(one.name for one in every if one.init)
    # The names in the order of the fields: so they stand in `vars`, whoever was named first.
    parts = tuple((one.name, one.default, one.default_factory) for one in every if one.init)
    rest = tuple((one.name, one.default, one.default_factory) for one in every if not one.init)

    def init(self: Any, /, *given: Any, **named: Any) -> None:
        if given:
            _add_given(type(self), taken, given, named)
        values = self.__dict__
        for name, default, factory in parts:
            if name in named:
                values[name] = named.pop(name)
            elif default is not MISSING:
                values[name] = default
            elif factory is not MISSING:
                values[name] = factory()
            else:
                raise TypeError(f"{type(self).__name__}() lacks “{name}”")
        if named:
            raise TypeError(f"{type(self).__name__}() has no “{next(iter(named))}”")
        for name, default, factory in rest:
            if factory is not MISSING:
                values[name] = factory()
            elif default is not MISSING:
                values[name] = default
        if has_more:
            self.__post_init__()

    return init


def _add_given(
    cls: type, taken: Sequence[str], given: Sequence[object], named: dict[str, object]
) -> None:
    """Give what came without a name the name of its place."""
    if len(given) > len(taken):
        raise TypeError(f"{cls.__name__}() takes {len(taken)} values, not {len(given)}")
    for name, value in zip(taken, given, strict=False):
        if name in named:
            raise TypeError(f"{cls.__name__}() got “{name}” twice")
        named[name] = value


def _make_eq(names: Sequence[str]) -> Callable[[Any, Any], object]:
    read = _reader_of(names)

    def is_equal(self: Any, other: Any) -> object:
        if self is other:
            return True
        if other.__class__ is not self.__class__:
            return NotImplemented
        return read(self) == read(other)

    return is_equal


def _make_hash(names: Sequence[str]) -> Callable[[Any], int]:
    read = _reader_of(names)
    return lambda self: hash(read(self))


def _make_repr(names: Iterable[str]) -> Callable[[Any], str]:
    shown = tuple(names)

    @recursive_repr()
    def show(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({said})"

    return show


def _reader_of(names: Sequence[str]) -> Callable[[Any], object]:
    return attrgetter(*names) if names else lambda _one: ()


def _refuse_to_assign(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
