"""What machines read: structured data, robots, sitemap, headers."""

from __future__ import annotations

import dataclasses
import json
from typing import Any
from xml.etree import ElementTree as ET

from outreach_kit.practice import Practice
from outreach_kit.web import Site, page_headers, plan_pages
from tests.outreach_kit.web.things import Document, change_clinician, render_all


def described(site: Site, url: str) -> dict[str, Any]:
    page = Document(render_all(site)[url])
    found = json.loads(page.one("script", type="application/ld+json").text)
    assert isinstance(found, dict)
    return found


def test_home_describes_a_business_and_its_people(site: Site) -> None:
    business = described(site, "/")
    assert (business["@context"], business["@type"]) == ("https://schema.org", "MedicalBusiness")
    assert business["telephone"] == "+13605550142"
    assert business["address"]["addressLocality"] == "Alder Falls"
    assert len(business["openingHoursSpecification"]) == 4
    assert business["openingHoursSpecification"][0]["opens"] == "09:00"
    assert [one["name"] for one in business["employee"]] == ["Nora Ellison"]


def test_a_profile_describes_a_person(site: Site) -> None:
    profile = described(site, "/clinicians/nora-ellison/")
    assert profile["@type"] == "ProfilePage"
    person = profile["mainEntity"]
    assert person["identifier"]["value"] == "1234567893"
    assert person["url"] == "https://harborstreet.example/clinicians/nora-ellison/"
    assert person["worksFor"]["name"] == "Harbor Street Counseling PLLC"


def test_what_is_not_known_is_left_out_and_not_empty(site: Site, practice: Practice) -> None:
    unknown = change_clinician(practice, npi=None, credentials=(), title=None)
    nowhere = dataclasses.replace(site, practice=unknown, site_url=None)
    person = described(nowhere, "/")["employee"][0]
    assert not {"identifier", "honorificSuffix", "jobTitle", "url"} & set(person)


def test_words_cannot_end_the_element_that_holds_them(site: Site, practice: Practice) -> None:
    niche = "</script><script>alert(1)</script> & more"
    changed = dataclasses.replace(site, practice=change_clinician(practice, niche=niche))
    assert described(changed, "/")["description"] == niche


def test_the_sitemap_lists_each_page_once_with_its_whole_address(site: Site) -> None:
    tree = ET.fromstring(render_all(site)["/sitemap.xml"])
    listed = [
        element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert listed == [
        f"https://harborstreet.example{plan.url}" for plan in plan_pages(site) if plan.listed
    ]
    assert "https://harborstreet.example/404.html" not in listed
    assert len(listed) == len(set(listed)) > 8


def test_robots_are_shown_the_sitemap_where_there_is_one(site: Site) -> None:
    assert "Sitemap: https://harborstreet.example/sitemap.xml\n" in render_all(site)["/robots.txt"]
    nowhere = dataclasses.replace(site, site_url=None)
    assert "Sitemap" not in render_all(nowhere)["/robots.txt"]


def test_the_policy_lets_the_form_out_and_nothing_else() -> None:
    policy = page_headers("https://refer.harborstreet.example/intake")["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["form-action"] == "'self' https://refer.harborstreet.example"
    assert rules["connect-src"] == "'self' https://refer.harborstreet.example"
    assert not [rule for rule in rules.values() if "unsafe" in rule or "*" in rule]
    assert page_headers(None)["Content-Security-Policy"].count("https://") == 0


def test_the_headers_file_holds_the_same_policy(site: Site) -> None:
    lines = render_all(site)["/_headers"].splitlines()
    assert lines[0] == "/*"
    headers = dict(line.strip().split(": ", 1) for line in lines[1 : lines.index("")])
    assert headers == dict(page_headers(site.form_url))
    assert "  Cache-Control: public, max-age=31536000, immutable" in lines
