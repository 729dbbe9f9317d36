"""The documentation as a website: loaded, rendered, swapped into its folder like any site."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from outreach_kit.places import CHECKOUT
from outreach_kit.publish.cache import ByteCache
from outreach_kit.publish.manifest import Manifest, outputs_in, read_manifest, write_manifest
from outreach_kit.publish.write import Staging
from outreach_kit.web.handbook import load_book, render_book

DOCS: Final = CHECKOUT / "docs"
DEFAULT_BOOK_OUT: Final = CHECKOUT / "_docs"


def build_handbook(out: Path, cache: Path, docs: Path = DOCS) -> tuple[str, ...]:
    """Writes what changed and returns the names of all files. Raises ContentError for broken links."""
    files = render_book(load_book(docs), ByteCache(cache))
    before = read_manifest(cache, out)
    with Staging(out, frozenset(before.outputs if before else ())) as staging:
        for name, content in files.items():
            staging.put(name, content)
        staging.swap()
    write_manifest(cache, out, Manifest({}, {}, outputs_in(out, files)))
    return tuple(files)
