"""The catalogues on disk: one folder a language, the text for people beside the table for programs."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from outreach_kit.places import LOCALES
from outreach_kit.web.fallbacks import DOMAIN

_WIDTH = 100


@dataclass(frozen=True)
class Home:
    """Where one language's messages are kept."""

    language: str

    @property
    def text(self) -> Path:
        return LOCALES / self.language / "LC_MESSAGES" / f"{DOMAIN}.po"

    @property
    def table(self) -> Path:
        return self.text.with_suffix(".mo")

    def read(self) -> Catalog:
        with self.text.open("rb") as file:
            return read_po(file, locale=self.language, abort_invalid=True)

    def write(self, catalog: Catalog) -> None:
        """Without line numbers, which would change with every edit of a source."""
        out = io.BytesIO()
        write_po(out, catalog, width=_WIDTH, include_lineno=False, ignore_obsolete=True)
        self.text.write_bytes(out.getvalue())

    def compile(self, catalog: Catalog) -> None:
        self.table.write_bytes(compiled(catalog))


def homes() -> tuple[Home, ...]:
    return tuple(Home(path.parent.parent.name) for path in sorted(LOCALES.glob("*/*/*.po")))


def renew(kept: Catalog, gathered: Catalog) -> Catalog:
    """The messages of the sources with the translations that are kept; what is gone is dropped."""
    kept.update(gathered, no_fuzzy_matching=True, update_creation_date=False)
    return kept


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def spoken(table: bytes) -> dict[object, str]:
    """What a compiled table says; its header, which names the version of the compiler, left out."""
    said: dict[object, str] = dict(vars(gettext.GNUTranslations(io.BytesIO(table)))["_catalog"])
    said.pop("", None)
    return said
