"""What a build notes of a page, so that the next one may renew nothing but its words."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.publish.bodies import Packed
from outreach_kit.publish.rendering import _find_body
from outreach_kit.web import Site, plan_pages, render_page
from tests.outreach_kit.web.things import TODAY


@pytest.mark.parametrize("description", ["What this page is about, in a sentence.", ""])
def test_words_that_stand_in_the_head_too_are_not_renewed_alone(description: str) -> None:
    """A page that its owner has not described is described by its first words."""
    practice = load_practice(SAMPLE_PRACTICE)
    page = dataclasses.replace(practice.pages[0], description=description)
    assets = dict.fromkeys(("icon.svg", "site.css"), "/assets/one")
    site = Site(dataclasses.replace(practice, pages=(page,)), TODAY, assets=assets)
    plan = next(one for one in plan_pages(site) if one.kind == "own")
    text = render_page(plan, site)
    assert 'name="description" content="' in text
    bodies: dict[str, Packed] = {}
    _find_body(plan, site, text, bodies)
    assert bool(bodies) is bool(description)
