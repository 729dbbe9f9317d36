"""How one value is checked: an annotation becomes a function that returns the value, or notes its faults.

All faults are noted and not only the first, each under the place where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from outreach_kit.practice.faults import Fault, Place, Refused
from outreach_kit.practice.shapes import After, Before, Instead, Limits

Check = Callable[[Any, Place, list[Fault]], Any]
"""Given a value as it was written, its place, and the faults so far: the value as it is meant, or NOTHING."""
NOTHING: Final = object()
"""What comes of a value with faults."""


def strip_annotated(annotation: Any) -> Any:
    """The type alone."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def checker_of(annotation: Any) -> Check:
    """Raises TypeError for an annotation that this house does not use."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *marks = get_args(annotation)
        return _marked(base, marks)
    if origin in {Union, UnionType}:
        inner, *others = (one for one in get_args(annotation) if one is not NoneType)
        if not others:
            return _or_none(checker_of(inner))
    if origin is tuple:
        inner, *rest = get_args(annotation)
        if rest == [...]:
            return _each(checker_of(inner))
    if isinstance(annotation, type):
        if own := getattr(annotation, "check_raw", None):
            checked: Check = own
            return checked
        if issubclass(annotation, Enum):
            return _one_of(annotation)
        if annotation in _KINDS:
            return _exactly(annotation, _KINDS[annotation])
    raise TypeError(f"nobody knows how to check {annotation!r}")


_KINDS: Final[dict[type, str]] = {str: "string_type", int: "int_type", bool: "bool_type"}


def _exactly(kind: type, fault: str) -> Check:
    def check(raw: Any, place: Place, faults: list[Fault]) -> Any:
        if type(raw) is kind:  # and not isinstance: True is no number
            return raw
        return _note(fault, place, raw, faults)

    return check


def _one_of(choices: type[Enum]) -> Check:
    *others, last = (repr(one.value) for one in choices)
    expected = f"{', '.join(others)} or {last}"

    def check(raw: Any, place: Place, faults: list[Fault]) -> Any:
        try:
            return choices(raw)
        except ValueError:
            return _note("enum", place, raw, faults, expected=expected)

    return check


def _or_none(inner: Check) -> Check:
    def check(raw: Any, place: Place, faults: list[Fault]) -> Any:
        return None if raw is None else inner(raw, place, faults)

    return check


def _each(inner: Check) -> Check:
    def check(raw: Any, place: Place, faults: list[Fault]) -> Any:
        if not isinstance(raw, list | tuple):
            return _note("tuple_type", place, raw, faults)
        before = len(faults)
        made = tuple(inner(one, (*place, number), faults) for number, one in enumerate(raw))
        return made if len(faults) == before else NOTHING

    return check


def _marked(base: Any, marks: Iterable[object]) -> Check:
    """In the order in which they are written; what comes before the type is done first."""
    whole = next((_calling(one.work) for one in marks if isinstance(one, Instead)), None)
    steps = [whole or checker_of(base)]
    for one in marks:
        if isinstance(one, Before):
            steps.insert(0, _calling(one.work))
        elif isinstance(one, After):
            steps.append(_calling(one.work))
        elif isinstance(one, Limits):
            steps.append(_within(one))

    def check(raw: Any, place: Place, faults: list[Fault]) -> Any:
        value = raw
        for step in steps:
            value = step(value, place, faults)
            if value is NOTHING:
                return NOTHING
        return value

    return check


def _calling(work: Callable[[Any], Any]) -> Check:
    def check(raw: Any, place: Place, faults: list[Fault]) -> Any:
        try:
            return work(raw)
        except Refused as refused:
            return note_refused(refused, place, raw, faults)

    return check


def _within(limits: Limits) -> Check:
    least, most = limits.least, limits.most
    like = re.compile(limits.like) if limits.like else None

    def check(value: Any, place: Place, faults: list[Fault]) -> Any:
        is_number = isinstance(value, int)
        size = value if is_number else len(value)
        if least is not None and size < least:
            kind = "greater_than_equal" if is_number else "too_short"
            return _note(kind, place, value, faults, least=least)
        if most is not None and size > most:
            kind = "less_than_equal" if is_number else "too_long"
            return _note(kind, place, value, faults, most=most)
        if like is not None and not like.fullmatch(value):
            return _note("string_pattern_mismatch", place, value, faults, pattern=limits.like)
        return value

    return check


def _note(kind: str, place: Place, raw: object, faults: list[Fault], **context: object) -> Any:
    faults.append(Fault(kind, place, raw, context))
    return NOTHING


def note_refused(refused: Refused, place: Place, raw: object, faults: list[Fault]) -> Any:
    return _note("refused", place, raw, faults, what=refused.what, todo=refused.todo)
