"""What a preview adds to the pages of a site: how they reload, and what stands there when a build failed."""

from __future__ import annotations

import html
from typing import Final

RELOAD_URL: Final = "/__preview/reload.js"
EVENTS_URL: Final = "/__preview/events"
RELOAD_SCRIPT: Final = b"""\
const events = new EventSource(`/__preview/events${new URL(import.meta.url).search}`);
events.addEventListener("built", () => location.reload());
"""


def reload_from(generation: int) -> str:
    return f'<script type="module" src="{RELOAD_URL}?{generation}"></script>'


def error_page(error: str, generation: int) -> bytes:
    rows = "".join(f"<li>{html.escape(line)}</li>" for line in error.splitlines())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>This cannot be built yet</title>'
        '<body style="font:1.1rem/1.6 system-ui;max-width:46rem;margin:3rem auto;padding:0 1rem">'
        f"<h1>This cannot be built yet</h1><ul>{rows}</ul>"
        "<p>Save a change and this page comes back by itself.</p>"
        f"{reload_from(generation)}</body></html>"
    ).encode()
