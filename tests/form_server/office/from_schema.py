"""Values out of a JSON Schema, for as much of it as the API uses: good ones, and nearly good ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

Json = Any
_LETTERS: Final = st.characters(exclude_categories=["Cs"])
_LONGEST: Final = 400
_OTHERS: Final[tuple[Json, ...]] = (
    None, True, 0, -1.5, "", "\0", "x" * 70, [], [[]], {}, {"a": 1},
)  # fmt: skip
_OTHER_KINDS: Final[st.SearchStrategy[Json]] = st.sampled_from(_OTHERS)


class UnknownSchema(Exception):
    """The document says something that nothing here makes; silently leaving it out would test less."""


def good(schema: Mapping[str, Any], document: Mapping[str, Any]) -> st.SearchStrategy[Json]:
    """What the schema allows."""
    if "$ref" in schema:
        return good(_resolve(schema["$ref"], document), document)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of(*(good(one, document) for one in schema["anyOf"]))
    match schema.get("type"):
        case "string":
            return st.text(_LETTERS, max_size=min(schema.get("maxLength", 40), _LONGEST))
        case "boolean":
            return st.booleans()
        case "array":
            return st.lists(
                good(schema["items"], document),
                min_size=schema.get("minItems", 0),
                max_size=min(schema.get("maxItems", 4), 6),
            )
        case "object":
            must = set(schema.get("required", ()))
            named = {name: good(one, document) for name, one in schema["properties"].items()}
            return st.fixed_dictionaries(
                {name: one for name, one in named.items() if name in must},
                optional={name: one for name, one in named.items() if name not in must},
            )
    raise UnknownSchema(str(schema))


def nearly_good(schema: Mapping[str, Any], document: Mapping[str, Any]) -> st.SearchStrategy[Json]:
    """An object that the schema allows but for some fields: of another kind, gone, or too many."""
    if "$ref" in schema:
        return nearly_good(_resolve(schema["$ref"], document), document)
    names = sorted(schema["properties"])
    wrong = st.dictionaries(st.sampled_from(names), _OTHER_KINDS, max_size=4)
    more = st.dictionaries(st.text(_LETTERS, max_size=8), _OTHER_KINDS, max_size=2)
    gone = st.sets(st.sampled_from(names), max_size=3)

    def spoil(parts: tuple[dict[str, Json], dict[str, Json], dict[str, Json], set[str]]) -> Json:
        value, other, extra, lost = parts
        return {name: one for name, one in {**value, **other, **extra}.items() if name not in lost}

    return st.tuples(good(schema, document), wrong, more, gone).map(spoil)


def _resolve(reference: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    resolved: Mapping[str, Any] = found
    return resolved
