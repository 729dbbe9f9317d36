"""How things are named and written down: absolute names, nothing that is not known, nothing that runs."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from outreach_kit.web.html import trusted
from outreach_kit.web.site import Site

Node = dict[str, Any]
"""A thing of schema.org. A property that is None or empty is not known, and is left out."""


def name_of(site: Site, url: str, part: str = "") -> str | None:
    """The `@id` of a thing; None while the site has no public address, because a name must be whole."""
    whole = site.address_of(url)
    return f"{whole}{part}" if whole else None


def write_down(thing: Node) -> Markup:
    """JSON that cannot end the script element it stands in, whatever the owner wrote."""
    whole = {"@context": "https://schema.org", **thing}
    text = json.dumps(_without_gaps(whole), ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return trusted(text)


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        known = {key: _without_gaps(one) for key, one in value.items()}
        return {
            key: one for key, one in known.items() if one is not None and one != [] and one != ""
        }
    if isinstance(value, list | tuple):
        return [_without_gaps(one) for one in value]
    return value
