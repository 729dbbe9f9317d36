"""Straight quotes, double hyphens and three points, as a typesetter would set them."""

from __future__ import annotations

import re
from typing import Final

TO_SET: Final = re.compile(r"""["']|--|\.\.\.""")
"""What `curl` would change."""


def curl(text: str, before: str) -> str:
    """Straight quotes and double hyphens as a typesetter would set them, after the character `before`."""
    whole = before + text.replace("...", "…")
    whole = re.sub(r"(?<![-\w])--(?![-\w])|(?<=\w)--(?=\w)", "–", whole)
    whole = re.sub(r"(^|[\s(\[–—])\"(?=\S|$)", r"\1“", whole).replace('"', "”")
    whole = re.sub(r"(^|[\s(\[–—“])'(?=\S|$)", r"\1‘", whole).replace("'", "’")
    return whole[len(before) :]
