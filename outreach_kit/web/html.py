"""The one Jinja environment of each language: escaping on, silence about nothing, compiled once."""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket

from outreach_kit.places import TEMPLATES
from outreach_kit.web.crisis import crisis_in
from outreach_kit.web.directions import tell_apart
from outreach_kit.web.fallbacks import load_for_pages
from outreach_kit.web.language import direction_of
from outreach_kit.web.trust import trusted as trusted


@functools.cache
def environment(language: str) -> Environment:
    """Jinja set up for a language. Its templates are loaded once and never looked at again."""
    made = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(),
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(load_for_pages(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["crisis"] = crisis_in(language)
    return made


def render(template: str, language: str, view: object) -> str:
    """The text of a page; the template sees its view as `view` and nothing else."""
    return tell_apart(_template(template, language).render(view=view), direction_of(language))


@functools.cache
def _template(template: str, language: str) -> Template:
    return environment(language).get_template(template)


class _Environment(Environment):
    """What all templates know is set before the first is loaded, so each has it in a mapping of its own.

    Jinja looks through a chain of two, name by name, whenever a page begins and for each set of macros.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class _Compiled(BytecodeCache):
    """Compiled templates beside the templates, as Python keeps its own; what was changed is compiled anew.

    All templates take ten milliseconds to compile each. A folder that cannot be written keeps none.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), self._path(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        path = self._path(bucket)
        beside = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            with beside.open("wb") as file:
                bucket.write_bytecode(file)
            beside.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return TEMPLATES / "__pycache__" / f"{bucket.key}.{sys.implementation.cache_tag}.jinja"
