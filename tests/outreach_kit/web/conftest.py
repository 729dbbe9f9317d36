"""The sample practice as a site, with everything that its pages load."""

from __future__ import annotations

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.web import Assets, PrintLink, Site, collect_assets
from outreach_kit.web.fonts import Cache
from tests.browser import browser, page  # noqa: F401 - fixtures for the tests below
from tests.outreach_kit.web.filling_in import origin, server  # noqa: F401 - the same
from tests.outreach_kit.web.things import FORM_URL, TODAY, make_in_memory

GUIDE = PrintLink(
    title="Referral guide",
    filename="guide-letter.pdf",
    preview="guide-letter.png",
    pages=1,
    paper="letter",
    about="One page for the front desk.",
    audience="physicians, nurses and front desks",
    preview_width=425,
    preview_height=550,
)


@pytest.fixture(scope="session")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


@pytest.fixture(scope="session")
def cache() -> Cache:
    """What was cut and drawn for one site here serves every other."""
    return make_in_memory()


@pytest.fixture(scope="session")
def assets(practice: Practice, cache: Cache) -> Assets:
    return collect_assets(practice, cache)


@pytest.fixture(scope="session")
def site(practice: Practice, assets: Assets) -> Site:
    return Site(
        practice=practice,
        today=TODAY,
        form_url=FORM_URL,
        site_url="https://harborstreet.example",
        assets=assets.manifest,
        prints=(GUIDE,),
    )
