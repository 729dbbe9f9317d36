"""Whole sites read back, page by page."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from tests.outreach_kit.web.things import Document, render_all


def read(site: Site) -> dict[str, Document]:
    """Every HTML page under its address."""
    files = render_all(site)
    return {
        url: Document(text) for url, text in files.items() if text.startswith("<!doctype html>")
    }


def reshaped(site: Site, practice: Practice) -> dict[str, Document]:
    """The same of a site whose practice is another."""
    return read(dataclasses.replace(site, practice=practice))
