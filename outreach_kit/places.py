"""Where the checkout keeps what is not Python: templates, sheets, assets, the sample practice."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parent.parent
SITE_SRC: Final = CHECKOUT / "site_src"
SAMPLE_PRACTICE: Final = SITE_SRC / "practice"
TEMPLATES: Final = SITE_SRC / "templates"
PAPER: Final = SITE_SRC / "paper"
ASSETS: Final = SITE_SRC / "assets"
LOCALES: Final = SITE_SRC / "locales"
