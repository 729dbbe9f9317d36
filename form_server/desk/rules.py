"""The desk's own style rules: a file for each idea, in the order of their names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent.parent / "static" / "desk"


def style_rules() -> str:
    """All of them, as the bundle `desk.css` wants them."""
    return "\n".join(one.read_text("utf-8") for one in sorted(_FOLDER.glob("*.css")))
