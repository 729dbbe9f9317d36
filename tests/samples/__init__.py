"""Practice folders for tests, beside the shipped sample of one clinician."""

from __future__ import annotations

from pathlib import Path
from typing import Final

GROUP_PRACTICE: Final = Path(__file__).parent / "group_practice"
"""Four clinicians, English and Spanish, two sites, long names."""

SPANISH_PRACTICE: Final = Path(__file__).parent / "spanish_practice"
"""One clinician, Spanish alone; under the slug of the shipped sample's, so that its server takes it."""
