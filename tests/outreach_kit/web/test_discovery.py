"""What machines read: robots, sitemap, headers."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree as ET

from outreach_kit.web import Site, page_headers, plan_pages
from tests.outreach_kit.web.things import render_all


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
