"""JSON Schemas of the practice folder, so that an editor completes and checks the TOML while one types."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from outreach_kit.practice.audiences import AudiencesFile
from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.directories import DirectoriesFile
from outreach_kit.practice.facts import Facts, PracticeFile
from outreach_kit.practice.plain import as_plain
from outreach_kit.practice.resources import ColleaguesFile, ResourcesFile
from outreach_kit.practice.shapes import Limits, MadeFrom
from outreach_kit.practice.shapes import Schema as Said
from outreach_kit.practice.table import Key
from outreach_kit.practice.trainings import TrainingsFile
from outreach_kit.practice.words import (
    AudiencesWords,
    ClinicianWords,
    PracticeWords,
    ResourcesWords,
    TrainingsWords,
)

Schema = dict[str, Any]

SCHEMAS: Final[Mapping[str, type[Facts]]] = {
    "practice.schema.json": PracticeFile,
    "clinician.schema.json": ClinicianFile,
    "audiences.schema.json": AudiencesFile,
    "trainings.schema.json": TrainingsFile,
    "resources.schema.json": ResourcesFile,
    "colleagues.schema.json": ColleaguesFile,
    "directories.schema.json": DirectoriesFile,
    "practice-words.schema.json": PracticeWords,
    "clinician-words.schema.json": ClinicianWords,
    "audiences-words.schema.json": AudiencesWords,
    "trainings-words.schema.json": TrainingsWords,
    "resources-words.schema.json": ResourcesWords,
}


_TYPES: Final[Mapping[type, str]] = {
    NoneType: "null", bool: "boolean", int: "integer", str: "string",
}  # fmt: skip
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "array": ("minItems", "maxItems"),
    "integer": ("minimum", "maximum"),
    "string": ("minLength", "maxLength"),
}


def render_schemas() -> dict[str, str]:
    """File name to JSON text (draft 2020-12), keys in the order in which the tables name them."""
    return {name: _render(model) for name, model in SCHEMAS.items()}


def _render(model: type[Facts]) -> str:
    parts: dict[str, Schema] = {}
    whole = _table(model, parts)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$defs": dict(sorted(parts.items()))} if parts else {}),
        **whole,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _table(model: type[Facts], parts: dict[str, Schema]) -> Schema:
    keys = model.model_fields
    schema: Schema = {
        "additionalProperties": False,
        "properties": {name: _key(name, key, parts) for name, key in keys.items()},
        "title": model.__name__,
        "type": "object",
    }
    if model.__doc__:
        schema["description"] = inspect.cleandoc(model.__doc__)
    if required := [name for name, key in keys.items() if key.is_required()]:
        schema["required"] = required
    return _in_order(schema)


def _key(name: str, key: Key, parts: dict[str, Schema]) -> Schema:
    schema = _value(key.whole, parts)
    if not any("$ref" in one for one in (schema, *schema.get("anyOf", ()))):  # that has its own
        schema["title"] = name.replace("_", " ").title()
    if key.description:
        schema["description"] = key.description
    if not key.is_required() and not isinstance(key.default, MadeFrom):
        schema["default"] = as_plain(key.default)
    return _in_order(schema)


def _value(annotation: Any, parts: dict[str, Schema]) -> Schema:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(inside[0], inside[1:], parts)
    if origin in {Union, UnionType}:
        return {"anyOf": [_value(one, parts) for one in inside]}
    if origin is tuple:
        return {"items": _value(inside[0], parts), "type": "array"}
    if issubclass(annotation, Facts | Enum):
        return _part(annotation, parts)
    return {"type": _TYPES[annotation]}


def _marked(base: Any, marks: Iterable[object], parts: dict[str, Schema]) -> Schema:
    if said := [one.said for one in marks if isinstance(one, Said)]:
        return _in_order(said[-1])
    schema = _value(base, parts)
    for one in marks:
        if isinstance(one, Limits):
            least, most = _BOUNDS[str(schema["type"])]
            bounds = {least: one.least, most: one.most, "pattern": one.like}
            schema |= {name: bound for name, bound in bounds.items() if bound is not None}
    return _in_order(schema)


def _part(model: type[Facts | Enum], parts: dict[str, Schema]) -> Schema:
    name = model.__name__
    if name not in parts:
        parts[name] = {}  # its place, for what leads back to it
        parts[name] = _table(model, parts) if issubclass(model, Facts) else _choices(model)
    return {"$ref": f"#/$defs/{name}"}


def _choices(model: type[Enum]) -> Schema:
    return {"enum": [one.value for one in model], "title": model.__name__, "type": "string"}


def _in_order(schema: Mapping[str, object]) -> Schema:
    return dict(sorted(schema.items()))
