"""All that pages load: style sheets, scripts, faces, icon, portraits, each under a name with its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from outreach_kit.brand import palette
from outreach_kit.frozen import frozen
from outreach_kit.places import ASSETS
from outreach_kit.practice import Note, Page, Practice, Topic
from outreach_kit.web.fonts import Cache, WebFont, plan_fonts, subset_font
from outreach_kit.web.mark import draw_mark, initial_of
from outreach_kit.web.portraits import (
    PORTRAIT_WIDTH,
    SMALLER_WIDTHS,
    portrait_name,
    render_portrait,
)
from outreach_kit.web.styles import (
    BASE_SHEETS,
    DIRECTORY_SHEETS,
    FORM_SHEETS,
    SITE_SHEETS,
    bundle_styles,
    read_styles,
    squeeze_css,
)

_RECIPE: Final = 1
"""Goes up when a portrait is made another way, so that no cache hands out an older one."""


@frozen
class Assets:
    """`manifest` maps a name to its address, `files` an address (`/assets/…`) to its bytes."""

    manifest: Mapping[str, str]
    files: Mapping[str, bytes]


def collect_assets(
    practice: Practice,
    cache: Cache,
    extra: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> Assets:
    """Everything below `/assets/`; what takes time goes through `cache`.

    `extra` maps the name of a further style sheet to its own rules: `{"desk.css": text}` gives a
    bundle of the measures, the colours, the faces, the bare elements and that text. `pictures` are
    PNGs that another room has drawn, by the names under which pages ask for them.
    """
    shelf = _Shelf()
    fonts = {font: shelf.put(font.name, subset_font(font, cache)) for font in _plan_fonts(practice)}
    brand, folder = practice.brand, ASSETS / "css"
    shelf.put("site.css", bundle_styles(brand, fonts, folder, SITE_SHEETS).encode())
    shelf.put("form.css", squeeze_css(read_styles(folder, FORM_SHEETS)).encode())
    shelf.put("directory.css", squeeze_css(read_styles(folder, DIRECTORY_SHEETS)).encode())
    for name, rules in (extra or {}).items():
        shelf.put(name, bundle_styles(brand, fonts, folder, BASE_SHEETS, rules).encode())
    shelf.put_folder("js", _read_folder(ASSETS / "js", ".js"))
    shelf.put("icon.svg", _mark(practice, cache))
    for name, picture in (pictures or {}).items():
        shelf.put(f"{name.partition('/')[0]}.png", picture, as_name=name)
    for clinician in practice.clinicians:
        if clinician.portrait is not None:
            source = hashlib.sha256(clinician.portrait.read_bytes()).hexdigest()
            for width in (PORTRAIT_WIDTH, *SMALLER_WIDTHS):
                made = _portrait(clinician.portrait, source, width, cache)
                shelf.put(f"{clinician.slug}.webp", made, as_name=portrait_name(clinician, width))
    return Assets(shelf.manifest, shelf.files)


class _Shelf:
    """Collects files under addresses that change with the content, and only then."""

    def __init__(self) -> None:
        self.manifest: dict[str, str] = {}
        self.files: dict[str, bytes] = {}

    def put(self, name: str, content: bytes, *, as_name: str | None = None) -> str:
        path = PurePosixPath(name)
        address = f"/assets/{path.stem}.{_fingerprint(content)}{path.suffix}"
        self.manifest[as_name or name] = address
        self.files[address] = content
        return address

    def put_folder(self, name: str, contents: Mapping[str, bytes]) -> None:
        """Modules import each other by their plain names, so the folder carries the hash for all."""
        whole = b"\0".join(
            part for key in sorted(contents) for part in (key.encode(), contents[key])
        )
        folder = f"/assets/{name}.{_fingerprint(whole)}"
        for key, content in contents.items():
            self.manifest[f"{name}/{key}"] = f"{folder}/{key}"
            self.files[f"{folder}/{key}"] = content


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def _read_folder(folder: Path, suffix: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"*{suffix}"))}


def _mark(practice: Practice, cache: Cache) -> bytes:
    colour = palette(practice.brand).accent
    return cache(
        f"mark-{initial_of(practice)}-{colour}-{_RECIPE}.svg", lambda: draw_mark(practice).encode()
    )


def _portrait(picture: Path, source: str, width: int, cache: Cache) -> bytes:
    key = f"portraits/{source}-{width}-{_RECIPE}.webp"
    return cache(key, lambda: render_portrait(picture, width))


def _plan_fonts(practice: Practice) -> tuple[WebFont, ...]:
    """The faces for every character that stands anywhere in the practice folder."""
    characters: set[str] = set()
    for text in _texts(practice):
        characters.update(text)  # all texts in one would be as large as the whole folder
    return plan_fonts("".join(sorted(characters)))


def _texts(practice: Practice) -> Iterator[str]:
    yield str(practice.facts)
    yield from map(str, (*practice.audiences, *practice.trainings))
    yield from map(str, (*practice.overlays.values(), *practice.lines, practice.trusted))
    articles: tuple[Page | Note | Topic, ...] = (*practice.pages, *practice.notes, *practice.topics)
    for article in articles:
        yield from (article.title, article.description, article.body.text)
    for one in practice.clinicians:
        yield str(one.facts)
        for prose in (one.profile, one.elevator_speech, one.resume):
            yield from (text.text for text in prose.values())
