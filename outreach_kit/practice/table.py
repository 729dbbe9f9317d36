"""What a table of a TOML file holds: its keys are annotations, and a value that is not right makes none.

Declared as one declares a dataclass, and asked as one asks a pydantic model, whose names these are. It is
neither: a build has read its practice before such a library is imported and has made its models ready.
Here nothing is looked at before a table of the kind is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final, NoReturn, Self, dataclass_transform, get_origin

from outreach_kit.practice.checking import NOTHING, checker_of, note_refused, strip_annotated
from outreach_kit.practice.faults import Fault, Invalid, Place, Refused
from outreach_kit.practice.shapes import LAST, MadeFrom, made_from

REQUIRED: Final = object()


class Key:
    """One key of a table. `whole` is its annotation as it stands, `annotation` the type alone."""

    def __init__(self, table: type[Facts], name: str, whole: Any, default: object) -> None:
        self._table, self._name = table, name
        self.whole = whole
        self.annotation: Any = strip_annotated(whole)
        self.default = default
        self.check = checker_of(whole)

    def is_required(self) -> bool:
        return self.default is REQUIRED

    @property
    def description(self) -> str | None:
        """The string that stands below it in the source."""
        # Late: for complaints and schemas.
        from outreach_kit.practice.docstrings import docstrings_of

        return docstrings_of(self._table).get(self._name)


class _Keys:
    """The keys of a table's class, found when they are first asked for."""

    def __init__(self) -> None:
        self._known: dict[type[Facts], Mapping[str, Key]] = {}

    def __get__(self, one: object, table: type[Facts]) -> Mapping[str, Key]:
        if table not in self._known:
            self._known[table] = dict(_find_keys(table))
        return self._known[table]


def _find_keys(table: type[Facts]) -> Iterator[tuple[str, Key]]:
    """Those of the classes that it extends come first."""
    for home in reversed(table.__mro__):
        names = vars(sys.modules[home.__module__])
        for name, said in vars(home).get("__annotations__", {}).items():
            whole = eval(said, names) if isinstance(said, str) else said  # noqa: S307 - our own source
            if not name.startswith("_") and get_origin(whole) is not ClassVar:
                yield name, Key(table, name, whole, getattr(table, name, REQUIRED))


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(made_from,))
class Facts:
    """Strict and frozen; an unknown key is an error, because it is nearly always a misspelt one."""

    __slots__ = ("__dict__", "_given")
    _given: frozenset[str]
    _last: ClassVar[tuple[Callable[[Any], object], ...]] = ()
    model_fields: ClassVar[_Keys] = _Keys()

    def __init_subclass__(cls) -> None:
        cls._last += tuple(one for one in vars(cls).values() if hasattr(one, LAST))

    def __init__(self, **given: Any) -> None:
        """Raises Invalid with all that is wrong."""
        vars(self).update(vars(self.model_validate(given)))
        object.__setattr__(self, "_given", frozenset(given))

    @classmethod
    def model_validate(cls, raw: object) -> Self:
        """The table that a mapping describes. Raises Invalid with all that is wrong."""
        faults: list[Fault] = []
        made: Self = cls.check_raw(raw, (), faults)
        if faults:
            raise Invalid(faults)
        return made

    @classmethod
    def check_raw(cls, raw: Any, place: Place, faults: list[Fault]) -> Any:
        """The table, or NOTHING where a fault was noted: as `checking` has it of any annotation."""
        if isinstance(raw, cls):
            return raw
        if not isinstance(raw, Mapping):
            faults.append(Fault("model_type", place, raw, {}))
            return NOTHING
        before = len(faults)
        values = cls._check_each(raw, place, faults)
        if len(faults) > before:
            return NOTHING
        made = cls._of(values, frozenset(raw))
        for look_at in cls._last:
            try:
                look_at(made)
            except Refused as refused:
                return note_refused(refused, place, raw, faults)
        return made

    @classmethod
    def _check_each(
        cls, raw: Mapping[str, Any], place: Place, faults: list[Fault]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        before = len(faults)
        for name, key in cls.model_fields.items():
            if name in raw:
                values[name] = key.check(raw[name], (*place, name), faults)
            elif key.is_required():
                faults.append(Fault("missing", (*place, name), raw, {}))
            elif not isinstance(key.default, MadeFrom):
                values[name] = key.default
            elif len(faults) == before:  # else what it is made from may not be there
                values[name] = key.default.make(values)
        faults += (
            Fault("extra_forbidden", (*place, name), value, {})
            for name, value in raw.items()
            if name not in cls.model_fields
        )
        return values

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values, which nobody checks."""
        return self._of({**vars(self), **update}, self._given.union(update))

    @property
    def model_fields_set(self) -> frozenset[str]:
        """The keys that were written; the others have their defaults."""
        return self._given

    @classmethod
    def _of(cls, values: Mapping[str, Any], given: frozenset[str]) -> Self:
        made = cls.__new__(cls)
        vars(made).update(values)
        object.__setattr__(made, "_given", given)
        return made

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: make another with model_copy")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._said())})"

    def __str__(self) -> str:
        return " ".join(self._said())

    def _said(self) -> Iterator[str]:
        return (f"{name}={value!r}" for name, value in vars(self).items())
