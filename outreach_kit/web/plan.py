"""A file of the website as a row: where it lies, what it is called, and which kind of page makes it."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_kit.web.site import Site


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One file to render. Rows are plain values, so that they can be handed to another process."""

    path: str
    """Below the output folder, with forward slashes: `es/for-offices/index.html`."""
    url: str
    """With its language: `/es/for-offices/`."""
    page: str
    """Without it: `/for-offices/`. The same page in another language has the same."""
    language: str
    kind: str
    """Which of the kinds of pages renders it."""
    title: str
    description: str = ""
    subject: str = ""
    """The slug of the clinician, the note or the owner's page that this file is about."""
    listed: bool = True
    """Belongs into the sitemap; false for what is no page or not meant to be found."""


def plan_page(
    site: Site, kind: str, page: str, title: str, description: str = "", subject: str = ""
) -> PagePlan:
    """A page in the site's language; `page` is its address without one, with a slash at its end."""
    url = site.at(page)
    return PagePlan(
        path=f"{url.lstrip('/')}index.html",
        url=url,
        page=page,
        language=site.language,
        kind=kind,
        title=title,
        description=description,
        subject=subject,
    )


def plan_file(site: Site, kind: str, url: str, subject: str = "") -> PagePlan:
    """What machines read, at exactly that address: its title is for nobody."""
    return PagePlan(
        path=url.lstrip("/"),
        url=url,
        page=url,
        language=site.language,
        kind=kind,
        title=kind,
        subject=subject,
        listed=False,
    )
