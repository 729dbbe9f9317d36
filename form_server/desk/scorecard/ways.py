"""Where the scorecard can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.scorecard.files import take_scorecard
from form_server.desk.scorecard.printing import print_year_review
from form_server.desk.scorecard.show import show_scorecard
from form_server.desk.ways import Way

WAYS: Final = (
    Way("/scorecard", show_scorecard),
    Way("/scorecard/year-review.pdf", print_year_review),
    Way("/scorecard/<name>", take_scorecard),
)
