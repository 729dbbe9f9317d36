"""Which files a site has."""

from __future__ import annotations

import dataclasses

import pytest

from outreach_kit.errors import ContentError
from outreach_kit.practice import Page, Prose
from outreach_kit.web import Site, plan_pages
from tests.outreach_kit.web.things import make_group


def urls(site: Site) -> set[str]:
    return {plan.url for plan in plan_pages(site)}


def test_the_site_has_every_page_an_office_looks_for(site: Site) -> None:
    assert urls(site) >= {
        "/", "/for-offices/", "/refer/", "/hello/", "/clinicians/nora-ellison/", "/fees/", "/privacy/",
        "/print/", "/404.html", "/robots.txt", "/sitemap.xml", "/_headers", "/handoff.json",
    }  # fmt: skip


def test_no_two_files_share_a_place(site: Site) -> None:
    plans = plan_pages(dataclasses.replace(site, practice=make_group(site.practice)))
    assert len({plan.path for plan in plans}) == len(plans) > 11


def test_a_site_without_a_form_server_has_no_form_page(site: Site) -> None:
    without = urls(dataclasses.replace(site, form_url=None))
    assert urls(site) - without == {"/refer/", "/hello/", "/thanks/"}


def test_a_site_without_an_address_has_no_sitemap_and_no_feed(site: Site) -> None:
    nowhere = dataclasses.replace(site, site_url=None)
    assert urls(site) - urls(nowhere) == {"/sitemap.xml", "/notes/feed.xml"}


def test_each_clinician_of_a_group_has_a_profile_and_the_group_a_directory(site: Site) -> None:
    group = dataclasses.replace(site, practice=make_group(site.practice))
    assert urls(group) - urls(site) == {
        "/clinicians/",
        "/clinicians/index.json",
        "/match/",
        "/clinicians/marguerite/",
        "/contact/marguerite.vcf",
    }


@pytest.mark.parametrize("slug", ["fees", "refer", "hello", "print", "for-offices", "desk"])
def test_a_page_of_the_owner_cannot_take_the_place_of_one_of_ours(site: Site, slug: str) -> None:
    own = Page(slug, "Mine", "", Prose("Text", f"pages/{slug}.md"), "en")
    practice = dataclasses.replace(site.practice, pages=(own,))
    with pytest.raises(ContentError) as refused:
        plan_pages(dataclasses.replace(site, practice=practice, form_url=None))
    [problem] = refused.value.problems
    assert problem.file == f"pages/{slug}.md"
    assert f"/{slug}/" in problem.what


def test_a_page_in_another_language_waits_for_its_own_site(site: Site) -> None:
    spanish = Page("privacidad", "Privacidad", "", Prose("Texto", "pages/privacidad.md"), "es")
    practice = dataclasses.replace(site.practice, pages=(spanish,))
    assert "/privacidad/" not in urls(dataclasses.replace(site, practice=practice))
