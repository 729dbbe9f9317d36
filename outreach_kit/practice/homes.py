"""Where a text of a told practice was written: in the main file, or in that of its language. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach_kit.practice.facts import Facts
from outreach_kit.practice.lines import Key
from outreach_kit.practice.translation import slug_of

if TYPE_CHECKING:
    from outreach_kit.practice.model import Practice

_TOML: Final = ".toml"


def find_home(practice: Practice, file: str, path: Key) -> tuple[str, Key]:
    """The file and key of what `path` holds, for `practice` as `in_language` told it.

    `file` and `path` name the place in the main language. They come back as they are for what its
    language does not say itself: facts, lists of tables, and texts that fall back.
    """
    told = practice.told_in
    if told is None or not file.endswith(_TOML):
        return file, path
    language = told if told in practice.overlays else told.split("-")[0]
    here, said = _file_in(practice, file, told)
    there: list[str | int] = []
    for step in path:
        if isinstance(step, str):
            here, said = _member(here, step), _member(said, step)
        else:
            here = here[step] if isinstance(here, tuple) and step < len(here) else None
            step = _place_of(here, said, step)
            said = said[step] if isinstance(said, tuple) and 0 <= step < len(said) else None
        if not said:
            return file, path
        there.append(step)
    if isinstance(said, tuple) and isinstance(said[0], Facts):
        return file, path
    return f"{file.removesuffix(_TOML)}.{language}{_TOML}", tuple(there)


def _file_in(practice: Practice, file: str, language: str) -> tuple[object, object]:
    """What the file says in the main language's shape, and what its language's own file says."""
    overlay = practice.overlay(language)
    match file.split("/"):
        case ["practice.toml"]:
            return practice.facts, overlay.practice
        case ["audiences.toml"]:
            return {"audience": practice.audiences}, {"audience": overlay.audiences}
        case ["trainings.toml"]:
            return {"training": practice.trainings}, {"training": overlay.trainings}
        case ["resources.toml"]:
            return {"line": practice.lines}, {"line": overlay.lines}
        case ["clinicians", slug, "clinician.toml"]:
            whose = practice.clinician(slug)
            return whose and whose.facts, overlay.clinicians.get(slug)
        case _:
            return None, None


def _member(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else getattr(value, key, None)


def _place_of(here: object, said: object, place: int) -> int:
    """The place of a table among those of its language, by its slug; -1 when it is not among them."""
    if not isinstance(here, Facts) or not isinstance(said, tuple):
        return place
    slugs = [slug_of(one) for one in said]
    return slugs.index(slug_of(here)) if slug_of(here) in slugs else -1
