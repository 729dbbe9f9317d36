"""What every kind of page is: how it plans its rows, and how it renders one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Prose
from outreach_kit.web.frame import NO_JSON_LD, Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import Words
from outreach_kit.web.plan import PagePlan
from outreach_kit.web.site import Site
from outreach_kit.web.snippets import opening_of
from outreach_kit.web.structured import describe_page

OPENINGS_SCRIPT: Final = "js/openings.js"
"""Asks the form server who has room, on every page that shows a clinician."""


@frozen
class Kind:
    """A kind of page or file, under a name that its rows carry."""

    name: str
    plan: Callable[[Site, Words], Iterable[PagePlan]]
    """The rows of one language; none where the practice has nothing of the kind."""
    render: Callable[[PagePlan, Site], str]
    """The text of a row's file; the site is in the row's language."""


def frame_of(
    plan: PagePlan,
    site: Site,
    *,
    styles: Sequence[str] = (),
    script: str | None = None,
    json_ld: Markup | None = None,
    body: Prose | None = None,
    languages: Collection[str] | None = None,
    shared_as: str = "website",
    about: Clinician | None = None,
) -> Frame:
    """The surroundings of a planned page, which says what it is unless `json_ld` says more.

    `body` is the text of a page whose owner may not have described it: its first sentences do then.
    `languages` are those that have the page, when not all of the site do.
    """
    if json_ld is None:
        json_ld = describe_page(site, plan.page, plan.title) if plan.listed else NO_JSON_LD
    return frame_page(
        site,
        title=plan.title,
        page=plan.page,
        description=plan.description or (opening_of(body) if body else ""),
        indexed=plan.listed,
        styles=styles,
        script=script,
        json_ld=json_ld,
        languages=languages,
        shared_as=shared_as,
        about=about,
    )


def place(template: str, site: Site, view: object) -> str:
    return render(template, site.language, view)


def clinician_of(plan: PagePlan, site: Site) -> Clinician:
    clinician = site.practice.clinician(plan.subject)
    if clinician is None:
        raise LookupError(f"no clinician is called {plan.subject!r}")
    return clinician
