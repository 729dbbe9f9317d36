"""The site's files: every page and asset rendered and staged, and where each owner's words came to stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.practice import Page
from outreach_kit.practice.advice import Advice
from outreach_kit.publish.bodies import Body, Packed, describe_body, pack_body, unpack_body
from outreach_kit.publish.content import Content
from outreach_kit.publish.links import check_links
from outreach_kit.publish.pictures import Easel
from outreach_kit.publish.progress import Progress
from outreach_kit.publish.result import Stopwatch
from outreach_kit.publish.sharing import can_copy, share_out
from outreach_kit.publish.write import Staging
from outreach_kit.web import PagePlan, PrintLink, Site, collect_assets, plan_pages, render_page
from outreach_kit.web.prose import prose_html

PRINT_FOLDER: Final = "print"
OWN_PAGE: Final = "own"
"""The kind of the pages of the owner's own words."""
MANY: Final = 2000
"""From so many pages on one wants to see how far they are."""
A_SHARE: Final = 100
"""Fewer pages are rendered sooner than another process is begun for them."""


@frozen
class Rendered:
    """`bodies` by the owner's file: what a build must know to renew nothing but its words."""

    pages: int = 0
    advice: tuple[Advice, ...] = ()
    bodies: Mapping[str, Packed] = field(default_factory=dict)


def render_site(
    content: Content,
    links: tuple[PrintLink, ...],
    easel: Easel,
    staging: Staging,
    watch: Stopwatch,
    *,
    quiet: bool = True,
    workers: int = 1,
) -> Rendered:
    """Stage every page and asset, many pages on several cores.

    Raises ContentError for links that lead nowhere.
    """
    with watch.step("assets"):
        cards = easel.cards(content.site_url)
        assets = collect_assets(content.practice, easel.cache, pictures=cards)
        for address, data in (*assets.files.items(), *easel.icons().items()):
            staging.put(address.lstrip("/"), data)
    site = site_of(content, links, assets.manifest)
    with watch.step("plan"):
        plans = plan_pages(site)
        advice = check_links(site, plans, printed_urls(links))
    with watch.step("pages"):
        shares = min(workers, len(plans) // A_SHARE) if can_copy() else 1
        made = share_out(plans, partial(_render, site, staging, quiet=quiet), max(1, shares))
        for written, kept, _ in made[1:]:  # the first share was staged in this process
            staging.written.extend(written)
            staging.kept.extend(kept)
        bodies = _together(found for _, _, found in made)
    pages = sum(plan.path.endswith(".html") for plan in plans)
    return Rendered(pages, advice, bodies)


def _render(
    site: Site, staging: Staging, plans: Sequence[PagePlan], *, quiet: bool
) -> tuple[list[str], list[str], dict[str, Packed]]:
    """Stage these pages; the names that were written, those that were kept, and what is known of bodies."""
    before = len(staging.written), len(staging.kept)
    bodies: dict[str, Packed] = {}
    progress = Progress(len(plans), "pages", quiet=quiet or len(plans) < MANY)
    for plan in plans:
        text = render_page(plan, site)
        staging.put(plan.path, text.encode())
        if plan.kind == OWN_PAGE:
            _find_body(plan, site, text, bodies)
        progress.step()
    return staging.written[before[0] :], staging.kept[before[1] :], bodies


def _together(shares: Iterable[Mapping[str, Packed]]) -> dict[str, Packed]:
    """A text may stand in pages of several languages, and those in several shares."""
    bodies: dict[str, Packed] = {}
    for found in shares:
        for file, packed in found.items():
            if file not in bodies:
                bodies[file] = packed
            else:
                body, more = unpack_body(bodies[file]), unpack_body(packed)
                bodies[file] = pack_body({**body, "holes": (*body["holes"], *more["holes"])})
    return bodies


def site_of(content: Content, links: tuple[PrintLink, ...], manifest: Mapping[str, str]) -> Site:
    return Site(
        practice=content.practice,
        today=content.today,
        form_url=content.form_url,
        site_url=content.site_url,
        assets=manifest,
        prints=links,
    )


def printed_urls(links: tuple[PrintLink, ...]) -> frozenset[str]:
    return frozenset(f"/{PRINT_FOLDER}/{link.filename}" for link in links)


def _find_body(plan: PagePlan, site: Site, text: str, bodies: dict[str, Packed]) -> None:
    """Note where in a page the owner's words stand; a text that stands there twice is left alone."""
    told = site.in_language(plan.language)
    page = told.practice.page_in(plan.language, plan.subject)
    if page is None or not page.description:
        return  # without a description the head repeats the first words, and would go stale
    if told.words.direction == "rtl" or site.lies_in:
        return  # numbers are set apart, and links led into a folder, only where the whole page is made
    html = str(prose_html(page.body, folder=told.folder))
    before, found, after = text.partition(html)
    if not found or html in after:
        return
    hole = (plan.path, len(before.encode()), len(html.encode()), told.folder)
    known = bodies.get(page.body.file)
    body = _describe(page, html) if known is None else unpack_body(known)
    bodies[page.body.file] = pack_body({**body, "holes": (*body["holes"], hole)})


def _describe(page: Page, html: str) -> Body:
    described = describe_body(page.body.text, html)
    return {
        **described,
        "title": page.title,
        "description": page.description,
        "menu": page.in_menu,
        "language": page.language,
        "line": page.body.line,
    }
