"""What pictures are drawn from, by name: whoever asks whether it has changed need not load who draws."""

from __future__ import annotations

from typing import Final

MARK_TEMPLATE: Final = "mark.typ"
SOCIAL_TEMPLATE: Final = "social-card.typ"
OWN_FONTS: Final = "fonts"
"""The folder in a practice that may hold further fonts, for scripts that ours do not have."""
