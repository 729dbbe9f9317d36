"""The build, step by step: load, advise, plan, render, write. `check` does all of it but the last.

The website and everything to print are two folders: what the practice works by is not for publishing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from outreach_kit.practice.advice import Advice
from outreach_kit.publish.cache import ByteCache, Cache
from outreach_kit.publish.content import Content, load_content
from outreach_kit.publish.directories import directory_pages
from outreach_kit.publish.links import check_links
from outreach_kit.publish.manifest import (
    Manifest,
    outputs_in,
    read_manifest,
    write_manifest,
)
from outreach_kit.publish.offices import plan_offices, print_for_offices
from outreach_kit.publish.order import Order
from outreach_kit.publish.pictures import Easel
from outreach_kit.publish.print_page import render_print_page
from outreach_kit.publish.printing import PrintedSheets, print_sheets
from outreach_kit.publish.progress import Progress
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import BuildResult, Stopwatch
from outreach_kit.publish.stamps import Stamp, stamp_inputs
from outreach_kit.publish.write import Staging
from outreach_kit.web import PrintLink, Site, collect_assets, plan_pages, render_page

PRINT_FOLDER = "print"


def build(request: BuildRequest, *, quiet: bool = True) -> BuildResult:
    """Make what was asked for and swap it in. Raises ContentError, UsageError or MachineError.

    Until the last step nothing outside the cache is touched, so a failure leaves the last good site.
    Progress is told on standard error unless `quiet`.
    """
    watch = Stopwatch()
    inputs = stamp_inputs(request.practice)  # before reading: a change meanwhile is a change
    content = load_content(request, watch)
    cache = ByteCache(request.cache)
    if request.sources:
        return _build_for_offices(request, content, cache, inputs, watch, quiet=quiet)
    with ExitStack() as stack:
        site = stack.enter_context(_staging(request, request.out))
        own = stack.enter_context(_staging(request, request.prints))
        last = read_manifest(request.cache, request.out)
        sheets = _print(request, content, cache, watch)
        with watch.step("write"):
            for name, data in sheets.files(public_only=True):
                site.put(f"{PRINT_FOLDER}/{name}", data)
            for name, data in sheets.files(public_only=False):
                own.put(name, data)
            if request.only in {"", "paper"}:
                own.put("index.html", render_print_page(content.practice, sheets.sheets))
                for name, page in directory_pages(content.practice, content.today):
                    own.put(name, page)
        pages = 0
        if request.only in {"", "site"}:
            known = sheets.links if request.only == "" else _links_of(last, site)
            easel = Easel(content.practice, request.cache, cache)
            pages, advice = _pages(content, known, easel, site, watch)
            content = content.with_advice(advice)
        for staging in (site, own):
            if request.only:
                staging.keep_others()
        # What an earlier run made for offices is no part of this one.
        own.keep_others("offices/")
        with watch.step("write"):
            site.swap()
            own.swap()
            result = _result(request, content, watch, site, own, pages, len(sheets.sheets))
            links = sheets.links or _links_of(last, site)
            summary = result.summary() | {"prints": [_as_row(link) for link in links]}
            _remember(request, request.out, site, inputs, summary)
            _remember(request, request.prints, own, inputs, {})
    return result


def check(request: BuildRequest) -> BuildResult:
    """Everything that a build would complain about, with nothing written."""
    watch = Stopwatch()
    content = load_content(request, watch)
    sheets = _print(request, content, lambda _key, make: make(), watch)
    site = _site(content, sheets.links, {})
    with watch.step("plan"):
        plans = plan_pages(site)
        content = content.with_advice(check_links(site, plans, _printed(sheets.links)))
    return BuildResult(
        out=request.out,
        prints=request.prints,
        pages=sum(plan.path.endswith(".html") for plan in plans),
        sheets=len(sheets.sheets),
        written=(),
        kept=0,
        removed=(),
        advice=content.advice,
        watch=watch,
        checked_only=True,
    )


def _build_for_offices(
    request: BuildRequest,
    content: Content,
    cache: Cache,
    inputs: Mapping[str, Stamp],
    watch: Stopwatch,
    *,
    quiet: bool,
) -> BuildResult:
    """Only the sheets of these offices: the site and all other sheets stay as they are."""
    order = Order.of(request, content, cache)
    with _staging(request, request.prints) as own:
        with watch.step("sheets"):
            jobs = plan_offices(order, request)
            progress = Progress(len(jobs), "sheets", quiet=quiet)
            print_for_offices(order, request, jobs, own, progress.step)
        own.keep_others()
        with watch.step("write"):
            own.swap()
        result = _result(request, content, watch, None, own, 0, len(jobs))
        _remember(request, request.prints, own, inputs, {})
    return result


def _staging(request: BuildRequest, folder: Path) -> AbstractContextManager[Staging]:
    last = read_manifest(request.cache, folder)
    return Staging(folder, frozenset(last.outputs if last else ()))


def _remember(
    request: BuildRequest,
    folder: Path,
    staging: Staging,
    inputs: Mapping[str, Stamp],
    summary: Mapping[str, object],
) -> None:
    outputs = outputs_in(folder, {*staging.written, *staging.kept})
    write_manifest(request.cache, folder, Manifest(request.key(), inputs, outputs, summary))


def _result(
    request: BuildRequest,
    content: Content,
    watch: Stopwatch,
    site: Staging | None,
    own: Staging,
    pages: int,
    sheets: int,
) -> BuildResult:
    both: Sequence[Staging] = (own,) if site is None else (site, own)
    return BuildResult(
        out=request.out,
        prints=request.prints,
        pages=pages,
        sheets=sheets,
        written=() if site is None else tuple(site.written),
        printed=tuple(own.written),
        kept=sum(len(one.kept) for one in both),
        removed=tuple(name for one in both for name in one.removed),
        advice=content.advice,
        watch=watch,
    )


def _print(
    request: BuildRequest, content: Content, cache: Cache, watch: Stopwatch
) -> PrintedSheets:
    if request.only == "site":
        return PrintedSheets()
    with watch.step("sheets"):
        return print_sheets(Order.of(request, content, cache), request)


def _pages(
    content: Content,
    links: tuple[PrintLink, ...],
    easel: Easel,
    staging: Staging,
    watch: Stopwatch,
) -> tuple[int, tuple[Advice, ...]]:
    """Render and stage every page and asset; returns how many of them are pages, and what they lack."""
    with watch.step("assets"):
        cards = easel.cards(content.site_url)
        assets = collect_assets(content.practice, easel.cache, pictures=cards)
        for address, data in (*assets.files.items(), *easel.icons().items()):
            staging.put(address.lstrip("/"), data)
    site = _site(content, links, assets.manifest)
    with watch.step("plan"):
        plans = plan_pages(site)
        advice = check_links(site, plans, _printed(links))
    with watch.step("pages"):
        for plan in plans:
            staging.put(plan.path, render_page(plan, site).encode())
    return sum(plan.path.endswith(".html") for plan in plans), advice


def _site(content: Content, links: tuple[PrintLink, ...], manifest: Mapping[str, str]) -> Site:
    return Site(
        practice=content.practice,
        today=content.today,
        form_url=content.form_url,
        site_url=content.site_url,
        assets=manifest,
        prints=links,
    )


def _printed(links: tuple[PrintLink, ...]) -> frozenset[str]:
    return frozenset(f"/{PRINT_FOLDER}/{link.filename}" for link in links)


def _as_row(link: PrintLink) -> dict[str, object]:
    return dict(vars(link))


def _links_of(last: Manifest | None, staging: Staging) -> tuple[PrintLink, ...]:
    """The sheets that an earlier build has left in their places."""
    rows = last.summary.get("prints", []) if last else []
    found = (PrintLink(**row) for row in rows) if isinstance(rows, list) else ()
    return tuple(one for one in found if (staging.out / PRINT_FOLDER / one.filename).is_file())
