"""Pictures of a chapter, put where their marks stand in its HTML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from markupsafe import Markup
from PIL import Image

from outreach_kit.web.handbook.book import Chapter
from outreach_kit.web.handbook.linking import FILES, Linker
from outreach_kit.web.handbook.markdown import MARK

_MARKED: Final = re.compile(rf"<p>{MARK}(\d+){MARK}</p>")
_FIGURE: Final = Markup(
    '<figure><img src="{src}" alt="{alt}" width="{width}" height="{height}"></figure>'
)


def hang_pictures(html: Markup, chapter: Chapter, linker: Linker) -> Markup:
    """The HTML with a figure for each mark; what has no file is left out and told to the linker."""

    def hang(match: re.Match[str]) -> str:
        shows, target = chapter.pictures[int(match[1])]
        path = linker.find_picture(chapter, target)
        return "" if path is None else _figure(shows, path)

    return Markup(_MARKED.sub(hang, html))  # noqa: S704 - our own HTML, and figures that are escaped


def _figure(shows: str, path: Path) -> Markup:
    """With its size, so that the text below does not jump when it comes."""
    with Image.open(path) as picture:
        width, height = picture.size
    return _FIGURE.format(src=f"{FILES}/{path.name}", alt=shows, width=width, height=height)
