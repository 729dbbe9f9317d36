"""What machines read: robots, sitemap, headers."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree as ET

import pytest

from outreach_kit.web import Site, page_headers, plan_pages
from tests.outreach_kit.web.things import Document, change_facts, render_all

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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


def headers_in(text: str) -> dict[str, str]:
    lines = text.splitlines()
    assert lines[0] == "/*"
    return dict(line.strip().split(": ", 1) for line in lines[1 : lines.index("")])


def test_the_headers_file_holds_the_same_policy(site: Site) -> None:
    text = render_all(site)["/_headers"]
    headers = headers_in(text)
    assert headers.pop("Strict-Transport-Security") == "max-age=31536000"
    assert headers == dict(page_headers(site.form_url))
    assert "  Cache-Control: public, max-age=31536000, immutable" in text.splitlines()


def test_only_a_site_that_is_known_to_be_secure_is_pinned_to_it(site: Site) -> None:
    nowhere = dataclasses.replace(site, site_url=None)
    assert headers_in(render_all(nowhere)["/_headers"]) == dict(page_headers(site.form_url))


def test_only_what_has_said_its_day_has_one_in_the_sitemap(site: Site) -> None:
    tree = ET.fromstring(render_all(site)["/sitemap.xml"])
    days = {
        row.findtext(f"{SPACE}loc", "").rpartition("example")[2]: row.findtext(f"{SPACE}lastmod")
        for row in tree.iter(f"{SPACE}url")
    }
    assert days["/notes/after-the-clear-result/"] == "2026-11-09"
    assert days["/"] is None
    assert sum(day is not None for day in days.values()) == len(site.practice.notes)


def on_github(site: Site, site_url: str | None = "https://harborstreet.example") -> dict[str, str]:
    practice = change_facts(site.practice, practice={"github_pages": True})
    return render_all(dataclasses.replace(site, practice=practice, site_url=site_url))


def test_github_pages_gets_the_files_that_it_asks_for(site: Site) -> None:
    files = on_github(site)
    assert (files["/CNAME"], files["/.nojekyll"]) == ("harborstreet.example\n", "")
    assert {"/CNAME", "/.nojekyll"}.isdisjoint(render_all(site))


@pytest.mark.parametrize("url", [None, "https://nora.github.io", "https://clinic.example/nora"])
def test_without_a_domain_of_its_own_there_is_no_cname(site: Site, url: str | None) -> None:
    assert "/CNAME" not in on_github(site, url)


def test_where_no_header_can_be_set_each_page_carries_its_policy(site: Site) -> None:
    header = page_headers(site.form_url)["Content-Security-Policy"]
    meta = {"http_equiv": "Content-Security-Policy"}
    for url, text in on_github(site).items():
        if url.endswith(("/", ".html")):
            policy = Document(text).one("meta", **meta)["content"]
            assert header == f"{policy}; frame-ancestors 'none'"
            assert text.index("Content-Security-Policy") < text.index("stylesheet")
    assert not Document(render_all(site)["/"]).all("meta", **meta)
