from __future__ import annotations

import dataclasses
import json

from outreach_kit.web import Site, plan_pages, render_page
from outreach_kit.web.shared_facts import shared_facts


def written(site: Site) -> object:
    (plan,) = (plan for plan in plan_pages(site) if plan.path == "handoff.json")
    return json.loads(render_page(plan, site))


def test_what_is_written_is_what_the_server_would_say(site: Site) -> None:
    assert written(site) == shared_facts(site.practice, site.form_url)


def test_it_says_what_an_office_relies_on(site: Site) -> None:
    facts = shared_facts(site.practice, site.form_url)
    assert facts["phone"] == site.practice.contact.phone.e164
    assert facts["form_url"] == site.form_url
    assert "other" in str(facts["reasons"])
    assert "monday" in str(facts["hours"])
    assert "working_" in str(facts["promise"])


def test_without_a_form_server_it_says_so(site: Site) -> None:
    assert shared_facts(dataclasses.replace(site, form_url=None).practice, None)["form_url"] is None
