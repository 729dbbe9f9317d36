"""The one Jinja environment of each language: escaping on, silence about nothing, compiled once."""

from __future__ import annotations

import functools

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from outreach_kit.places import TEMPLATES
from outreach_kit.web.language import load_translations


@functools.cache
def environment(language: str) -> Environment:
    """Jinja set up for a language. Its templates are loaded once and never looked at again."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(load_translations(language), newstyle=True)  # type: ignore[attr-defined]
    return made


def render(template: str, language: str, view: object) -> str:
    """The text of a page; the template sees its view as `view` and nothing else."""
    return environment(language).get_template(template).render(view=view)


def trusted(html: str) -> Markup:
    """Mark HTML that this room has written or sanitised itself; never what a visitor typed."""
    return Markup(html)  # noqa: S704 - the callers are the prose writer and the JSON-LD writer
