"""What the table of fees looks like when little is known."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import reshaped


def test_no_column_is_empty_where_no_fee_says_how_long(site: Site, practice: Practice) -> None:
    fees = tuple(one.model_copy(update={"minutes": None}) for one in practice.facts.fees)
    untimed = dataclasses.replace(practice, facts=practice.facts.model_copy(update={"fees": fees}))
    assert "Length" in reshaped(site, practice)["/fees/"].one("main").text
    assert "Length" not in reshaped(site, untimed)["/fees/"].one("main").text
