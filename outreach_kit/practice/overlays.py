"""The files of a second language: which there are, and whether they speak of what is there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from outreach_kit.practice.facts import Facts
from outreach_kit.practice.front import LANGUAGE
from outreach_kit.practice.lines import Key
from outreach_kit.practice.reading import Reader
from outreach_kit.practice.translation import slug_of
from outreach_kit.practice.words import FACTS_OF

Words = TypeVar("Words", bound=Facts)


class OverlayReader:
    """Reads `<name>.<language>.toml` beside each TOML file.

    `languages` are the practice's, the main one first; None when `practice.toml` could not be read,
    and then no language is refused.
    """

    def __init__(self, reader: Reader, languages: tuple[str, ...] | None) -> None:
        self._reader = reader
        self._languages = languages

    def read(
        self, main: Path, names: Iterable[str], model: type[Words], facts: Facts | None
    ) -> dict[str, Words]:
        """Words by language, of all files in `names` that lie over `main`; `facts` is what `main` says.

        Without `facts` (it could not be read) the words are still checked for themselves.
        """
        found: dict[str, Words] = {}
        for name in names:
            match = re.fullmatch(rf"{re.escape(main.stem)}\.(?P<language>.+)\.toml", name)
            if match is None:
                continue
            path = main.with_name(name)
            fits = self._check_language(path, main, match["language"])
            words = self._reader.toml(path, model, FACTS_OF[model])
            if words is not None and facts is not None:
                self._check_tables(path, main, words, facts)
            if words is not None and fits:
                found[match["language"]] = words
        return found

    def _check_language(self, path: Path, main: Path, language: str) -> bool:
        if not re.fullmatch(LANGUAGE, language):
            self._reader.complain(
                path, 0, "", f"“{language}” in the file's name is not a language.",
                f"Name it like {main.stem}.es.toml, or move the file away.",
            )  # fmt: skip
            return False
        if self._languages is None:
            return True
        if language == self._languages[0]:
            self._reader.complain(
                path, 0, "", f"“{language}” is the main language.",
                f"Say it in {main.name} itself, and delete this file.",
            )  # fmt: skip
            return False
        if language not in self._languages:
            said = ", ".join(f'"{one}"' for one in (*self._languages, language))
            self._reader.complain(
                path, 0, "", f"“{language}” is not a language of this practice.",
                f"Write languages = [{said}] in practice.toml, or delete this file.",
            )  # fmt: skip
            return False
        return True

    def _check_tables(
        self, path: Path, main: Path, words: Facts, facts: Facts, at: Key = ()
    ) -> None:
        """Every table that is translated must be there to be translated."""
        for key in type(words).model_fields:
            said, here = getattr(words, key), getattr(facts, key)
            if isinstance(said, Facts) and here is None:
                self._reader.complain_at(
                    path, (*at, key), f"There is no [{key}] in {main.name}.", "Delete it here."
                )
            elif isinstance(said, Facts):
                self._check_tables(path, main, said, here, (*at, key))
            elif isinstance(said, tuple) and said and isinstance(said[0], Facts):
                self._check_slugs(path, main, [slug_of(one) for one in said], here, (*at, key))

    def _check_slugs(
        self, path: Path, main: Path, said: list[str], here: Iterable[Facts], at: Key
    ) -> None:
        known = [slug_of(one) for one in here]
        for place, slug in enumerate(said):
            key = (*at, place, "slug")
            if slug not in known:
                close = difflib.get_close_matches(slug, known, n=1)
                self._reader.complain_at(
                    path, key, f"No [[{at[-1]}]] in {main.name} is called “{slug}”.",
                    f"Did you mean “{close[0]}”?" if close
                    else f"There are: {', '.join(known) or 'none'}.",
                )  # fmt: skip
            elif known.count(slug) > 1:
                self._reader.complain_at(
                    path, key, f"Two of the [[{at[-1]}]] in {main.name} are called “{slug}”.",
                    f"Give each a slug of its own in {main.name}, and use it here.",
                )  # fmt: skip
            elif slug in said[:place]:
                self._reader.complain_at(
                    path, key, f"“{slug}” is translated twice.", "Keep one of the two."
                )
