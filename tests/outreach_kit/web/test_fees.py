"""What the page of fees looks like when little is known."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import reshaped
from tests.outreach_kit.web.things import change_facts


def test_no_column_is_empty_where_no_fee_says_how_long(site: Site, practice: Practice) -> None:
    fees = tuple(one.model_copy(update={"minutes": None}) for one in practice.facts.fees)
    untimed = dataclasses.replace(practice, facts=practice.facts.model_copy(update={"fees": fees}))
    assert "Length" in reshaped(site, practice)["/fees/"].one("main").text
    assert "Length" not in reshaped(site, untimed)["/fees/"].one("main").text


def test_a_practice_that_says_nothing_of_insurance_is_not_called_out_of_network(
    site: Site, practice: Practice
) -> None:
    unsaid = change_facts(practice, insurance={"plans": (), "superbills": False, "note": None})
    none = change_facts(practice, insurance={"plans": (), "superbills": True, "note": None})
    for page in ("/", "/fees/", "/first-visit/", "/clinicians/nora-ellison/"):
        assert "in network" not in reshaped(site, unsaid)[page].one("main").text
        assert "in network with any plan" in reshaped(site, none)[page].one("main").text
