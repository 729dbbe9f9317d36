"""What machines ask for at the root of the site, once for all its languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from outreach_kit.web.discovery import own_domain, render_headers, render_robots
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind
from outreach_kit.web.plan import PagePlan, plan_file
from outreach_kit.web.shared_facts import SHARED_FACTS_PATH, render_shared_facts
from outreach_kit.web.site import Site


def make_root_file(
    name: str, render: Callable[[Site], str], *, wanted: Callable[[Site], bool] = lambda _site: True
) -> Kind:
    """A file of that name at the root, where it is `wanted`, rendered from the site in its main language."""

    def plan(site: Site, words: Words) -> Iterator[PagePlan]:
        del words
        if site.is_main and wanted(site):
            yield plan_file(site, name, f"/{name}")

    return Kind(name, plan, lambda _plan, site: render(site))


ROBOTS: Final = make_root_file("robots.txt", render_robots)
HEADERS: Final = make_root_file("_headers", render_headers)
CNAME: Final = make_root_file(
    "CNAME", lambda site: f"{own_domain(site)}\n", wanted=lambda site: bool(own_domain(site))
)
NO_JEKYLL: Final = make_root_file(
    ".nojekyll", lambda _site: "", wanted=lambda site: site.practice.identity.github_pages
)
"""GitHub Pages would else leave out whatever begins with a line or a dot."""
SHARED_FACTS: Final = make_root_file(SHARED_FACTS_PATH, render_shared_facts)
