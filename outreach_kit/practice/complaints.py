"""What is wrong in a table, said the way a colleague would say it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sized
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from outreach_kit.practice.faults import Fault, Place
from outreach_kit.practice.table import Facts

_SAYINGS: Final[Mapping[str, tuple[str, str]]] = {
    "string_type": ("Text is expected here.", "Put it in quotes: “…”."),
    "int_type": ("A whole number is expected here.", "Write it without quotes."),
    "bool_type": ("Yes or no is expected here.", "Write true or false, without quotes."),
    "tuple_type": ("A list is expected here.", "Write it in brackets: [“one”, “two”]."),
    "model_type": ("A table is expected here.", "Put the keys under their own [heading]."),
    "string_too_short": ("It is empty.", "Fill it in, or delete the line."),
    "too_short": ("It is empty.", "Name at least one."),
}


def explain(fault: Fault, model: type[Facts], facts: type[Facts] | None = None) -> tuple[str, str]:
    """What is wrong and what to do about it, each a sentence.

    `facts` is given when the file holds the words of a second language: the model of the file whose
    facts it must leave alone.
    """
    kind, raw, context = fault.kind, fault.raw, fault.context
    match kind:
        case "refused":
            return str(context["what"]), str(context["todo"])
        case "extra_forbidden":
            return _fact(fault, model, facts) or _unknown_key(fault, model)
        case "missing":
            return _missing(fault, model)
        case "too_long":
            return _too_long(raw, context["most"])
        case "string_pattern_mismatch":
            like = _shape(str(context["pattern"]))
            return f"“{raw}” has the wrong form.", f"It looks like this: {like}."
        case "greater_than_equal":
            return f"{raw} is out of range.", f"It must be at least {context['least']}."
        case "less_than_equal":
            return f"{raw} is out of range.", f"It must be at most {context['most']}."
        case "enum":
            return f"“{raw}” is not one of the choices.", f"Choose {context['expected']}."
    return _SAYINGS["string_too_short" if kind == "too_short" and isinstance(raw, str) else kind]


def _too_long(raw: object, most: Any) -> tuple[str, str]:
    spare = len(raw) - int(most) if isinstance(raw, Sized) else 0
    what = f"It is {spare} characters" if isinstance(raw, str) else f"There are {spare}"
    ending = "too long" if isinstance(raw, str) else "too many"
    return f"{what} {ending}.", f"Keep it to {most}."


_SHAPES: Final[Mapping[str, str]] = {
    r"^[A-Z]{2,3}$": "WA",
    r"^[A-Z]{2}$": "WA",
    r"^[0-9A-Z][0-9A-Z -]{2,9}$": "98999",
    r"^[a-z]{2,3}(-[A-Z]{2})?$": "en",
    r"^(none|[A-Z]{2}(-[A-Z]{2})?)$": "US, US-WA or none",
    r"^#[0-9a-fA-F]{6}$": "#1f5a5e",
    r"^[0-9A-Z]{9}X$": "1041C0700X",
}


def _shape(pattern: str) -> str:
    return _SHAPES.get(pattern, pattern)


def _fact(fault: Fault, model: type[Facts], facts: type[Facts] | None) -> tuple[str, str] | None:
    *around, name = fault.place
    stated = model_at(facts, tuple(around)) if facts else None
    if stated is None or str(name) not in stated.model_fields:
        return None
    table = model_at(model, tuple(around))
    words = ", ".join(table.model_fields) if table else ""
    return (
        f"“{name}” is a fact, and facts are the same in every language.",
        f"Leave it to the main file; what can be translated here: {words}.",
    )


def _unknown_key(fault: Fault, model: type[Facts]) -> tuple[str, str]:
    parent = model_at(model, fault.place[:-1])
    known = sorted(parent.model_fields) if parent else []
    name = str(fault.place[-1])
    close = difflib.get_close_matches(name, known, n=1)
    todo = f"Did you mean “{close[0]}”?" if close else f"The keys here are: {', '.join(known)}."
    return f"There is no key “{name}”.", todo


def _missing(fault: Fault, model: type[Facts]) -> tuple[str, str]:
    name = str(fault.place[-1])
    parent = model_at(model, fault.place[:-1])
    field = parent.model_fields.get(name) if parent else None
    table = model_in(field.annotation) if field else None
    if table is not None:
        keys = ", ".join(key for key, one in table.model_fields.items() if one.is_required())
        where = f"[{'.'.join(map(str, fault.place))}]"
        if get_origin(field.annotation if field else None) is tuple:
            where = f"[{where}]"  # TOML's array of tables
        if keys or field is None or not field.description:
            return f"{where} is missing.", f"Add it{f', with {keys}' if keys else ''}."
        return f"{where} is missing.", f"Add it: {field.description.partition(chr(10))[0]}"
    meaning = (field.description or "").split("\n")[0] if field else ""
    return f"“{name}” is missing.", f"Add it: {meaning}" if meaning else "Add it."


def model_at(model: type[Facts], path: Place) -> type[Facts] | None:
    """The model that describes the table at `path`, seen through lists and optional values."""
    current: type[Facts] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = current.model_fields.get(part)
        current = model_in(field.annotation) if field else None
    return current


def model_in(annotation: Any) -> type[Facts] | None:
    if isinstance(annotation, type) and issubclass(annotation, Facts):
        return annotation
    if get_origin(annotation) in {Union, UnionType, tuple, list}:
        return next(filter(None, (model_in(one) for one in get_args(annotation))), None)
    return None
