"""`/clinicians/`: everybody of a group, and a page for each thing that tells some from the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach_kit.web.addresses import CLINICIANS_URL, DIRECTORY_INDEX_URL, facet_url, numbered
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_file, plan_page
from outreach_kit.web.site import Site

if TYPE_CHECKING:
    from outreach_kit.web.directory import Directory, Facet

# What sorts a group out, and shows it, is imported late: a practice of one has nothing of it.

_NAME: Final = "directory"
_SCRIPT: Final = "js/directory.js"
_STYLES: Final = ("directory.css",)


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    """Further pages of a list are left out of the sitemap: every profile stands there by itself."""
    if not site.practice.is_group:
        return
    from outreach_kit.web.directory import sort_out
    from outreach_kit.web.directory.wording import title

    directory = sort_out(site.practice, site.today)
    _ = words.gettext
    about = _(
        "Who works at {practice}: for whom, in which languages, with which plans, and who has room."
    )
    yield from _pages(
        site, directory, None, _("Clinicians"), about.format(practice=site.practice.name)
    )
    for facet in directory.facets:
        if directory.has_page(facet):
            count = len(directory.who(facet))
            about = words.ngettext(
                "{count} person at {practice}: those with openings first, with ages, languages and plans.",
                "{count} people at {practice}: those with openings first, with ages, languages and plans.",
                count,
            ).format(count=count, practice=site.practice.name)
            name = title(facet, words)
            yield from _pages(site, directory, facet, name, f"{name}. {about}")


def _pages(
    site: Site, directory: Directory, facet: Facet | None, name: str, about: str
) -> Iterator[PagePlan]:
    from outreach_kit.web.views.directory import count_pages

    base = facet_url(facet) if facet else CLINICIANS_URL
    kind = f"{facet.by.value}/{facet.slug}" if facet else ""
    for number in range(1, count_pages(directory, facet) + 1):
        further = number > 1
        called = site.words.gettext("{title}, page {number}").format(title=name, number=number)
        row = plan_page(
            site, _NAME, numbered(base, number), called if further else name, about,
            subject=f"{kind}#{number}",
        )  # fmt: skip
        yield replace(row, listed=False) if further else row


def _render(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.views.directory import view_directory

    what, _, number = plan.subject.partition("#")
    frame = frame_of(plan, site, script=_SCRIPT, styles=_STYLES)
    return place(
        "directory.html", site, view_directory(site, frame, _facet(what, site), int(number))
    )


def _facet(what: str, site: Site) -> Facet | None:
    if not what:
        return None
    from outreach_kit.web.directory import By, sort_out

    kind, _, slug = what.partition("/")
    facets = sort_out(site.practice, site.today).of(By(kind))
    return next(one for one in facets if one.slug == slug)


def _plan_index(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    if site.practice.is_group:
        yield plan_file(site, "directory.json", site.at(DIRECTORY_INDEX_URL))


def _render_index(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.views.directory_index import render_index

    del plan
    return render_index(site)


DIRECTORY: Final = Kind(_NAME, _plan, _render)
DIRECTORY_INDEX: Final = Kind("directory.json", _plan_index, _render_index)
