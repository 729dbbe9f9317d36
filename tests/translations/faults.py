"""What is wrong with a catalogue: messages that lack their words, or words that lost a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from babel.messages.catalog import Catalog, Message

_PERCENT = re.compile(r"%\((\w+)\)([sd])|%%")
_NUMBERS = frozenset({"{count}", "%(count)d", "%(count)s"})
_TAG = re.compile(r"</?\w[^>]*>")


def find_faults(kept: Catalog, gathered: Catalog) -> Iterator[str]:
    """One line for each fault; `kept` is the catalogue as it lies on disk."""
    for message in gathered:
        if message.id and kept.get(message.id) is None:
            yield f"{_name(message)}: stands in {_files(message)}, and not in the catalogue"
    for message in kept:
        if not message.id:
            continue
        if gathered.get(message.id) is None:
            yield f"{_name(message)}: nothing says it any more"
        if message.fuzzy:
            yield f"{_name(message)}: is marked as fuzzy"
        yield from _check(message, kept.num_plurals)


def _check(message: Message, plurals: int) -> Iterator[str]:
    ids, said = _texts(message.id), _texts(message.string)
    if not all(said) or len(said) != (plurals if len(ids) > 1 else 1):
        yield f"{_name(message)}: has no translation"
        return
    allowed = {name for text in ids for name in _placeholders(text)}
    for place, text in enumerate(said):
        source = ids[-1] if place else ids[0]
        needed, found = _placeholders(source), _placeholders(text)
        if len(ids) > 1 and not place:
            needed -= _NUMBERS  # “one” will do where it is one
        if missing := needed - found:
            yield f"{_name(message)}: lost {', '.join(sorted(missing))}"
        if unknown := found - allowed:
            yield f"{_name(message)}: does not know {', '.join(sorted(unknown))}"
        if sorted(_TAG.findall(text)) != sorted(_TAG.findall(source)):
            yield f"{_name(message)}: has other tags"
        if text != text.strip():
            yield f"{_name(message)}: begins or ends in a blank"


def _placeholders(text: str) -> set[str]:
    """As they are written: “{name}” and “%(name)s”."""
    try:
        braces = {f"{{{name}}}" for _text, name, _spec, _how in Formatter().parse(text) if name}
    except ValueError:
        braces = {f"braces that do not close in “{text}”"}
    return braces | {match[0] for match in _PERCENT.finditer(text) if match[0] != "%%"}


def _texts(said: object) -> tuple[str, ...]:
    """One text, or one for each number; an untranslated message has one that is empty."""
    return tuple(map(str, said)) if isinstance(said, list | tuple) else (str(said or ""),)


def _name(message: Message) -> str:
    return f"“{_texts(message.id)[0][:70]}”"


def _files(message: Message) -> str:
    return ", ".join(sorted({file for file, _line in message.locations}))
